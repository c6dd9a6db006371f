"""A proposal: a detection put to the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from learnchat.learning.kinds import Kind, Scope

IMPORTED = "import"
"""What stands as the detector of a proposal that came from a file: none heard it, and the gate did not weigh it."""

JUDGE = "judge"
"""What stands as the detector of a proposal that a judge made: the gate did not weigh it either."""

RECHECK = "recheck"
"""What stands as the detector of the question whether an insight still holds when its best-before date has come. Such a
proposal names the insight in `replaces`. A yes changes its date, a no leaves it as it is."""

REPLACEMENT = "replacement"
"""What stands as the detector where the user said what holds now instead of an insight: nothing was heard."""

UNWEIGHED = (IMPORTED, JUDGE, RECHECK, REPLACEMENT)
"""Answers to these say nothing about the gate."""


class ProposalState(StrEnum):
    """Where a proposal stands. Only a decision of the user moves it to confirmed, skipped or never."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    SKIPPED = "skipped"
    NEVER = "never"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Source:
    """The words behind a proposal, and where they were said."""

    quote: str
    """Verbatim."""
    session: str = ""
    message: str = ""
    """Id of the message in the session's transcript; empty where the words came by the command line."""
    start: int = 0
    end: int = 0
    """Offsets of the quote into the message's text, in characters."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What waits for the user's decision. It is in the inbox from the moment it is made."""

    id: str
    kind: Kind
    statement: str
    source: Source
    created: datetime
    confidence: float
    scope: Scope = Scope.PROJECT
    tags: tuple[str, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)
    detector: str = ""
    offset: float = 0.0
    """What the user's dial had added to the log-odds of the confidence; without it, it is the gate's own."""
    replaces: str | None = None
    """Id of the insight it would replace."""
    because: str = ""
    """The reason, where the user gave one in rewording."""
    expires: datetime | None = None
    """Best before."""
    recheck: bool = False
    """No date was named: on the day of `expires` it is to be looked at again."""
    state: ProposalState = ProposalState.PENDING
    asked: datetime | None = None
    """When it was first shown as a toast; None while it only waited in the inbox."""

    @property
    def origin(self) -> str:
        """How sure the gate was of it, for people; of what a judge proposed, which it did not weigh, that it did."""
        return JUDGE if self.detector == JUDGE else f"{self.confidence:.0%}"

    @property
    def judged_because(self) -> str:
        """Who judged it and why; empty where no judge did. These are a model's words: shown, and never saved."""
        if self.detector != JUDGE:
            return ""
        return ": ".join(part for part in (self.slots.get("judge", ""), self.slots.get("why", "")) if part)
