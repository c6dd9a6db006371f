"""Insights whose best-before date has come: each is asked about once, "still true?".

The question is a proposal as any other: it waits in the inbox, is shown as a toast where the budget allows, and lapses
after a week; silence changes nothing. Yes keeps the insight, without a date or with a new one. No lets it go: it stays
expired, is recalled no longer, and can be edited or forgotten as ever.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from learnchat.learning.clock import local, timestamp
from learnchat.learning.disk.notes import Notes, change_notes, read_notes
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.memory import acts
from learnchat.learning.memory.acts import Act, Rewording, checked, in_short
from learnchat.learning.memory.editing import Editing
from learnchat.learning.profile.changes import alteration
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Insight, Means
from learnchat.learning.profile.profile import Profile
from learnchat.learning.proposal import RECHECK, Proposal, ProposalState

# Who comes back to a project after a year is not asked about all that ran out meanwhile.
ASKED_WITHIN = timedelta(days=30)
# In the notes of a profile: ids that were asked about, and the date that had come.
NOTE = "rechecked"
# In a proposal's slots: the date that has come.
WAS = "was"


class Rechecking(Editing):
    """What is remembered here, and asking whether it still holds."""

    def recheck(self) -> list[Proposal]:
        """Put into the inbox what has come to its best-before date and was not asked about yet, and return it.

        What waits there and is to be asked no longer, for the insight was changed or forgotten since, lapses.

        Raises:
            OSError: the inbox or the notes can't be written.
        """
        due = [(profile, insight) for profile in self._profiles for insight in self._due(profile)]
        moot = [each for each in self.inbox.pending() if each.detector == RECHECK and self._rechecked(each) is None]
        if not due and not moot:
            return []
        with self._acting():
            for proposal in moot:
                self.inbox.set_state(proposal, ProposalState.LAPSED)
            # Another window may have been quicker.
            made = [
                (profile, _question(insight, self._now())) for profile, insight in due if insight in self._due(profile)
            ]
            self.add([proposal for _, proposal in made])
            for profile, proposal in made:
                _note(profile, proposal)
        return [proposal for _, proposal in made]

    def _due(self, profile: Profile) -> list[Insight]:
        view, now = profile.view(), self._clock.now()
        expired = [insight for name in view.expired_at(now) if (insight := view.insight(name)) is not None]
        asked = read_notes(profile.data).get(NOTE) if expired else None
        asked = asked if isinstance(asked, dict) else {}
        dated = [(insight, insight.entry.expires) for insight in expired]
        return [
            insight
            for insight, date in dated
            if date is not None and now - date <= ASKED_WITHIN and asked.get(insight.id) != timestamp(date)
        ]

    def _rechecked(self, proposal: Proposal) -> Insight | None:
        """The insight that a question is about; None where it has changed since, or is gone."""
        for profile in self._profiles:
            insight = profile.view().insight(proposal.replaces or "")
            if insight is not None and insight.entry.expires is not None:
                same = timestamp(insight.entry.expires) == proposal.slots.get(WAS)
                return insight if same and insight.entry.expires <= self._clock.now() else None
        return None

    def _keep(self, proposal: Proposal, means: Means, wording: Rewording | None) -> Act:
        """Yes, it still holds: without a date, or as it was reworded."""
        known = self._rechecked(proposal)
        if known is None:
            raise ProfileError("This was changed or forgotten since, and is not to be asked any more.")
        profile, insight = self._insight(known.id)
        entry = replace(insight.entry, expires=None)
        if wording is not None:
            if wording.scope is not insight.scope:
                raise ProfileError("Where it holds can't be changed here.", "Forget it, and remember it there.")
            entry = replace(
                entry,
                statement=wording.statement,
                kind=wording.kind,
                tags=wording.tags,
                because=wording.because,
                expires=wording.expires,
            )
        entry = checked(entry)
        event = replace(
            self._event(acts.CONFIRMED, means, entry.statement), source=insight.decision.source, proposal=proposal.id
        )
        self._record(profile, alteration(profile.view(), [entry], event.at, event.id).on(event))
        decided = self._set_state(event.proposal, ProposalState.CONFIRMED)
        until = f", best before {local(entry.expires):%Y-%m-%d}" if entry.expires is not None else ""
        sentence = f"Kept{until}: {in_short(entry.statement)}"
        return Act(event.id, event.name, profile.view().insight(entry.id), decided, self._said(sentence, profile))


def _question(insight: Insight, now: datetime) -> Proposal:
    entry = insight.entry
    assert entry.expires is not None
    return Proposal(
        id=new_identifier(),
        kind=entry.kind,
        statement=entry.statement,
        source=insight.decision.source,
        created=now,
        # Nothing was heard, so nothing was weighed: it was confirmed once.
        confidence=1.0,
        scope=insight.scope,
        tags=entry.tags,
        slots={WAS: timestamp(entry.expires)},
        detector=RECHECK,
        replaces=insight.id,
        because=entry.because,
    )


def _note(profile: Profile, proposal: Proposal) -> None:
    """Note that it was asked, and drop what has no such date any more."""
    dates = profile.view().outline.expiring

    def change(notes: Notes) -> None:
        asked = notes.get(NOTE)
        kept = {name: date for name, date in asked.items() if name in dates} if isinstance(asked, dict) else {}
        notes[NOTE] = kept | {str(proposal.replaces): proposal.slots[WAS]}

    change_notes(profile.data, change)
