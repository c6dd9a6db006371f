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
from learnchat.learning.files import Record
from learnchat.learning.profile.documents import Document, is_document, read_entry
from learnchat.learning.profile.insight import Decision, Entry, Means
from learnchat.learning.profile.trust import Mark, content_hash, mark_record, read_mark
from learnchat.learning.proposal import Source
from learnchat.learning.record_log import RecordLog

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
        "statement": event.statement,
    }
    if event.source is not None:
        record["source"] = source_record(event.source)
    optional: dict[str, Any] = {
        "proposal": event.proposal,
        "documents": list(event.documents),
        "before": list(event.before),
        "marks": {name: mark_record(mark) for name, mark in event.marks.items()},
        "marks_before": {name: mark_record(mark) for name, mark in event.marks_before.items()},
        "refuses": event.refuses,
        "lifts": list(event.lifts),
        "restores": list(event.restores),
        "undoes": event.undoes,
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
    """`journal.jsonl`."""

    def __init__(self, path: Path) -> None:
        self._log = RecordLog(path)
        self._events: dict[str, Event] = {}
        self._written: set[str] = set()
        self._undone: set[str] = set()
        self._not_events = 0

    @property
    def unreadable(self) -> int:
        """Lines that could not be read or understood."""
        return self._log.unreadable + self._not_events

    def refresh(self) -> None:
        """Read what was appended since the last time, by this process or another.

        Raises:
            OSError: it is there and can't be read.
        """
        anew, records = self._log.news()
        if anew:
            self._events, self._written, self._undone, self._not_events = {}, set(), set(), 0
        for record in records:
            self._take(record)

    def _take(self, record: Record) -> None:
        if record.get("event") == WRITTEN:
            self._written.update(str(name) for name in record.get("events", []))
            return
        event = read_event(record)
        if event is None:
            self._not_events += 1
            return
        self._events[event.id] = event
        if event.undoes:
            self._undone.add(event.undoes)

    def append(self, event: Event) -> None:
        """Acknowledge: when it returns, the event is on the disk.

        Raises:
            OSError: it can't be written; then nothing happened.
        """
        self._log.append([event_record(event)])
        self.refresh()

    def mark_written(self, events: Iterable[Event]) -> None:
        """Note that all that came of some events has reached the files."""
        self._log.append([{"event": WRITTEN, "events": [event.id for event in events]}])
        self.refresh()

    def events(self) -> list[Event]:
        """All events, oldest first."""
        return list(self._events.values())

    def unwritten(self) -> list[Event]:
        """Events whose effects have not all reached the files, oldest first."""
        return [event for event in self._events.values() if event.id not in self._written and event.has_effects]

    def is_undone(self, event: Event) -> bool:
        return event.id in self._undone

    def find(self, event_id: str) -> Event | None:
        return self._events.get(event_id)

    def wording(self, entry_id: str, wanted: str) -> Entry | None:
        """The entry with this id and content hash as the user once confirmed it, or None."""
        for event in reversed(self._events.values()):
            for document in (*event.documents, *event.before):
                if document["id"] == entry_id:
                    entry = read_entry(document)
                    if entry is not None and content_hash(entry) == wanted:
                        return entry
        return None
