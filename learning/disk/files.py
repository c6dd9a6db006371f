"""Files that must survive: appended lines and replaced files, on the disk before the call returns."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

PRIVATE_DIRECTORY = 0o700
PRIVATE_FILE = 0o600
SHARED_FILE = 0o666
"""What the project's people may read; the user's umask takes away what it should."""

# Windows refuses to replace a file that a scanner or an editor holds open for a moment; elsewhere the first try
# succeeds or fails for good.
REPLACE_TRIES = 5
REPLACE_PAUSE_SECONDS = 0.05

# Made once: a profile is thousands of short lines.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)

Record = dict[str, Any]
Identity = tuple[int, int, int]


# Why nothing may be written; None where it may. Of the process, not of a thread: what is promised holds for all of it.
_forbidden: str | None = None


class WritingForbidden(OSError):
    """Something was to be written in a process that promised to write nothing."""


@contextlib.contextmanager
def writing_nothing(reason: str) -> Iterator[None]:
    """Promise that nothing is written meanwhile, by any thread: whoever tries gets a `WritingForbidden`.

    Args:
        reason: why, inside a sentence.
    """
    global _forbidden
    before, _forbidden = _forbidden, reason
    try:
        yield
    finally:
        _forbidden = before


def forbidden() -> str | None:
    """Why nothing may be written in this process; None where it may."""
    return _forbidden


def demand_writing() -> None:
    """Called before anything is written.

    Raises:
        WritingForbidden: the process has promised to write nothing.
    """
    if _forbidden is not None:
        raise WritingForbidden(_forbidden)


def make_private_directory(folder: Path) -> None:
    """Make a directory and its missing parents, readable by this user alone where the platform knows modes."""
    if folder.is_dir():
        return
    demand_writing()
    make_private_directory(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=PRIVATE_DIRECTORY)


def identity(path: Path) -> Identity | None:
    """What changes when a file is replaced or written: time of change (ns), size, inode. None: there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def sync_directory(folder: Path) -> None:
    """Make the names in a directory durable. Windows can't open one, and its file system needs no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _sync_names(descriptor)
    finally:
        os.close(descriptor)


def _sync_names(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Network shares and the shared folders of virtual machines refuse it of a directory: they know no such thing.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def render_json(record: Mapping[str, Any] | Sequence[Any] | str) -> str:
    """One line of JSON: every script as it is, no blanks, no NaN; the same value gives the same bytes.

    Raises:
        ValueError: there is a NaN or an infinity in it.
    """
    return _ENCODER.encode(record)


# One call of the JSON library keeps all other threads waiting: ten thousand items take it 5 ms, so many a tenth of one.
PIECE = 200


def render_large_json(value: Any) -> bytes:
    """The same as UTF-8, for what has thousands of items: rendered a piece at a time.

    Raises:
        ValueError: there is a NaN or an infinity in it.
    """
    return "".join(_pieces(value)).encode("utf-8", "replace")


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and any(isinstance(item, (dict, list)) for item in value.values()):
        for number, (name, item) in enumerate(value.items()):
            yield f"{',' if number else '{'}{render_json(str(name))}:"
            yield from _pieces(item)
        yield "}"
    elif isinstance(value, list) and len(value) > PIECE:
        for start in range(0, len(value), PIECE):
            yield ("," if start else "[") + render_json(value[start : start + PIECE])[1:-1]
        yield "]"
    else:
        yield render_json(value)


def append_json_lines(path: Path, records: Iterable[Mapping[str, Any]], *, durable: bool = True) -> None:
    """Append records, one a line; when it returns they are on the disk.

    All lines go in one write. If it fails half-way (the disk is full), what came of it is cut off again. A line that
    an earlier crash left unfinished is ended first, so that it spoils no other. The file and its missing parents are
    made for this user alone. Whoever writes a file that others write too holds its lock.

    Args:
        path: the file.
        records: in their order.
        durable: wait for the disk. Without it a power cut may take them: for what can be made again from elsewhere.

    Raises:
        OSError: it can't be written.
    """
    data = "".join(render_json(record) + "\n" for record in records).encode("utf-8", "replace")
    if not data:
        return
    demand_writing()
    make_private_directory(path.parent)
    new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
    try:
        size = os.fstat(descriptor).st_size
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
            if os.read(descriptor, 1) != b"\n":
                data = b"\n" + data
        try:
            if new and durable:
                # Before there is anything in it: once the last of these calls has succeeded, all of it is durable.
                sync_directory(path.parent)
            write_all(descriptor, data)
            if durable:
                os.fsync(descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of some bytes; the system may take them in several goes."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def parse_json_lines(data: bytes) -> tuple[list[Record], int]:
    """The records in some lines, and how many lines are none: torn by a crash, or damaged."""
    records: list[Record] = []
    unreadable = 0
    for line in data.split(b"\n"):
        if not line.strip():
            continue
        record = parse_json_line(line)
        if record is not None:
            records.append(record)
        else:
            unreadable += 1
    return records, unreadable


def parse_json_line(line: bytes) -> Record | None:
    """The record in a line; None when there is none: torn by a crash, or damaged."""
    try:
        record = parse_json(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


# `json.loads` looks for the encoding and for white space around each time: half of what a short line costs.
scan_json = json.JSONDecoder().raw_decode
"""For a text and a place in it: the JSON value that begins there, and where it ends."""


def parse_json(text: str) -> object:
    """The one JSON value in a text.

    Raises:
        ValueError: it is none, or there is more than it.
        RecursionError: it is nested beyond reason.
    """
    text = text.strip(" \t\r\n")
    value, end = scan_json(text)
    if end != len(text):
        raise ValueError("something follows the value")
    return value


def read_json_lines(path: Path) -> tuple[list[Record], int]:
    """The records of a file, oldest first, and how many of its lines could not be read. No file: no records.

    Raises:
        OSError: it is there and can't be read.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return [], 0
    return parse_json_lines(data)


def replace_file(
    path: Path, data: bytes, mode: int = PRIVATE_FILE, *, durable: bool = True, within: int | None = None
) -> None:
    """Put new content in place of a file at once: readers see the old bytes or the new ones, also after a crash.

    Args:
        path: the file; its directory must be there.
        data: all of the new content.
        mode: of a file that is new; one that is there keeps its own.
        durable: wait for the disk. Without it a power cut may leave an empty file: for what can be made again.
        within: descriptor of the directory that the path is a name in.

    Raises:
        OSError: it can't be written; the old file stands as it was.
    """
    demand_writing()
    with contextlib.suppress(OSError):
        mode = os.stat(path, dir_fd=within).st_mode & 0o777
    # Unique, so that two processes never share one; `.tmp` last, so that `.gitignore` covers what a kill leaves.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, mode, dir_fd=within)
    try:
        try:
            write_all(descriptor, data)
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _replace(temporary, path, within)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=within)
        raise
    if durable and within is None:
        sync_directory(path.parent)
    elif durable and within is not None:
        _sync_names(within)


def _replace(temporary: Path, path: Path, within: int | None) -> None:
    for attempt in range(1, REPLACE_TRIES + 1):
        try:
            os.replace(temporary, path, src_dir_fd=within, dst_dir_fd=within)
            return
        except PermissionError:
            if os.name != "nt" or attempt == REPLACE_TRIES:
                raise
            time.sleep(REPLACE_PAUSE_SECONDS * attempt)
