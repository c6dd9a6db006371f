"""Whether something that was heard is new: against what is known, waiting, skipped and refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from learnchat.learning.inbox import Inbox
from learnchat.learning.profile.tombstones import Tombstone
from learnchat.learning.proposal import Proposal, ProposalState

if TYPE_CHECKING:
    from learnchat.learning.words import Signature

# Skip means no; a month later the same words may mean something else.
SKIP_HOLDS = timedelta(days=30)


class Matcher:
    """Compares statements. Signatures are computed once for each statement (about 30 microseconds a sentence)."""

    def __init__(self) -> None:
        self._signatures: dict[str, Signature] = {}

    def _signature(self, statement: str) -> Signature:
        # 5 ms for its patterns: not before something was heard.
        from learnchat.learning.words import signature

        known = self._signatures.get(statement)
        if known is None:
            known = self._signatures[statement] = signature(statement)
        return known

    def matches(self, statement: str, others: Iterable[str]) -> bool:
        """Whether one of the others says the same."""
        wanted = self._signature(statement)
        return any(self._signature(other).matches(wanted) for other in others)

    def skipped(self, statement: str, inbox: Inbox, now: datetime) -> datetime | None:
        """When the same statement was skipped in the last 30 days."""
        for proposal in reversed(inbox.all()):
            at = inbox.decided(proposal.id) if proposal.state is ProposalState.SKIPPED else None
            if at is not None and now - at < SKIP_HOLDS and self.matches(statement, [proposal.statement]):
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
