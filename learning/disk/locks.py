"""Locks between processes, and between the threads of one."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from learnchat.learning.disk.files import PRIVATE_FILE, demand_writing, make_private_directory

# A write under the lock takes milliseconds. Who waits this long waits for a process that hangs.
TIMEOUT_SECONDS = 30.0
# How often a waiting process tries again. filelock's own 50 ms would show when several windows save at once.
POLL_SECONDS = 0.005

_held = threading.local()


class Busy(OSError):
    """Another learnchat holds the lock and does not let go."""


def turn_of(path: Path) -> Path:
    """The lock at which the next one to take a lock waits."""
    return path.with_name(f"{path.name}.next")


@contextmanager
def lock(path: Path, timeout: float = TIMEOUT_SECONDS, *, in_turn: bool = True) -> Iterator[None]:
    """Hold the lock at this path. The thread that holds it may take it again; its directory is made if missing.

    Args:
        path: the file.
        timeout: seconds to wait at most.
        in_turn: take it by way of a second one beside it, which is held only while waiting for the first. So whoever
            has just let go of it and wants it again finds somebody waiting before him. Without it, on a busy machine, a
            process that writes all the time keeps others out for as long: they look whether it is free now and then,
            and it takes it at once.

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
    file_lock = FileLock(name, mode=PRIVATE_FILE, poll_interval=POLL_SECONDS)
    until = time.monotonic() + timeout
    try:
        with contextlib.ExitStack() as waiting:
            if in_turn:
                turn = FileLock(turn_of(path), timeout=timeout, mode=PRIVATE_FILE, poll_interval=POLL_SECONDS)
                waiting.enter_context(turn)
            file_lock.acquire(timeout=max(until - time.monotonic(), 0.0))
    except Timeout as error:
        raise Busy(f"another learnchat is writing here and has not finished for {timeout:.0f} seconds") from error
    held.add(name)
    try:
        yield
    finally:
        held.discard(name)
        file_lock.release()
