"""How an act on memory is done: under the place's lock, in the journal first, then in the files and the inbox."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from learnchat.learning.disk.locks import lock
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.kinds import Scope
from learnchat.learning.memory.acts import ACCEPTED
from learnchat.learning.memory.holdings import Holdings
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.event import Event
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.profile import Profile, reason
from learnchat.learning.profile.trust import Marks
from learnchat.learning.proposal import Proposal, ProposalState


class Acting(Holdings):
    """What is remembered here, and the parts that every act on it is made of."""

    @contextlib.contextmanager
    def _acting(self) -> Iterator[None]:
        """Hold the place's lock: from reading what is there to having written the decision."""
        try:
            with lock(self._data.lock):
                yield
        except OSError as error:
            raise ProfileError(f"Nothing was saved: {reason(error)}.") from error

    def _event(self, name: str, means: Means, statement: str) -> Event:
        number = self.history.next_number()
        return Event(new_identifier(), name, self._now(), means, self._data.folder.name, number, statement)

    def _now(self) -> datetime:
        # To the second, as it is written: what is compared now must compare the same after reading it again.
        return self._clock.now().replace(microsecond=0)

    def _home(self, scope: Scope) -> Profile:
        return self.personal if scope is Scope.PERSONAL or self.project is None else self.project

    def _demand_writable(self, profile: Profile) -> None:
        refused = profile.refused
        if refused is not None:
            raise ProfileError(f"Nothing can be saved here: {refused}.")

    def _record(self, profile: Profile, event: Event) -> None:
        profile.record(event)
        for other in self._profiles:
            if other is not profile:
                # What is decided is saved; that an old refusal stands on elsewhere hinders nothing.
                with contextlib.suppress(OSError):
                    other.follow(event)

    def take_trust(self, profile: Profile, marks: Marks, decisions: Sequence[Event]) -> None:
        """Take over trust that this user gave on another machine: one act, which changes no document.

        Args:
            profile: in which.
            marks: to hold from now on.
            decisions: the acts behind them, kept as the record of who said yes, when and how.

        Raises:
            ProfileError: it can't be saved.
        """
        with self._acting():
            known = profile.view().marks
            statement = f"{len(marks)} decisions of another machine"
            event = replace(
                self._event(ACCEPTED, Means.COMMAND, statement),
                marks=marks,
                marks_before={name: known.get(name) for name in marks},
            )
            profile.journal.extend(decisions)
            self._record(profile, event)

    def _said(self, sentence: str, profile: Profile) -> str:
        """What people read of an act: what it did, and what else happened to the files by it."""
        failure = profile.unwritten()
        if failure is not None:
            sentence = f"{sentence}. It is in the journal and not yet in the file: {failure}"
        told = "\n".join([sentence, *profile.notices])
        profile.notices.clear()
        return told

    def _set_state(self, proposal_id: str | None, state: ProposalState) -> Proposal | None:
        """Note a decision in the inbox. It is in the journal already, from which the inbox is brought up to date."""
        if proposal_id is None:
            return None
        with contextlib.suppress(OSError):
            self.inbox.set_state(proposal_id, state)
        decided = self.inbox.get(proposal_id)
        if decided is not None:
            # Derived from the journal: what is missed here, `learnchat tune` finds there.
            with contextlib.suppress(OSError):
                self.answers.note(decided, self.name, self._now())
        return decided
