"""What a profile says: the folder's documents and the user's trust, brought together.

What stands under an id is worked out when somebody asks for it: of ten thousand insights a screen shows fifty, and a
decision touches one or two.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from learnchat.learning.kinds import Scope
from learnchat.learning.profile.documents import Document, is_entry, read_entry, resolve
from learnchat.learning.profile.insight import Entry, Insight
from learnchat.learning.profile.layered import Layered
from learnchat.learning.profile.lineup import Insights
from learnchat.learning.profile.trust import Marks, content_hash, following
from learnchat.learning.profile.unread import Lines
from learnchat.learning.profile.weighing import Standing, Weigher


@dataclass(slots=True)
class Outline:
    """What a view is made of before anything in it was looked at: ids alone."""

    ids: list[str]
    """All, sorted."""
    insights: list[str]
    """Newest first."""
    unaccepted: list[str]
    expiring: dict[str, datetime]
    """Of the insights, those with a best-before."""
    twice: list[str]
    """Ids that stand there twice in the same revision with different content."""
    not_understood: int = 0

    def settled(self) -> frozenset[str]:
        """Ids of insights that stand there in the very words that the user said yes to: nothing else is in question."""
        return frozenset(self.insights).difference(self.unaccepted, self.twice)

    def copy(self) -> Outline:
        """Another one that may be changed."""
        return replace(
            self,
            ids=self.ids.copy(),
            insights=self.insights.copy(),
            unaccepted=self.unaccepted.copy(),
            expiring=self.expiring.copy(),
            twice=self.twice.copy(),
        )

    def drop(self, entry_id: str, standing: Standing) -> None:
        """Take out an id under which so much stands."""
        if standing.documents:
            place = bisect_left(self.ids, entry_id)
            if self.ids[place : place + 1] == [entry_id]:
                del self.ids[place]
        # What is not in them may be thousands that are not looked at.
        for stands, names in (
            (standing.insight is not None, self.insights),
            (bool(standing.unaccepted), self.unaccepted),
            (len(standing.documents) > 1, self.twice),
        ):
            if stands:
                with contextlib.suppress(ValueError):
                    names.remove(entry_id)
        self.expiring.pop(entry_id, None)
        self.not_understood -= standing.not_understood


class View:
    """A profile at one moment.

    Args:
        of: the resolved documents of each id.
        marks: what the user said yes to.
        weigher: brings the two together.
        outline: what is there.
        known: what of it was worked out already; views that follow each other share it.
        settled: of what is not known, the ids that need no comparing with the trust.
        own: what stands under ids that are different here than in the views before it.
    """

    def __init__(
        self,
        of: Mapping[str, Sequence[Document]],
        marks: Marks,
        weigher: Weigher,
        outline: Outline,
        known: dict[str, Standing],
        settled: frozenset[str] = frozenset(),
        own: Mapping[str, Standing] | None = None,
    ) -> None:
        self.marks = marks
        self.outline = outline
        self._of = of
        self._weigher = weigher
        self._known = known
        self._settled = settled
        self._own = own or {}

    def standing(self, entry_id: str) -> Standing:
        """What stands under an id; nothing where there is no such id."""
        standing = self._own.get(entry_id) or self._known.get(entry_id)
        if standing is None:
            standing = self._weigher.weigh(
                self._of.get(entry_id, ()), self.marks.get(entry_id), entry_id in self._settled
            )
            self._known[entry_id] = standing
        return standing

    def let_go(self) -> None:
        """Forget what was worked out, for a view that another takes the place of. Whoever still looks at it finds the
        same. Ten thousand insights that are freed at once hold all threads up for 10 ms; one by one, none."""
        while self._known:
            self._known.popitem()

    def of(self, entry_id: str) -> list[Document]:
        """The documents of an id."""
        return list(self.standing(entry_id).documents)

    def insight(self, entry_id: str) -> Insight | None:
        """The insight with an id, expired or not."""
        return self.standing(entry_id).insight

    @property
    def documents(self) -> list[Document]:
        """Resolved; what is acknowledged and not yet written is among them."""
        return [document for name in self.outline.ids for document in self.standing(name).documents]

    @property
    def entries(self) -> list[Entry]:
        """All that has text, active or replaced, in the order of ids."""
        return [entry for name in self.outline.ids for entry in self.standing(name).entries]

    @property
    def insights(self) -> Insights:
        """Active, confirmed or accepted; newest first. The expired ones are among them."""
        return Insights(self.outline.insights, self._sure, self._said, self._once)

    def insights_at(self, now: datetime) -> Insights:
        """The same without what has expired."""
        expired = self.expired_at(now)
        if not expired:
            return self.insights
        holding = [name for name in self.outline.insights if name not in expired]
        return Insights(holding, self._sure, self._said, self._once)

    def expired_at(self, now: datetime) -> set[str]:
        """Ids of the insights whose best-before date has come."""
        return {name for name, expires in self.outline.expiring.items() if expires <= now}

    def _sure(self, entry_id: str) -> Insight:
        insight = self.insight(entry_id)
        assert insight is not None
        return insight

    def _said(self, entry_id: str) -> tuple[Entry, Scope]:
        """What an insight says. Where the user is known to have said yes to it, trust and journal are not read."""
        return self._settled_entry(entry_id) or self._sure(entry_id).entry, self._weigher.scope

    def _once(self, entry_id: str) -> Insight:
        """The insight with an id, of which nothing is kept where it was not looked at before."""
        entry, mark = self._settled_entry(entry_id), self.marks.get(entry_id)
        if entry is None or mark is None:
            return self._sure(entry_id)
        return self._weigher.insight(entry, mark, content_hash(entry) if mark.earlier is not None else mark.hash)

    def _settled_entry(self, entry_id: str) -> Entry | None:
        if entry_id in self._known or entry_id not in self._settled or not isinstance(self._of, Lines):
            return None
        same = self._of.once(entry_id)
        return read_entry(same[0]) if len(same) == 1 else None

    @property
    def unaccepted(self) -> list[Entry]:
        """What this user neither confirmed nor accepted, newest first: listed, never recalled."""
        entries = [entry for name in self.outline.unaccepted for entry in self.standing(name).unaccepted]
        return sorted(entries, key=lambda entry: (entry.confirmed, entry.id), reverse=True)

    @property
    def not_understood(self) -> int:
        """Documents that are no valid entries."""
        return self.outline.not_understood

    @property
    def twice(self) -> list[str]:
        """Ids that stand there twice in the same revision with different content."""
        return self.outline.twice

    def changed(self, documents: Iterable[Document], marks: Marks) -> View:
        """The view after some documents and marks came to it; what they don't touch is not looked at."""
        new: dict[str, list[Document]] = {}
        for document in documents:
            new.setdefault(document["id"], []).append(document)
        marks = {name: following(self.marks.get(name), mark) for name, mark in marks.items()}
        touched = sorted({*new, *marks})
        resolved = {name: resolve([*self.standing(name).documents, *new.get(name, ())]) for name in touched}
        trust, outline = Layered(self.marks, marks), self.outline.copy()
        own = {name: self._weigher.weigh(resolved[name], trust.get(name)) for name in touched}
        for name in touched:
            outline.drop(name, self.standing(name))
        of, own = Layered(self._of, resolved), {**self._own, **own}
        view = View(of, trust, self._weigher, outline, self._known, self._settled, own)
        for name in touched:
            view.add(name)
        return view

    def without(self, ids: Collection[str]) -> View:
        """The view without the insights of these ids: what stands under them is there, and is not recalled."""
        if not ids:
            return self
        outline = replace(self.outline, insights=[name for name in self.outline.insights if name not in ids])
        return View(self._of, self.marks, self._weigher, outline, self._known, self._settled, self._own)

    def add(self, entry_id: str) -> None:
        """Take an id into the outline, at its place."""
        standing, outline = self.standing(entry_id), self.outline
        if not standing.documents:
            return
        outline.ids.insert(bisect_left(outline.ids, entry_id), entry_id)
        outline.not_understood += standing.not_understood
        if len(standing.documents) > 1 and is_entry({"id": entry_id}):
            outline.twice.append(entry_id)
        if standing.unaccepted:
            outline.unaccepted.append(entry_id)
        if standing.insight is not None:
            place = bisect_left(outline.insights, _age(standing.insight), key=lambda name: _age(self._sure(name)))
            outline.insights.insert(place, entry_id)
            if standing.insight.entry.expires is not None:
                outline.expiring[entry_id] = standing.insight.entry.expires


def _age(insight: Insight) -> tuple[float, tuple[int, ...]]:
    """Grows with age: newest first; of the same second the higher id."""
    return -insight.entry.confirmed.timestamp(), tuple(-ord(character) for character in insight.id)


def make_view(of: Mapping[str, Sequence[Document]], marks: Marks, weigher: Weigher) -> View:
    """Look at all of a profile.

    Args:
        of: the resolved documents of each id, in the order of ids.
        marks: what the user said yes to.
        weigher: brings the two together.
    """
    known = {name: weigher.weigh(documents, marks.get(name)) for name, documents in of.items()}
    insights = [standing.insight for standing in known.values() if standing.insight is not None]
    # The order of `_age`: of the same second the higher id. Numbers compare twenty times faster than dates, and no
    # other thread runs while a list is sorted.
    insights.reverse()
    insights.sort(key=lambda insight: -insight.entry.confirmed.timestamp())
    outline = Outline(
        ids=list(known),
        insights=[insight.id for insight in insights],
        unaccepted=[name for name, standing in known.items() if standing.unaccepted],
        expiring={insight.id: insight.entry.expires for insight in insights if insight.entry.expires is not None},
        twice=[name for name, standing in known.items() if len(standing.documents) > 1 and is_entry({"id": name})],
        not_understood=sum(standing.not_understood for standing in known.values()),
    )
    return View(of, marks, weigher, outline, known)
