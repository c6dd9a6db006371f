"""Locks between processes, and between the threads of one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from learnchat.learning.disk.files import PRIVATE_FILE, demand_writing, make_private_directory

# A write under the lock takes milliseconds, but who waits is not served in turn: eight processes that do nothing but
# write can keep a ninth out for seconds. Who waits this long waits for a process that hangs.
TIMEOUT_SECONDS = 30.0
# How often a waiting process tries again. filelock's own 50 ms would show when several windows save at once.
POLL_SECONDS = 0.005

_held = threading.local()


class Busy(OSError):
    """Another learnchat holds the lock and does not let go."""


@contextmanager
def lock(path: Path, timeout: float = TIMEOUT_SECONDS) -> Iterator[None]:
    """Hold the lock at this path. The thread that holds it may take it again; its directory is made if missing.

    Raises:
        Busy: somebody else held it for all of `timeout` seconds.
        OSError: the lock file can't be made, or is a symbolic link.
    """
    held: set[str] = _held.__dict__.setdefault("paths", set())
    name = str(path)
    if name in held:
        yield
        return
    demand_writing()
    # 50 ms, most of it asyncio: only who writes pays it.
    from filelock import FileLock, Timeout

    make_private_directory(path.parent)
    file_lock = FileLock(name, timeout=timeout, mode=PRIVATE_FILE, poll_interval=POLL_SECONDS)
    try:
        file_lock.acquire()
    except Timeout as error:
        raise Busy(f"another learnchat is writing here and has not finished for {timeout:.0f} seconds") from error
    held.add(name)
    try:
        yield
    finally:
        held.discard(name)
        file_lock.release()
