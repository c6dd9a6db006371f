"""What a judge hears: events, and the drafts of them that a model wrote and nobody has checked yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from learnchat.learning.kinds import Kind

MOST_EVENTS = 5
"""Of one reading. Who asks about more is read by nobody."""

CONTENT_LIMIT = 300
"""Characters of an event's content: a toast has room for it."""

WHY_LIMIT = 500
"""Characters of the reason that is given for it."""

TAG_LIMIT = 4
KEYWORD_LIMIT = 4
"""Tags name the thing; keywords are what else somebody may look for it by. Both are found by recall."""

NAME_LIMIT = 24
"""Characters of a tag or keyword: it is a name, not a phrase."""


class EventType(StrEnum):
    """What an event is about."""

    CORRECTION = "correction"
    PREFERENCE = "preference"
    DECISION = "decision"
    FACT = "fact"
    DEBUGGING = "debugging"
    """An error, its cause and its fix, as one event."""
    WORKAROUND = "workaround"
    OPERATIONAL = "operational"
    """How something is built, run, released or reached here."""


SINGLE = (EventType.CORRECTION, EventType.PREFERENCE, EventType.DECISION, EventType.FACT)
"""What can be heard in one exchange. The others need several."""

KINDS: dict[EventType, Kind] = {
    EventType.CORRECTION: Kind.CORRECTION,
    EventType.PREFERENCE: Kind.PREFERENCE,
    EventType.DECISION: Kind.DECIDED_TO_USE,
    EventType.FACT: Kind.FACT,
    EventType.DEBUGGING: Kind.BUG_FIXED,
    EventType.WORKAROUND: Kind.WORKAROUND,
    EventType.OPERATIONAL: Kind.FACT,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a model says was said: it may be made up."""

    quote: str
    message: int | None = None
    """The number of the message in the reading; None where the model named none."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as a model wrote it, in the right form and not yet believed."""

    type: EventType
    content: str
    why: str
    claims: tuple[Claim, ...]
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that stand in a message: `message.text[start:end]` is the quote."""

    message: str
    """The message's id."""
    role: str
    """Whose words: "user" or "assistant"."""
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may be worth remembering, with the words it rests on. At least one of them is the user's own."""

    type: EventType
    content: str
    """At most `CONTENT_LIMIT` characters."""
    why: str
    """At most `WHY_LIMIT` characters."""
    evidence: tuple[Evidence, ...]
    """The user's first."""
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    supersedes: str = ""
    """What it takes the place of, as a query; empty where it says nothing of that."""

    @property
    def kind(self) -> Kind:
        """The kind of insight it would become."""
        return KINDS[self.type]
