"""An act of this user on memory, and the record that it is in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.disk.files import Record
from learnchat.learning.profile.documents import Document, is_document
from learnchat.learning.profile.insight import Decision, Means
from learnchat.learning.profile.trust import Mark, mark_record, read_mark
from learnchat.learning.proposal import Source

MIGRATED = "migrated"
"""A file of an earlier schema was brought to the present one."""
REBUILT = "rebuilt"
"""A decision that a damaged journal lost was made again from what the files know of it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One act on memory, and what comes of it."""

    id: str
    name: str
    """`confirmed`, `remembered`, `skipped`, `never`, `forgotten`, `undone`, and so on."""
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
    about: str = ""
    """The insight that it says something of, and leaves as it is."""

    @property
    def decision(self) -> Decision:
        return Decision(self.id, self.at, self.means, self.source or Source(quote=self.statement))

    @property
    def entries(self) -> tuple[str, ...]:
        """Ids of the entries that it changed, or says something of."""
        said = [self.about] if self.about else []
        return tuple(dict.fromkeys([*said, *(str(document["id"]) for document in self.documents), *self.marks]))

    @property
    def is_upkeep(self) -> bool:
        """Whether it is about the files and no act on memory: nothing that could be taken back."""
        return self.name in (MIGRATED, REBUILT)

    @property
    def has_effects(self) -> bool:
        """Whether files besides journal and inbox are to change by it."""
        return bool(self.documents or self.marks or self.refuses or self.lifts or self.restores)


def without_decided(event: Event, later: Sequence[Event]) -> Event:
    """An event without the trust and the tombstones that later ones have decided about."""
    marked = {name for each in later for name in each.marks}
    lifted = {name for each in later for name in (*each.lifts, *each.restores)}
    return replace(
        event,
        marks={name: mark for name, mark in event.marks.items() if name not in marked},
        refuses=event.refuses and event.id not in lifted,
        lifts=tuple(name for name in event.lifts if name not in lifted),
        restores=tuple(name for name in event.restores if name not in lifted),
    )


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
        "about": event.about,
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
            about=str(record.get("about", "")),
        )
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return None


def _documents(records: Iterable[Any]) -> tuple[Document, ...]:
    documents = tuple(records)
    if not all(isinstance(document, dict) and is_document(document) for document in documents):
        raise ValueError("not documents")
    return documents
