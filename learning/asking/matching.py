"""Whether something that was heard is new: against what is known, waiting, skipped and refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from learnchat.learning.asking.inbox import Inbox
from learnchat.learning.profile.tombstones import Tombstone
from learnchat.learning.proposal import RECHECK, Proposal, ProposalState

if TYPE_CHECKING:
    from learnchat.learning.language.words import Signature
    from learnchat.learning.profile.insight import Insight

# Skip means no; a month later the same words may mean something else.
SKIP_HOLDS = timedelta(days=30)


class Matcher:
    """Compares statements. Signatures are computed once for each statement (about 30 microseconds a sentence)."""

    def __init__(self) -> None:
        self._signatures: dict[str, Signature] = {}

    def _signature(self, statement: str) -> Signature:
        # 5 ms for its patterns: not before something was heard.
        from learnchat.learning.language.words import signature

        known = self._signatures.get(statement)
        if known is None:
            known = self._signatures[statement] = signature(statement)
        return known

    def matches(self, statement: str, others: Iterable[str], *, less: bool = True) -> bool:
        """Whether one of the others says the same, in other words too.

        Args:
            statement: what was heard.
            others: what it is compared with.
            less: also where it says a part of another only.
        """
        from learnchat.learning.asking.replacement import says_the_same

        wanted = self._signature(statement)
        return any(
            self._signature(other).matches(wanted)
            or (self._is_near(statement, other) and says_the_same(statement, other, less=less))
            for other in others
        )

    def replaced(self, statement: str, insights: Iterable[Insight], target: str = "") -> Insight | None:
        """The insight that a new statement contradicts or updates.

        Args:
            statement: what was heard.
            insights: of the same scope, newest first.
            target: what the detector says is taken up instead, if it knows.
        """
        from learnchat.learning.asking.replacement import replaced_by

        return replaced_by(statement, (each for each in insights if self._is_near(statement, each.statement)), target)

    def _is_near(self, statement: str, other: str) -> bool:
        """Whether they share a word that says what they are about: a cheap look before the close one."""
        from learnchat.learning.asking.claims import same_things

        return same_things(self._signature(statement).stems, self._signature(other).stems)

    def skipped(self, statement: str, inbox: Inbox, now: datetime) -> datetime | None:
        """When the same statement was skipped in the last 30 days. That something holds no longer is no such answer."""
        for proposal in reversed(inbox.all()):
            skipped = proposal.state is ProposalState.SKIPPED and proposal.detector != RECHECK
            at = inbox.decided(proposal.id) if skipped else None
            if at is not None and now - at < SKIP_HOLDS and self.matches(statement, [proposal.statement], less=False):
                return at
        return None

    def waiting(self, statement: str, inbox: Inbox) -> Proposal | None:
        """The pending proposal that says the same."""
        return next((each for each in inbox.pending() if self.matches(statement, [each.statement])), None)


def refusal(stones: Iterable[Tombstone]) -> str | None:
    """What the last of some tombstones says, or None when there is none."""
    last = max(stones, key=lambda stone: stone.at, default=None)
    if last is None:
        return None
    return f"{'forgotten' if last.reason == 'forgotten' else 'refused for good'} on {last.at:%Y-%m-%d}"
