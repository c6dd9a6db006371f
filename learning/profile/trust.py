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
from dataclasses import dataclass, field, replace
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
    alone: bool = False
    """It was said against another wording: no earlier yes counts beside it."""
    earlier: Mark | None = field(default=None, compare=False, repr=False)
    """The user's yes before this one: what it was said to may stand on another branch."""

    def of(self, content: str) -> Mark | None:
        """The user's yes to a wording, this one or an earlier one that counts; None where there is none."""
        mark: Mark | None = self
        while mark is not None and mark.hash != content:
            mark = None if mark.alone else mark.earlier
        return mark


Marks = Mapping[str, Mark | None]
"""For entry ids: the mark that holds, or None where trust was taken back."""


def following(before: Mark | None, mark: Mark | None) -> Mark | None:
    """A mark that takes the place of another one, which it keeps as its earlier one.

    The same one again means that all after it was taken back. With None nothing earlier counts any more.
    """
    if mark is None:
        return None
    known = before
    while known is not None:
        if known == mark:
            return known
        known = known.earlier
    return replace(mark, earlier=before)


def mark_record(mark: Mark | None) -> Record | None:
    if mark is None:
        return None
    record: Record = {"hash": mark.hash, "decision": mark.decision, "at": timestamp(mark.at)}
    return record | {"alone": True} if mark.alone else record


def read_mark(record: object) -> Mark | None:
    """A mark from a record; whatever is not one is None, for doubt is no trust."""
    if not isinstance(record, dict):
        return None
    try:
        at = parse_timestamp(record["at"])
        return Mark(str(record["hash"]), str(record["decision"]), at, record.get("alone", False) is True)
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


def _read(lines: Iterable[bytes], known: Marks | None = None) -> dict[str, Mark | None]:
    marks = dict(known or {})
    for line in lines:
        read = read_line(line)
        if read is not None:
            name, mark = read
            before = marks.get(name)
            marks[name] = mark if before is None else following(before, mark)
    return marks


class Trust:
    """The marks of one profile: `trust.jsonl`. Of an id the last line holds; those before it are its earlier marks."""

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
            self._marks = _read(lines, None if anew else self._marks)
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

    def record(self, marks: Iterable[tuple[str, Mark | None]]) -> None:
        """Note marks in their order, durably; one that holds already is not written again."""
        known, new = dict(self.marks()), []
        for entry_id, mark in marks:
            if known.get(entry_id) != mark:
                known[entry_id] = mark
                new.append({"id": entry_id, "mark": mark_record(mark)})
        self._log.append(new)
