"""The review: what was changed outside learnchat, or came with a clone, shown to the user and decided about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from learnchat.learning.asking.matching import refusal
from learnchat.learning.disk.notes import Notes, change_notes, read_notes
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.kinds import Scope
from learnchat.learning.memory import acts
from learnchat.learning.memory.acting import Acting
from learnchat.learning.memory.acts import Act, in_short
from learnchat.learning.profile import agreement
from learnchat.learning.profile.acceptance import Acceptance
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Entry, Means
from learnchat.learning.profile.outside import OutsideChange, What, outside_changes
from learnchat.learning.profile.profile import Profile, reason
from learnchat.learning.profile.view import View

# Among the notes: the ids of what the user was told is missing.
_TOLD = "told_missing"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A change that waits for the user, and why it is to be looked at twice."""

    change: OutsideChange
    scope: Scope
    marks: tuple[str, ...] = ()
    """Why it is marked, in a few words each; () where it is not."""

    @property
    def id(self) -> str:
        """What the user calls it by."""
        return self.change.name

    name = id


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits."""

    changed: int = 0
    """New, changed, removed."""
    missing: int = 0
    """On no file here, though the user said yes to it: another branch may have it."""
    first: bool = False
    """The project carries a profile, and this user never said yes to anything in it."""
    new: int = 0
    """Of those that are not missing: what this user never had."""
    untold: int = 0
    """Of those that are missing: what the user was not told of before, here."""
    twice: int = 0
    """Insights that stand here in two wordings, from two branches."""

    def in_words(self) -> str:
        """What became of what is not missing, and of how much: "3 came with the project"; empty where there is none."""
        if not self.changed:
            return ""
        if self.first:
            return f"{self.changed:,} came with the project"
        if self.new == self.changed:
            return f"{self.new:,} new from outside"
        return f"{f'{self.new:,} new, ' if self.new else ''}{self.changed - self.new:,} changed outside"


class Reviewing(Acting):
    """What is remembered here, and the acts on what was changed outside."""

    _counted: tuple[list[View], Waiting] | None = None

    def review(self) -> list[ReviewItem]:
        """All that waits, the project's first, newest first; what is missing last.

        Raises:
            OSError: the user's data can't be read.
        """
        return [
            ReviewItem(change, profile.scope, self._marks(change))
            for profile in self._profiles
            for change in outside_changes(profile)
        ]

    def waiting(self) -> Waiting:
        """How much waits; nothing of it is looked at."""
        views = [profile.view() for profile in self._profiles]
        # A view is made anew whenever a file is another one: the slow look at it is taken once.
        if self._counted is None or any(one is not other for one, other in zip(self._counted[0], views, strict=True)):
            self._counted = views, self._count()
        return self._counted[1]

    def _count(self) -> Waiting:
        changes = [change for profile in self._profiles for change in outside_changes(profile)]
        missing = [change.id for change in changes if change.what is What.MISSING]
        told = read_notes(self._data).get(_TOLD) if missing else ()
        first = self.project is not None and bool(changes) and not any(self.project.view().marks.values())
        new = sum(change.what is What.NEW for change in changes)
        untold = len(set(missing).difference(told if isinstance(told, list) else ()))
        twice = len({change.id for change in changes if change.twice})
        return Waiting(len(changes) - len(missing), len(missing), first, new, untold, twice)

    def tell_of_missing(self) -> None:
        """Note that the user was told of all that is missing now: whoever works on a branch for a week knows it.

        Raises:
            OSError: it can't be noted; it will be told again.
        """
        missing = {each.id for one in self._profiles for each in outside_changes(one) if each.what is What.MISSING}

        def change(notes: Notes) -> None:
            known = notes.get(_TOLD)
            notes[_TOLD] = sorted({*map(str, known if isinstance(known, list) else []), *missing})

        change_notes(self._data, change)
        self._counted = None

    def repair(self) -> list[str]:
        """Mend what is wrong with the files, where it can be. Returns what was done, in plain sentences."""
        done = [sentence for profile in self._profiles for sentence in agreement.repair(profile, self._clock.now())]
        try:
            found = self.inbox.mend()
        except OSError as error:
            done.append(f"The inbox could not be mended: {reason(error)}.")
        else:
            if found is not None:
                done.append(f"{found[1]} unreadable lines of {self._data.inbox} are kept as {found[0].name}.")
        return done + self.notices()

    def accept(self, items: Sequence[ReviewItem], means: Means = Means.ACCEPTED) -> Act:
        """Say yes to changes from outside: they hold from now on. One decision, and one undo.

        Raises:
            ProfileError: nothing was chosen, it waits no longer, it has a secret in it, or can't be saved.
        """
        secret = [item for item in items if _secret(item.change)]
        if secret:
            names = ", ".join(item.name for item in secret)
            raise ProfileError(
                f"What looks like a secret was not accepted: {names}.",
                "Take it out of the file, or reject it; the others can be accepted without it.",
            )
        return self._decide(acts.ACCEPTED, items, means)

    def reject(self, items: Sequence[ReviewItem]) -> Act:
        """Say no: what the user had stands again, and what is new goes. What is missing is put back.

        Raises:
            ProfileError: nothing was chosen, it waits no longer, or can't be saved.
        """
        return self._decide(acts.REJECTED, items, Means.COMMAND)

    def _decide(self, name: str, items: Sequence[ReviewItem], means: Means) -> Act:
        if not items:
            raise ProfileError("Nothing was chosen.", "`learnchat review` lists what waits.")
        with self._acting():
            done = [self._decide_in(each, name, items, means) for each in self._profiles]
        sentence = "; ".join(act.sentence for act in done if act is not None)
        last = next(act for act in reversed(done) if act is not None)
        return replace(last, sentence=sentence)

    def _decide_in(self, profile: Profile, name: str, items: Sequence[ReviewItem], means: Means) -> Act | None:
        chosen = [item.change for item in items if item.scope is profile.scope]
        if not chosen:
            return None
        self._demand_writable(profile)
        waiting = outside_changes(profile)
        standing = {change.name: change for change in waiting}
        if not all(change.is_still(standing.get(change.name)) for change in chosen):
            raise ProfileError("It changed again meanwhile.", "Look at the review once more.")
        statement = chosen[0].entry.statement if len(chosen) == 1 else f"{len(chosen)} changes from outside"
        event = self._event(name, means, statement)
        change = Acceptance(profile.view(), waiting, event.id, event.at, new_identifier).of(
            chosen, accepted=name == acts.ACCEPTED
        )
        if name == acts.ACCEPTED:
            stones = [
                stone
                for each in chosen
                if each.after is not None
                for other in self._profiles
                for stone in other.refusals(each.after.statement)
            ]
            event = replace(event, lifts=tuple(dict.fromkeys(stone.id for stone in stones)))
        self._record(profile, change.on(event))
        said = f"{_word(name, chosen)}: {in_short(statement)}"
        insight = next((profile.view().insight(each) for each in change.marks), None) if len(chosen) == 1 else None
        return Act(event.id, name, insight, None, self._said(said, profile))

    def _marks(self, change: OutsideChange) -> tuple[str, ...]:
        if change.after is None:
            return ()
        stones = (stone for profile in self._profiles for stone in profile.refusals(change.after.statement))
        refused = refusal(stones)
        return (*_dangers(_texts(change.after), change.raw), *((refused,) if refused is not None else ()))


def _word(name: str, chosen: Sequence[OutsideChange]) -> str:
    """What was done, for people: "Accepted" of something that is missing would read as if it stayed."""
    if any(change.what is not What.MISSING for change in chosen):
        return name.capitalize()
    return "Let go" if name == acts.ACCEPTED else "Restored"


def all_but_missing(items: Iterable[ReviewItem]) -> list[ReviewItem]:
    """What "accept all" takes: not what is missing, for another branch may have it."""
    return [item for item in items if not is_missing(item)]


def is_missing(item: ReviewItem) -> bool:
    """Whether neither file has it here, though the user said yes to it."""
    return item.change.what is What.MISSING


def missing(items: Iterable[ReviewItem]) -> list[ReviewItem]:
    """What neither file has here, though the user said yes to it."""
    return [item for item in items if is_missing(item)]


def unmarked(items: Iterable[ReviewItem]) -> list[ReviewItem]:
    """What "accept all but the marked" takes."""
    return [item for item in all_but_missing(items) if not item.marks]


def _texts(entry: Entry) -> str:
    return "\n".join(filter(None, (entry.statement, entry.quote, entry.because, *entry.tags)))


# A review is drawn again after each answer. Of tens of thousands it would else take seconds each time.
@lru_cache(maxsize=32_768)
def _dangers(text: str, raw: str) -> tuple[str, ...]:
    from learnchat.learning.memory.dangers import dangers

    return dangers(text, raw)


def _secret(change: OutsideChange) -> bool:
    from learnchat.learning.memory.dangers import SECRET

    return change.after is not None and SECRET in _dangers(_texts(change.after), change.raw)
