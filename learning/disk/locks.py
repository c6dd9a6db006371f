"""Locks between processes, and between the threads of one."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
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
def lock(
    path: Path, timeout: float = TIMEOUT_SECONDS, *, in_turn: bool = True, within: int | None = None
) -> Iterator[None]:
    """Hold the lock at this path. The thread that holds it may take it again; its directory is made if missing.

    Args:
        path: the file.
        timeout: seconds to wait at most.
        in_turn: take it by way of a second one beside it, which is held only while waiting for the first. So whoever
            has just let go of it and wants it again finds somebody waiting before him. Without it, on a busy machine, a
            process that writes all the time keeps others out for as long: they look whether it is free now and then,
            and it takes it at once.
        within: descriptor of the directory that is at the path of the file's: the file is named within it.

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
    if within is not None and (descriptor := _locked_within(within, path, timeout)) is not None:
        try:
            with _noted(name):
                yield
        finally:
            _let_go(descriptor)
        return
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
        raise _busy(timeout) from error
    try:
        with _noted(name):
            yield
    finally:
        file_lock.release()


@contextmanager
def _noted(name: str) -> Iterator[None]:
    """This thread holds the lock at this path meanwhile."""
    held: set[str] = _held.paths
    held.add(name)
    try:
        yield
    finally:
        held.discard(name)


def _locked_within(within: int, path: Path, timeout: float) -> int | None:
    """Take the lock of the path's name in an open directory: the same one for whoever takes it by its path.

    Returns:
        What holds it, to be let go of; None where the file system knows no such locks (Lustre as it is mounted mostly):
        filelock has another way there, by the path alone.
    """
    from filelock import lock_descriptor

    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    descriptor = os.open(path.name, flags, PRIVATE_FILE, dir_fd=within)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file", str(path))
        until = time.monotonic() + timeout
        while not lock_descriptor(descriptor, blocking=False):
            if time.monotonic() > until:
                raise _busy(timeout)
            time.sleep(POLL_SECONDS)
    except BaseException as error:
        os.close(descriptor)
        if isinstance(error, OSError) and error.errno == errno.ENOSYS:
            return None
        raise
    return descriptor


def _let_go(descriptor: int) -> None:
    from filelock import unlock_descriptor

    try:
        unlock_descriptor(descriptor)
    finally:
        os.close(descriptor)


def _busy(timeout: float) -> Busy:
    return Busy(f"another learnchat is writing here and has not finished for {timeout:.0f} seconds")
