"""A reply that is still coming: a file beside the transcript, so that a killed program leaves what had come.

JSON lines, each `{"at": …, "from": N, "text": …, "facts": {…}}`: what stands from the Nth character on, and what else
is known of the reply as far as that changed. Whoever writes it holds its lock, which the system lets go of when the
process ends, however it ends. A file that nobody holds is what was left of a reply: `take_left_over` puts it into the
transcript, as one that was stopped.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from learnchat.learning.disk.files import (
    PRIVATE_FILE,
    Record,
    append_json_lines,
    demand_writing,
    parse_json_lines,
    read_json_lines,
    render_json,
    write_all,
)
from learnchat.learning.disk.locks import lock

SUFFIX = ".coming"
# Nobody waits longer for a lock because of what is of use only after a crash.
PATIENCE_SECONDS = 1.0


class UnfinishedReply:
    """What has come of one reply, on the disk. Used by one thread.

    Args:
        transcript: the file of the reply's session.
        id: the reply's.
    """

    def __init__(self, transcript: Path, id: str) -> None:
        self._path = transcript.with_suffix(f".{id}{SUFFIX}")
        self._descriptor: int | None = None
        self._text = ""
        self._facts: dict[str, Any] = {}

    def keep(self, text: str, at: str, facts: Mapping[str, Any]) -> None:
        """Write what is new; without waiting for the disk, for a process that ends leaves that to the system.

        Args:
            text: all that has come.
            at: the time, as transcripts have it.
            facts: what else is known, as JSON values.

        Raises:
            OSError: it can't be written, or locked; what was written before stands.
        """
        if self._descriptor is None:
            self._descriptor = _opened(self._path)
        # A secret that is seen to be one late changes what was written.
        begin = len(self._text) if text.startswith(self._text) else 0
        changed = {name: value for name, value in facts.items() if self._facts.get(name) != value}
        line = render_json({"at": at, "from": begin, "text": text[begin:], "facts": changed}) + "\n"
        size = os.fstat(self._descriptor).st_size
        try:
            write_all(self._descriptor, line.encode("utf-8", "replace"))
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, size)
            raise
        self._text, self._facts = text, dict(facts)

    def remove(self) -> None:
        """The reply is in the transcript."""
        if self._descriptor is not None:
            self.leave()
            # What stays is taken for what it is: the transcript has that reply.
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def leave(self) -> None:
        """Leave it to `take_left_over`: the transcript could not be written."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def take_left_over(folder: Path) -> None:
    """Put the replies that killed programs left into their transcripts, once, whoever else does it at the same time.

    What can't be read or written now is left for the next time.

    Args:
        folder: where the sessions lie; it need not be there.
    """
    try:
        with os.scandir(folder) as entries:
            # By name first: a folder of a thousand sessions is listed often, and mostly nothing was left.
            left = [each.name for each in entries if each.name.endswith(SUFFIX) and each.is_file(follow_symlinks=False)]
    except OSError:
        return
    if left:
        with contextlib.suppress(OSError), lock(folder.parent / "lock", PATIENCE_SECONDS):
            for name in sorted(left):
                with contextlib.suppress(OSError):
                    _take(folder / name)


def left_over(transcript: Path) -> list[Path]:
    """The files of replies of a session that are still coming, or were left."""
    return sorted(transcript.parent.glob(f"{transcript.stem}.*{SUFFIX}"))


def _opened(path: Path) -> int:
    """The file, new and locked."""
    demand_writing()
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Under this lock nobody finds it before it has its own.
    with lock(path.parent.parent / "lock", PATIENCE_SECONDS):
        descriptor = os.open(path, flags, PRIVATE_FILE)
        try:
            if not _held(descriptor):
                raise BlockingIOError("a new file is locked already")
        except OSError:
            os.close(descriptor)
            path.unlink(missing_ok=True)
            raise
    return descriptor


def _held(descriptor: int) -> bool:
    """Take the file's lock, for as long as it is open; False where another process has it."""
    # With asyncio in tow: only who writes or finds such a file pays it.
    from filelock import lock_descriptor

    return lock_descriptor(descriptor, blocking=False)


def _take(path: Path) -> None:
    from learnchat.learning.transcripts.session import is_deleted, last_record

    with path.open("r+b") as file:
        if not _held(file.fileno()):
            return
        records, _ = parse_json_lines(file.read())
    session, _, id = path.name.removesuffix(SUFFIX).partition(".")
    transcript = path.with_name(f"{session}.jsonl")
    if transcript.exists():
        if is_deleted(last_record(transcript)):
            # A line behind that would bring the session back.
            return
        reply = _reply(id, records)
        if reply is not None and all(record.get("id") != id for record in read_json_lines(transcript)[0]):
            append_json_lines(transcript, [reply])
    path.unlink(missing_ok=True)


def _reply(id: str, records: Iterable[Record]) -> Record | None:
    """The line of a transcript for what was left; None where that is no word."""
    text, at = "", ""
    facts: Record = {}
    for record in records:
        begin, piece, more = record.get("from"), record.get("text"), record.get("facts")
        # Behind a damaged line nothing fits any more.
        if not isinstance(begin, int) or not isinstance(piece, str) or not 0 <= begin <= len(text):
            break
        text = text[:begin] + piece
        at = str(record.get("at", at))
        facts |= more if isinstance(more, dict) else {}
    return {**facts, "id": id, "at": at, "role": "assistant", "text": text, "stopped": True} if text.strip() else None
