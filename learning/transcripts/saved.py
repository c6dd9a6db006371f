"""A session as its file tells it: title, branches, where it came from, whether it was deleted.

Besides the header and the messages (`session.py`) a file may have records of further facts, each valid from its line
on: `title`; `current`, the tip of the branch that is looked at; `compacted`, a summary that goes along in place of what
was said, or false where one was taken back: the last that ends with the message `until`, or the last of all; `deleted`,
valid while nothing follows it; `imported`, the end of what came from elsewhere. Whoever does not know one leaves it
out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from learnchat.learning.clock import parse_timestamp
from learnchat.learning.disk.files import Record, read_json_lines
from learnchat.learning.text import shorten
from learnchat.learning.transcripts.branches import Branches
from learnchat.learning.transcripts.session import SessionFile, is_deleted, utterance

# A title stands in one row of a list, beside a date and a number.
TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Compaction:
    """A summary that stands for the beginning of a conversation."""

    until: str
    """Id of the last message that it stands for."""
    summary: str

    def record(self, **facts: Any) -> Record:
        """The fact as a file has it.

        Args:
            facts: what else is kept of it.
        """
        return {"compacted": {"until": self.until, "summary": self.summary, **facts}}


@dataclass(slots=True)
class SavedSession:
    """A session that was read."""

    file: SessionFile
    branches: Branches = field(default_factory=Branches)
    header: Mapping[str, Any] = field(default_factory=dict)
    """The first record: `session`, `project`, `started`, and of a copy `forked` or `imported`."""
    given_title: str = ""
    """What somebody called it; empty where nobody did."""
    compactions: list[Compaction] = field(default_factory=list)
    """Those that were not taken back, in their order."""
    usages: list[Mapping[str, Any]] = field(default_factory=list)
    """What each reply, each summary and each title that was asked for took, as it was recorded."""
    deleted: datetime | None = None
    """When it was deleted; None when it was not, or was restored."""

    @property
    def id(self) -> str:
        return self.file.session

    @property
    def title(self) -> str:
        """What it was called, else how the first message of its branch begins."""
        if self.given_title:
            return self.given_title
        first = next((each.text for each in self.branches.path() if each.role == "user"), "")
        return shorten(first, TITLE_LENGTH)

    @property
    def asked(self) -> bool:
        """Whether all that the user said in it are single questions of the command line."""
        marks = [each.facts.get("asked") is True for each in self.branches.all() if each.role == "user"]
        return bool(marks) and all(marks)

    @property
    def last(self) -> datetime:
        """When the last message was said; of a session without times, when it started."""
        return max((each.at for each in self.branches.all() if each.at is not None), default=self.file.started)


def read_saved(file: SessionFile) -> SavedSession:
    """Read a session. Lines that are none (torn, foreign) are left out.

    Raises:
        OSError: the file can't be read.
    """
    records, _ = read_json_lines(file.path)
    saved = SavedSession(file)
    take(saved, records)
    return saved


def take(saved: SavedSession, records: Iterable[Record]) -> None:
    """Add what some records say, in their order."""
    for number, record in enumerate(records, start=len(saved.branches) + 1):
        saved.deleted = _moment(record) if is_deleted(record) else None
        if "learnchat" in record:
            saved.header = saved.header or record
        elif message := utterance(record):
            parent = message.facts.get("parent")
            # Foreign lines may have no id.
            named = message if message.id else replace(message, id=f"line-{number}")
            saved.branches.add(named, parent if isinstance(parent, str) else None)
            _take_usage(saved, record)
        else:
            _take_fact(saved, record)


def _take_fact(saved: SavedSession, record: Record) -> None:
    title, current = record.get("title"), record.get("current")
    if isinstance(title, str):
        saved.given_title = shorten(title, TITLE_LENGTH)
        _take_usage(saved, record)
    if isinstance(current, str) and current in saved.branches:
        saved.branches.tip = current
    if "compacted" in record:
        _take_compaction(saved, record)


def _take_compaction(saved: SavedSession, record: Record) -> None:
    compacted = record["compacted"]
    if isinstance(compacted, dict):
        until, summary = compacted.get("until"), compacted.get("summary")
        if isinstance(until, str) and isinstance(summary, str):
            saved.compactions.append(Compaction(until, summary))
        _take_usage(saved, compacted)
    elif compacted is False:
        _take_back(saved.compactions, record.get("until"))


def _take_back(compactions: list[Compaction], until: object) -> None:
    """Drop the last summary; where it is named what it stood for, the last that stood for that."""
    for place in reversed(range(len(compactions))):
        if until in (None, compactions[place].until):
            del compactions[place]
            return


def _take_usage(saved: SavedSession, facts: Mapping[str, Any]) -> None:
    if isinstance(usage := facts.get("usage"), dict):
        saved.usages.append(usage)


def _moment(record: Record) -> datetime:
    try:
        return parse_timestamp(str(record.get("at")))
    except ValueError:
        # Deleted, and nobody knows when: long ago.
        return datetime.min.replace(tzinfo=UTC)
