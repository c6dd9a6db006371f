"""What was done with memory in one place, over the journals of all profiles that hold there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from learnchat.learning.asking.inbox import Inbox
from learnchat.learning.memory.acts import CONFIRMED, NEVER, SKIPPED
from learnchat.learning.profile.event import Event
from learnchat.learning.profile.profile import Profile
from learnchat.learning.proposal import Proposal, ProposalState

STATES = {
    CONFIRMED: ProposalState.CONFIRMED,
    SKIPPED: ProposalState.SKIPPED,
    NEVER: ProposalState.NEVER,
}
"""What becomes of a proposal by an act."""


class History:
    """The acts of one place, oldest first.

    Args:
        profiles: whose journals have them.
        place: the name that the events carry: acts done in another project are not of this place.
    """

    def __init__(self, profiles: Sequence[Profile], place: str) -> None:
        self._profiles = profiles
        self._place = place

    def acts(self) -> list[tuple[Profile, Event]]:
        """Each act with the profile whose journal has it.

        Raises:
            OSError: a journal can't be read.
        """
        return sorted(self._acts(), key=lambda act: act[1].number)

    def _acts(self) -> Iterator[tuple[Profile, Event]]:
        for profile in self._profiles:
            yield from ((profile, event) for event in self._fresh(profile) if event.place == self._place)

    @staticmethod
    def _fresh(profile: Profile) -> list[Event]:
        profile.journal.refresh()
        return profile.journal.events()

    def about(self, prefix: str) -> list[tuple[Profile, Event]]:
        """The acts on the insights whose id begins so, oldest first, also those done in other places.

        Raises:
            OSError: a journal can't be read.
        """
        found = [
            (profile, event)
            for profile in self._profiles
            for event in self._fresh(profile)
            if prefix and any(entry_id.startswith(prefix) for entry_id in event.entries)
        ]
        return sorted(found, key=lambda act: (act[1].at, act[1].number))

    def next_number(self) -> int:
        """The number of the next act here. The place's lock is held until the act is in the journal.

        Raises:
            OSError: a journal can't be read.
        """
        for profile in self._profiles:
            profile.journal.refresh()
        return 1 + max(profile.journal.highest_number(self._place) for profile in self._profiles)

    def undoable(self, since: datetime) -> Iterator[tuple[Profile, Event]]:
        """The acts since then that were not taken back and are no taking back themselves, the last one first."""
        for profile, event in reversed(self.acts()):
            if event.at < since and not event.is_upkeep:
                return
            if event.undoes is None and not event.is_upkeep and not profile.journal.is_undone(event):
                yield profile, event

    def bring_up_to_date(self, inbox: Inbox) -> None:
        """Bring an inbox up to what the journals say, should a crash have come between the two."""
        for proposal in inbox.all():
            decided = self._state(proposal)
            waits = ProposalState.PENDING, ProposalState.LAPSED
            if decided is not proposal.state and not (decided in waits and proposal.state in waits):
                with contextlib.suppress(OSError):
                    inbox.set_state(proposal, decided)

    def _state(self, proposal: Proposal) -> ProposalState:
        """What the journals say of a proposal, or what it says itself where they don't."""
        acts = [
            (head.number, profile, head)
            for profile in self._profiles
            for head in profile.journal.deciding(proposal.id)
            if head.place == self._place and head.name in STATES
        ]
        if not acts:
            return proposal.state
        _, profile, head = max(acts, key=lambda act: act[0])
        return ProposalState.PENDING if profile.journal.was_undone(head.id) else STATES[head.name]
