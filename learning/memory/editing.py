"""Acts on insights that are there: other words, pin and tags, two made one, and what was taken away brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from learnchat.learning.kinds import Kind
from learnchat.learning.memory import acts
from learnchat.learning.memory.acting import Acting
from learnchat.learning.memory.acts import UNDO_WINDOW, Act, checked, in_short
from learnchat.learning.profile.changes import alteration, reversal
from learnchat.learning.profile.documents import is_forgotten, read_entry
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.event import Event
from learnchat.learning.profile.insight import Entry, EntryState, Insight, Means
from learnchat.learning.profile.profile import Profile


class Editing(Acting):
    """What is remembered here, and the acts that change it."""

    def edit(
        self,
        entry_id: str,
        means: Means,
        *,
        statement: str | None = None,
        kind: Kind | None = None,
        tags: Iterable[str] | None = None,
        because: str | None = None,
        expires: datetime | None = None,
        lasts: bool = False,
    ) -> Act:
        """Say an insight in other words. What is not given stays as it is.

        Args:
            entry_id: the insight, or as much of its id as it takes.
            means: how the user said it.
            statement, kind, tags, because, expires: what is to stand there instead.
            lasts: it has no best-before date any more.

        Raises:
            ProfileError: there is no such insight, nothing would change, it can't be saved, it is too long, is known
                already, or has a secret in it.
        """

        def change(entry: Entry) -> Entry:
            return replace(
                entry,
                statement=entry.statement if statement is None else statement,
                kind=kind or entry.kind,
                tags=entry.tags if tags is None else tuple(tags),
                because=entry.because if because is None else because,
                expires=None if lasts else expires or entry.expires,
            )

        return self._alter(acts.EDITED, entry_id, means, change, "Edited")

    def pin(self, entry_id: str, means: Means) -> Act:
        """Give an insight to the model in every conversation, whatever it is about.

        Raises:
            ProfileError: there is no such insight, it is pinned, or it can't be saved.
        """
        return self._alter(acts.PINNED, entry_id, means, lambda entry: replace(entry, pinned=True), "Pinned")

    def unpin(self, entry_id: str, means: Means) -> Act:
        """Give an insight to the model only where it bears on a message, or where there is room.

        Raises:
            ProfileError: there is no such insight, it is not pinned, or it can't be saved.
        """
        return self._alter(acts.UNPINNED, entry_id, means, lambda entry: replace(entry, pinned=False), "Unpinned")

    def tag(self, entry_id: str, means: Means, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Act:
        """Add tags to an insight and take tags away.

        Raises:
            ProfileError: there is no such insight, nothing would change, or it can't be saved.
        """
        added, removed = tuple(add), {tag.lower() for tag in remove}

        def change(entry: Entry) -> Entry:
            return replace(entry, tags=(*(tag for tag in entry.tags if tag not in removed), *added))

        return self._alter(acts.TAGGED, entry_id, means, change, "Tagged")

    def merge(self, kept_id: str, other_id: str, means: Means, statement: str | None = None) -> Act:
        """Make two insights one. The other stays, linked and inactive.

        Args:
            kept_id: what stays active, with the tags of both, and for as long as the longer of the two holds.
            other_id: what becomes inactive.
            means: how the user said it.
            statement: what the two say together; by default the words of the first.

        Raises:
            ProfileError: one of them is not there, they are the same or stand in two profiles, or it can't be saved.
        """
        with self._acting():
            profile, kept = self._insight(kept_id)
            home, other = self._insight(other_id)
            if kept.id == other.id:
                raise ProfileError("An insight can't be merged with itself.", "Name two.")
            if home is not profile:
                raise ProfileError(
                    "One of the two is personal, the other is this project's.", "Forget one, and edit the other."
                )
            first, second = kept.entry, other.entry
            dates = (first.expires, second.expires)
            joined = checked(
                replace(
                    first,
                    statement=first.statement if statement is None else statement,
                    tags=(*first.tags, *second.tags),
                    because=first.because or second.because,
                    expires=max((date for date in dates if date), default=None) if all(dates) else None,
                    pinned=first.pinned or second.pinned,
                    replaces=second.id,
                )
            )
            # What the first one replaced is linked by the end of the second one's chain: nothing falls out of it.
            chain = self._chain(profile, second)
            altered = [joined, *_inactive(second, chain, first.replaces)]
            event = replace(self._event(acts.MERGED, means, joined.statement), source=kept.decision.source)
            self._record(profile, alteration(profile.view(), altered, event.at, event.id).on(event))
            sentence = f"Merged: {in_short(joined.statement)}. Inactive now: {in_short(second.statement)}"
            return self._done(event, profile, kept.id, sentence)

    def restorable(self) -> list[Entry]:
        """What `restore` can bring back: what was forgotten in the last day, and what was replaced; newest first."""
        entries = []
        for profile in self._profiles:
            forgotten = (read_entry(document) for event in self._forgotten(profile) for document in event.before)
            entries += [entry for entry in forgotten if entry is not None]
            entries += [entry for entry in profile.entries() if entry.state is EntryState.REPLACED]
        return sorted(entries, key=lambda entry: (entry.confirmed, entry.id), reverse=True)

    def restore(self, entry_id: str, means: Means) -> Act:
        """Bring back what was forgotten in the last day, or what was replaced.

        Raises:
            ProfileError: there is no such thing, or it can't be saved.
        """
        with self._acting():
            for profile in self._profiles:
                for event in self._forgotten(profile):
                    if event.documents[0]["id"] == entry_id:
                        return self._unforget(profile, event, means)
            replaced = self._replaced_entry(entry_id)
            if replaced is None:
                raise ProfileError(
                    f"There is nothing to restore with the id {entry_id}.",
                    "What was forgotten can be restored for a day; `learnchat log` lists the acts.",
                )
            return self._reinstate(replaced, means)

    # How they are done

    def _alter(self, name: str, entry_id: str, means: Means, change: Callable[[Entry], Entry], word: str) -> Act:
        with self._acting():
            profile, insight = self._insight(entry_id)
            entry = checked(change(insight.entry))
            if entry == insight.entry:
                raise ProfileError(f"Nothing changes by that: {in_short(entry.statement)}")
            lifts: tuple[str, ...] = ()
            if entry.statement != insight.statement:
                if any(each.statement == entry.statement for each in profile.insights()):
                    raise ProfileError(
                        f"Already known: {in_short(entry.statement)}",
                        "`learnchat insights merge` makes two insights one.",
                    )
                lifts = tuple(stone.id for each in self._profiles for stone in each.refusals(entry.statement))
            event = replace(self._event(name, means, entry.statement), source=insight.decision.source, lifts=lifts)
            self._record(profile, alteration(profile.view(), [entry], event.at, event.id).on(event))
            tags = f" ({', '.join(entry.tags) or 'no tags'})" if name == acts.TAGGED else ""
            return self._done(event, profile, entry.id, f"{word}: {in_short(entry.statement)}{tags}")

    def _insight(self, prefix: str) -> tuple[Profile, Insight]:
        """An insight that can be changed, and where it stands."""
        found = self.find(prefix)
        if found is None:
            raise ProfileError(f"There is no insight {prefix}.", "`learnchat insights` lists them.")
        profile = next(each for each in self._profiles if each.view().of(found.id))
        if not isinstance(found, Insight) or any(each.id == found.id for each in profile.unaccepted()):
            raise ProfileError(
                f"{found.id} came or was changed from outside, and you have not accepted that.",
                "`learnchat review` shows it.",
            )
        self._demand_writable(profile)
        return profile, found

    def _done(self, event: Event, profile: Profile, entry_id: str, sentence: str) -> Act:
        insight = next((each for each in profile.view().insights if each.id == entry_id), None)
        return Act(event.id, event.name, insight, None, self._said(sentence, profile))

    def _replaced_entry(self, entry_id: str) -> Entry | None:
        """The entry with this id that was replaced."""
        held = (entry for profile in self._profiles for entry in profile.entries())
        return next((each for each in held if each.id == entry_id and each.state is EntryState.REPLACED), None)

    def _forgotten(self, profile: Profile) -> list[Event]:
        """The acts of the last day that took away what is still away, newest first."""
        since = self._clock.now() - UNDO_WINDOW
        view = profile.view()
        last: dict[str, Event] = {}
        for event in profile.journal.events():
            last |= dict.fromkeys((str(document["id"]) for document in event.documents), event)
        return [
            event
            for entry_id, event in reversed(last.items())
            if event.name == acts.FORGOTTEN
            and event.at >= since
            and all(is_forgotten(document) for document in view.of(entry_id))
        ]

    def _unforget(self, profile: Profile, forgotten: Event, means: Means) -> Act:
        self._demand_writable(profile)
        event = replace(self._event(acts.RESTORED, means, forgotten.statement), lifts=(forgotten.id,))
        self._record(profile, reversal(profile.view(), forgotten).on(event))
        entry_id = str(forgotten.documents[0]["id"])
        return self._done(event, profile, entry_id, f"Restored: {in_short(forgotten.statement)}")

    def _reinstate(self, entry: Entry, means: Means) -> Act:
        """Let a replaced one hold again. What replaced it holds too, and is no longer linked to it."""
        profile = next(each for each in self._profiles if each.view().of(entry.id))
        self._demand_writable(profile)
        view = profile.view()
        if any(each.id == entry.id for each in view.unaccepted):
            raise ProfileError(
                f"{entry.id} was replaced outside learnchat, and you have not accepted that.",
                "`learnchat review` shows it.",
            )
        settled = {each.id for each in view.insights} - {each.id for each in view.unaccepted}
        linked = [each.entry for each in view.insights if each.entry.replaces == entry.id and each.id in settled]
        event = replace(self._event(acts.RESTORED, means, entry.statement))
        altered = [replace(entry, state=EntryState.ACTIVE), *(replace(each, replaces=None) for each in linked)]
        self._record(profile, alteration(view, altered, event.at, event.id).on(event))
        beside = f". This holds beside it: {in_short(linked[0].statement)}" if linked else ""
        return self._done(event, profile, entry.id, f"Restored: {in_short(entry.statement)}{beside}")

    def _chain(self, profile: Profile, entry: Entry) -> list[Entry]:
        """What an entry replaced, what that replaced, and so on; nearest first."""
        by_id = {each.id: each for each in profile.entries()}
        chain: list[Entry] = []
        following = by_id.pop(entry.replaces or "", None)
        while following is not None:
            chain.append(following)
            following = by_id.pop(following.replaces or "", None)
        return chain


def _inactive(entry: Entry, chain: list[Entry], linked: str | None) -> list[Entry]:
    """An entry made inactive, and the end of its chain linked to what another one replaced."""
    inactive = replace(entry, state=EntryState.REPLACED)
    if linked is None or linked in (entry.id, *(each.id for each in chain)):
        return [inactive]
    if not chain:
        return [replace(inactive, replaces=linked)]
    return [inactive, replace(chain[-1], replaces=linked)]
