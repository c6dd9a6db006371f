"""An insight, the entry of the profile folder that holds it, and the decision without which there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.proposal import Source

# An insight is a sentence or two, not a document: the bound that public memory projects settled on.
STATEMENT_LIMIT = 1400
# Tags are for finding; more than eight are a second statement.
TAG_LIMIT = 8


class EntryState(StrEnum):
    """Whether an entry holds."""

    ACTIVE = "active"
    REPLACED = "replaced"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a profile folder: all of it readable by a teammate, so no session ids, offsets or names."""

    id: str
    revision: int
    """Counts up with every change: of a twice-present id the higher one wins."""
    kind: Kind
    statement: str
    quote: str
    """The words it came from; equal to the statement where they do not differ."""
    confirmed: datetime
    tags: tuple[str, ...] = ()
    because: str = ""
    expires: datetime | None = None
    replaces: str | None = None
    pinned: bool = False
    state: EntryState = EntryState.ACTIVE


class Means(StrEnum):
    """How a decision was given."""

    TOAST = "toast"
    INBOX = "inbox"
    REMEMBER = "remember"
    """The user typed it: `/remember`, `# …` or `learnchat remember`."""
    COMMAND = "command"
    ACCEPTED = "accepted"
    """A change made outside learnchat, shown and accepted."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The user's recorded yes. It stays in the journal, in the user's own data."""

    id: str
    at: datetime
    means: Means
    source: Source
    """From which words."""
    who: str = "user"
    """Nobody else can decide; the field is there so that the record says so."""


@dataclass(frozen=True, slots=True)
class Insight:
    """A statement this user confirmed or accepted: an entry together with the decision behind it.

    Nothing else is recalled. That it can't be made without a `Decision` is the point of the type.
    """

    entry: Entry
    decision: Decision
    scope: Scope

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def kind(self) -> Kind:
        return self.entry.kind

    @property
    def statement(self) -> str:
        return self.entry.statement

    @property
    def tags(self) -> tuple[str, ...]:
        return self.entry.tags
