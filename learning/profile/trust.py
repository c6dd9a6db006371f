"""What this user confirmed or accepted, bound to the content.

A profile folder comes with a clone, a pull, somebody's editor. So what is recalled is decided by what stands here, in
the user's own data: for each id the hash of the wording that the user said yes to. Nothing in the folder can raise its
own trust.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.disk.files import Identity, Record, parse_json_line, render_json
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.profile.insight import Entry


def content_hash(entry: Entry) -> str:
    """The hash that trust is bound to: what the entry says, whatever the form of the file it stands in.

    Over statement, kind, tags, state, what it replaces, and the reason, for the reason may reach a model too. Not over
    revision, dates and pin: they say nothing.
    """
    said = [entry.kind, entry.statement, sorted(entry.tags), entry.because, entry.state, entry.replaces or ""]
    return hashlib.sha256(render_json(said).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mark:
    """The user's yes to one wording of an entry."""

    hash: str
    decision: str
    """Id of the journal's event in which the user said it."""
    at: datetime


Marks = Mapping[str, Mark | None]
"""For entry ids: the mark that holds, or None where trust was taken back."""


def mark_record(mark: Mark | None) -> Record | None:
    if mark is None:
        return None
    return {"hash": mark.hash, "decision": mark.decision, "at": timestamp(mark.at)}


def read_mark(record: object) -> Mark | None:
    """A mark from a record; whatever is not one is None, for doubt is no trust."""
    if not isinstance(record, dict):
        return None
    try:
        return Mark(str(record["hash"]), str(record["decision"]), parse_timestamp(record["at"]))
    except (KeyError, TypeError, ValueError):
        return None


# A line as `mark_record` and `render_json` write it. Reading it so takes a third of the time that JSON takes.
_LINE = re.compile(
    r'\{"id":"([a-z0-9-]{1,40})","mark":\{"hash":"([0-9a-f]{64})","decision":"([a-z0-9-]{1,40})","at":"([0-9TZ:-]+)"\}\}\n?\Z'
)


def read_line(line: bytes) -> tuple[str, Mark | None] | None:
    """The id and the mark in a line of the file; None where the line can't be read."""
    # What is no UTF-8 is no such line either.
    found = _LINE.match(line.decode("utf-8", "replace"))
    if found is not None:
        name, content, decision, at = found.groups()
        try:
            return name, Mark(content, decision, parse_timestamp(at))
        except ValueError:
            return name, None
    record = parse_json_line(line)
    return (str(record.get("id")), read_mark(record.get("mark"))) if record is not None else None


class LateMarks(Mapping[str, Mark | None]):
    """The marks of a profile, read when the first is asked for.

    Args:
        read: reads them.
    """

    def __init__(self, read: Callable[[], Marks]) -> None:
        self._read = read

    @cached_property
    def _marks(self) -> Marks:
        return self._read()

    def __getitem__(self, name: str) -> Mark | None:
        return self._marks[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


def _read(lines: Iterable[bytes]) -> dict[str, Mark | None]:
    return dict(read for line in lines if (read := read_line(line)) is not None)


class Trust:
    """The marks of one profile: `trust.jsonl`. Of an id the last line holds."""

    def __init__(self, path: Path) -> None:
        self._log = RecordLog(path)
        self._marks: dict[str, Mark | None] = {}

    def marks(self) -> dict[str, Mark | None]:
        """All marks, as the file is now.

        Raises:
            OSError: the file can't be read.
        """
        anew, lines = self._log.new_lines()
        if anew or lines:
            # Another one: whoever looks at the marks as they were finds them so.
            self._marks = ({} if anew else self._marks) | _read(lines)
        return self._marks

    def marks_of(self, file: Identity) -> Marks:
        """The marks as they were when the file was this one, for lines are only added; if it is gone, as they are now.

        Raises:
            OSError: the file can't be read.
        """
        _, size, inode = file
        try:
            with self._log.path.open("rb") as now:
                data = now.read(size) if os.fstat(now.fileno()).st_ino == inode else b""
        except FileNotFoundError:
            data = b""
        return _read(data.splitlines(keepends=True)) if data else self.marks()

    def record(self, marks: Marks) -> None:
        """Note marks, durably; one that holds already is not written again."""
        known = self.marks()
        new: Iterable[tuple[str, Mark | None]] = [
            (entry_id, mark) for entry_id, mark in marks.items() if known.get(entry_id) != mark
        ]
        self._log.append([{"id": entry_id, "mark": mark_record(mark)} for entry_id, mark in new])
