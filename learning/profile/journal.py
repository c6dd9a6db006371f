"""The journal: every act of this user on memory, with its full text, appended and never changed.

It is written first, so that what it has is acknowledged: whatever happens to the files afterwards can be made good
from it. An event carries what it does as results (the documents as they are to stand), not as steps; so applying it
twice is applying it once, and a crash between two files is mended by applying it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.disk.files import Record, parse_json_line
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.profile.documents import Document, is_document
from learnchat.learning.profile.event_head import Head, read_head
from learnchat.learning.profile.insight import Decision, Means
from learnchat.learning.profile.trust import Mark, mark_record, read_mark
from learnchat.learning.proposal import Source

WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Event:
    """One act on memory, and what comes of it."""

    id: str
    name: str
    """`confirmed`, `remembered`, `skipped`, `never`, `forgotten`, `undone`."""
    at: datetime
    means: Means
    place: str
    """Where the user was: the name of the project's folder in the user's data. Undo stays in its place."""
    number: int = 0
    """Counts the acts of a place: they stand in two journals, and clocks are set back."""
    statement: str = ""
    """What it was about."""
    source: Source | None = None
    proposal: str | None = None
    documents: tuple[Document, ...] = ()
    """The documents as they stand after it."""
    before: tuple[Document, ...] = ()
    """The documents of the same ids as they stood before it."""
    marks: Mapping[str, Mark | None] = field(default_factory=dict)
    """Trust after it."""
    marks_before: Mapping[str, Mark | None] = field(default_factory=dict)
    refuses: bool = False
    """It sets a tombstone on the statement, named by the event's id."""
    lifts: tuple[str, ...] = ()
    """Tombstones that hold no longer."""
    restores: tuple[str, ...] = ()
    """Tombstones that were lifted and hold again."""
    undoes: str | None = None

    @property
    def decision(self) -> Decision:
        return Decision(self.id, self.at, self.means, self.source or Source(quote=self.statement))

    @property
    def entries(self) -> tuple[str, ...]:
        """Ids of the entries that it changed."""
        return tuple(dict.fromkeys([*(str(document["id"]) for document in self.documents), *self.marks]))

    @property
    def has_effects(self) -> bool:
        """Whether files besides journal and inbox are to change by it."""
        return bool(self.documents or self.marks or self.refuses or self.lifts or self.restores)


def source_record(source: Source) -> Record:
    return {
        "quote": source.quote,
        "session": source.session,
        "message": source.message,
        "start": source.start,
        "end": source.end,
    }


def event_record(event: Event) -> Record:
    record: Record = {
        "event": event.name,
        "id": event.id,
        "at": timestamp(event.at),
        "means": event.means.value,
        "who": event.decision.who,
        "place": event.place,
        "number": event.number,
    }
    # These first: with what is above they are the head, which is known without reading the rest.
    if event.proposal:
        record["proposal"] = event.proposal
    if event.undoes:
        record["undoes"] = event.undoes
    record["statement"] = event.statement
    if event.source is not None:
        record["source"] = source_record(event.source)
    optional: dict[str, Any] = {
        "documents": list(event.documents),
        "before": list(event.before),
        "marks": {name: mark_record(mark) for name, mark in event.marks.items()},
        "marks_before": {name: mark_record(mark) for name, mark in event.marks_before.items()},
        "refuses": event.refuses,
        "lifts": list(event.lifts),
        "restores": list(event.restores),
    }
    return record | {name: value for name, value in optional.items() if value}


def read_source(record: object) -> Source | None:
    if not isinstance(record, dict):
        return None
    return Source(
        quote=str(record.get("quote", "")),
        session=str(record.get("session", "")),
        message=str(record.get("message", "")),
        start=int(record.get("start", 0)),
        end=int(record.get("end", 0)),
    )


def read_event(record: Mapping[str, Any]) -> Event | None:
    """The event in a journal's record, or None: damaged, or of a later learnchat."""
    try:
        return Event(
            id=str(record["id"]),
            name=str(record["event"]),
            at=parse_timestamp(record["at"]),
            means=Means(record["means"]),
            place=str(record["place"]),
            number=int(record.get("number", 0)),
            statement=str(record.get("statement", "")),
            source=read_source(record.get("source")),
            proposal=record.get("proposal"),
            documents=_documents(record.get("documents", [])),
            before=_documents(record.get("before", [])),
            marks={name: read_mark(mark) for name, mark in record.get("marks", {}).items()},
            marks_before={name: read_mark(mark) for name, mark in record.get("marks_before", {}).items()},
            refuses=record.get("refuses", False) is True,
            lifts=tuple(record.get("lifts", [])),
            restores=tuple(record.get("restores", [])),
            undoes=record.get("undoes"),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _documents(records: Iterable[Any]) -> tuple[Document, ...]:
    documents = tuple(records)
    if not all(isinstance(document, dict) and is_document(document) for document in documents):
        raise ValueError("not documents")
    return documents


class Journal:
    """`journal.jsonl`.

    Events whose effects have reached the files are read when somebody asks for them: of ten thousand nobody asks, and
    reading them would take most of the time that a profile takes to open.
    """

    def __init__(self, path: Path) -> None:
        self._log = RecordLog(path)
        self._forget_all()

    def _forget_all(self) -> None:
        self._lines: dict[str, bytes] = {}
        self._events: dict[str, Event] = {}
        self._unwritten: dict[str, Event] = {}
        self._order: dict[str, None] = {}
        self._written: set[str] = set()
        self._undone: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._deciding: dict[str, list[Head]] = {}
        self._not_events = 0

    @property
    def unreadable(self) -> int:
        """Lines that could not be read or understood. To know it, all are read."""
        self.events()
        return self._log.unreadable + self._not_events

    def refresh(self) -> None:
        """Read what was appended since the last time, by this process or another.

        Raises:
            OSError: it is there and can't be read.
        """
        anew, lines = self._log.new_lines()
        if anew:
            self._forget_all()
        heads: list[tuple[Head | None, bytes]] = []
        for line in lines:
            if line.startswith(b'{"event":"written"') and (record := parse_json_line(line)) is not None:
                self._note_written(record)
            else:
                heads.append((read_head(line), line))
        for head, line in heads:
            # A line is taken at its head's word only when it was read in full before its effects reached the files.
            if head is not None and head.id in self._written:
                self._lines[head.id] = line
                self._note(head)
                continue
            event = self._read(line)
            if event is not None:
                self._events[event.id] = event
                self._note(Head(event.id, event.name, event.place, event.number, event.proposal, event.undoes))
                if event.has_effects and event.id not in self._written:
                    self._unwritten[event.id] = event

    def _note_written(self, record: Record) -> None:
        for name in map(str, record.get("events", [])):
            self._written.add(name)
            self._unwritten.pop(name, None)

    def _read(self, line: bytes) -> Event | None:
        record = parse_json_line(line)
        if record is None:
            self._log.unreadable += 1
            return None
        if record.get("event") == WRITTEN:
            self._note_written(record)
            return None
        event = read_event(record)
        if event is None:
            self._not_events += 1
        return event

    def _note(self, head: Head) -> None:
        self._order[head.id] = None
        self._numbers[head.place] = max(head.number, self._numbers.get(head.place, 0))
        if head.undoes:
            self._undone.add(head.undoes)
        if head.proposal:
            self._deciding.setdefault(head.proposal, []).append(head)

    def append(self, event: Event) -> None:
        """Acknowledge: when it returns, the event is on the disk.

        Raises:
            OSError: it can't be written; then nothing happened.
        """
        self.extend([event])

    def extend(self, events: Iterable[Event]) -> None:
        """The same for several, in one write.

        Raises:
            OSError: they can't be written; then nothing happened.
        """
        self._log.append([event_record(event) for event in events])
        self.refresh()

    def mark_written(self, events: Iterable[Event]) -> None:
        """Note that all that came of some events has reached the files."""
        self._log.append([{"event": WRITTEN, "events": [event.id for event in events]}])
        self.refresh()

    def events(self) -> list[Event]:
        """All events, oldest first."""
        return [event for name in list(self._order) if (event := self.find(name)) is not None]

    def unwritten(self) -> list[Event]:
        """Events whose effects have not all reached the files, oldest first."""
        return list(self._unwritten.values())

    def is_undone(self, event: Event) -> bool:
        return event.id in self._undone

    def was_undone(self, event_id: str) -> bool:
        """The same, for an id."""
        return event_id in self._undone

    def highest_number(self, place: str) -> int:
        """The number of the last act of a place; 0 where there is none."""
        return self._numbers.get(place, 0)

    def deciding(self, proposal_id: str) -> list[Head]:
        """The events about a proposal, oldest first."""
        return self._deciding.get(proposal_id, [])

    def unread(self, event_id: str) -> bytes | None:
        """The line of an event that nobody has asked for yet."""
        return self._lines.get(event_id)

    def find(self, event_id: str) -> Event | None:
        line = self._lines.pop(event_id, None)
        if line is not None:
            event = self._read(line)
            if event is not None:
                self._events[event_id] = event
        return self._events.get(event_id)
