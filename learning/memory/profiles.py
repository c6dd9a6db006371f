"""The memory of one place: the one way in and out.

Every act on memory goes through here, and none writes an insight without the user's decision: `confirm` and
`remember` are the two that make one, and both record how the user said it. What changes one is in `editing`, what
was changed outside is accepted in `reviewing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, Self

from learnchat.learning.asking.matching import refusal
from learnchat.learning.clock import Clock
from learnchat.learning.disk.project import Project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.memory import acts
from learnchat.learning.memory.acts import UNDO_WINDOW, Act, Rewording, in_short, make_entry, nature
from learnchat.learning.memory.history import STATES
from learnchat.learning.memory.placing import Placing
from learnchat.learning.memory.rechecking import Rechecking
from learnchat.learning.memory.reviewing import Reviewing
from learnchat.learning.profile.changes import addition, removal, reversal
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.event import Event
from learnchat.learning.profile.insight import Insight, Means
from learnchat.learning.profile.profile import Profile, reason
from learnchat.learning.proposal import RECHECK, Proposal, ProposalState, Source

__all__ = ["Act", "Profiles", "Rewording"]


class Profiles(Rechecking, Placing, Reviewing):
    """What is remembered here, and the acts on it. Synchronous, and it reads and writes files: call it in a thread."""

    @classmethod
    def open(cls, project: Project, user_data: UserData, clock: Clock) -> Self:
        """Open what is remembered here, and bring into the files what a crash kept from them.

        Raises:
            ProfileError: the user's data can't be read.
        """
        try:
            return cls(project, user_data, clock)
        except OSError as error:
            raise ProfileError(f"Your data can't be read: {reason(error)}.", str(user_data.root)) from error

    def confirm(self, proposal: Proposal, means: Means, rewording: Rewording | None = None) -> Act:
        """Remember what was proposed, in these words or in the user's; keep what was asked about again.

        Raises:
            ProfileError: it is decided already, can't be saved here, is too long, or has a secret in it.
        """
        wording = rewording or Rewording.of(proposal)
        with self._acting():
            proposal = self._undecided(proposal)
            if proposal.detector == RECHECK:
                return self._keep(proposal, means, rewording)
            return self._save(acts.CONFIRMED, means, wording, proposal.source, proposal)

    def remember(
        self,
        text: str,
        *,
        kind: Kind | None = None,
        tags: Sequence[str] = (),
        scope: Scope = Scope.PROJECT,
        source: Source | None = None,
        replaces: str | None = None,
        expires: datetime | None = None,
    ) -> Act:
        """Remember what the user typed for that purpose. It passes a tombstone, lifts it, and says so.

        Raises:
            ProfileError: it is known already, can't be saved here, is too long, or has a secret in it.
        """
        wording = Rewording(text, kind or Kind.FACT, tuple(tags), scope, expires=expires, replaces=replaces)
        with self._acting():
            return self._save(acts.REMEMBERED, Means.REMEMBER, wording, source or Source(quote=text), None)

    def skip(self, proposal: Proposal, means: Means) -> Act:
        """No: the same is not asked again for 30 days.

        Raises:
            ProfileError: it is decided already, or the answer can't be written down.
        """
        word = "Let go, it is recalled no longer" if proposal.detector == RECHECK else "Skipped"
        return self._refuse(acts.SKIPPED, proposal, means, f"{word}: {in_short(proposal.statement)}")

    def never(self, proposal: Proposal, means: Means) -> Act:
        """No, for good: a tombstone.

        Raises:
            ProfileError: it is decided already, or the answer can't be written down.
        """
        return self._refuse(acts.NEVER, proposal, means, f"Never asked again: {in_short(proposal.statement)}")

    def forget(self, entry_id: str, means: Means) -> Act:
        """Take something out of memory, and set a tombstone, so that it is not proposed again.

        Raises:
            ProfileError: there is no such insight, or it can't be saved.
        """
        with self._acting():
            found = self.find(entry_id) or self._replaced_entry(entry_id)
            if found is None:
                raise ProfileError(f"There is no insight {entry_id}.", "`learnchat insights` lists them.")
            profile = next(p for p in self._profiles if p.view().of(found.id))
            self._demand_writable(profile)
            event = replace(self._event(acts.FORGOTTEN, means, found.statement), refuses=True)
            self._record(profile, removal(profile.view(), found.id).on(event))
            insight = found if isinstance(found, Insight) else None
            return Act(
                event.id, event.name, insight, None, self._said(f"Forgotten: {in_short(found.statement)}", profile)
            )

    def undoable(self) -> list[Event]:
        """The acts of the last 24 hours that `undo` takes back, in its order: the last one first.

        Raises:
            OSError: a journal can't be read.
        """
        return [event for _, event in self.history.undoable(self._clock.now() - UNDO_WINDOW)]

    def undo(self) -> Act | None:
        """Take back the last act of the last 24 hours that was done here; None when there is none left.

        Raises:
            ProfileError: it can't be saved.
        """
        with self._acting():
            last = next(self.history.undoable(self._clock.now() - UNDO_WINDOW), None)
            if last is None:
                return None
            profile, event = last
            undoing = replace(
                self._event(acts.UNDONE, Means.COMMAND, event.statement),
                undoes=event.id,
                lifts=(event.id,) if event.refuses else (),
                restores=event.lifts,
            )
            if event.documents or event.marks:
                self._demand_writable(profile)
                undoing = reversal(profile.view(), event).on(undoing)
            self._record(profile, undoing)
            proposal = self._set_state(event.proposal, ProposalState.PENDING)
            again = "; it waits in the inbox again" if proposal is not None else ""
            sentence = f"Undone ({event.name}): {in_short(event.statement)}{again}"
            insight = next((each for each in profile.insights() if each.id in event.marks), None)
            return Act(undoing.id, undoing.name, insight, proposal, self._said(sentence, profile))

    def share(self, answer: Literal["on", "off"]) -> str:
        """Answer whether the project's folder goes into git. Returns what people read.

        Raises:
            ProfileError: there is no project or no git here, or git's exclude file can't be written.
        """
        if self._sharing is None:
            raise ProfileError(f"{self._place.root} is no project: there is nothing to share.")
        with self._acting():
            return self._sharing.share() if answer == "on" else self._sharing.withdraw()

    # How they are done

    def _undecided(self, proposal: Proposal) -> Proposal:
        """The proposal as it stands now, for another window may have decided it."""
        # A window may have shown it for a month.
        known = self.inbox.get(proposal.id) or self.inbox.older.decision(proposal.id)
        if known is None:
            self.add([proposal])
            return proposal
        if known.state not in (ProposalState.PENDING, ProposalState.LAPSED):
            raise ProfileError(f"This was already decided: {known.state}.", "`/undo` takes the last act back.")
        return known

    def _save(self, name: str, means: Means, wording: Rewording, source: Source, proposal: Proposal | None) -> Act:
        profile = self._home(wording.scope)
        self._demand_writable(profile)
        replaced = None if wording.keep else _replaced(profile, proposal, wording.replaces)
        entry = make_entry(
            new_identifier(),
            wording.statement,
            wording.kind,
            self._now(),
            quote=source.quote,
            tags=wording.tags,
            because=wording.because,
            expires=wording.expires,
            replaces=replaced.id if replaced is not None else None,
        )
        if proposal is None and any(each.statement == entry.statement for each, _ in profile.insights().entries()):
            raise ProfileError(f"Already known: {in_short(entry.statement)}")
        stones = [stone for each in self._profiles for stone in each.refusals(entry.statement)]
        event = replace(
            self._event(name, means, entry.statement),
            source=source,
            proposal=proposal.id if proposal is not None else None,
            lifts=tuple(stone.id for stone in stones),
        )
        self._record(profile, addition(profile.view(), entry, event.id, event.at).on(event))
        decided = self._set_state(event.proposal, ProposalState.CONFIRMED)
        sentence = f"Learned: {in_short(entry.statement)}"
        if profile is self.personal:
            sentence += (
                " (everywhere)" if wording.scope is Scope.PERSONAL else " (for you everywhere: this is no project)"
            )
        if name == acts.REMEMBERED:
            # No toast has shown it.
            sentence += f" · {nature(entry)}"
        if replaced is not None:
            sentence += f". It replaces: {in_short(replaced.statement)}"
        refused = refusal(stones)
        if refused is not None:
            sentence += f". It was {refused}; that holds no longer"
        insight = profile.view().insight(entry.id)
        first = profile is self.project and self._sharing is not None and self._sharing.question_due()
        return Act(event.id, name, insight, decided, self._said(sentence, profile), first_in_git=first)

    def _refuse(self, name: str, proposal: Proposal, means: Means, sentence: str) -> Act:
        with self._acting():
            proposal = self._undecided(proposal)
            profile = self._home(proposal.scope)
            event = replace(
                self._event(name, means, proposal.statement),
                source=proposal.source,
                proposal=proposal.id,
                refuses=name == acts.NEVER,
            )
            self._record(profile, event)
            return Act(event.id, name, None, self._set_state(proposal.id, STATES[name]), sentence)


def _replaced(profile: Profile, proposal: Proposal | None, named: str | None) -> Insight | None:
    """The insight that is replaced: the one that the user named, else the proposal's, where it still holds and stands
    in the profile that is written to.

    Raises:
        ProfileError: the one that the user named does not.
    """
    wanted = named or (proposal.replaces if proposal is not None else None)
    found = profile.view().insight(wanted) if wanted is not None else None
    if named is not None and found is None:
        where = "personal insights" if profile.scope is Scope.PERSONAL else "insights of this project"
        raise ProfileError(f"{named} is none of the {where}, and can't be replaced by one.")
    return found
