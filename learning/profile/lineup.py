"""A list of insights in which each is read when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from learnchat.learning.kinds import Scope
from learnchat.learning.profile.insight import Entry, Insight

Find = Callable[[str], Insight]
Read = Callable[[str], tuple[Entry, Scope]]


class Insights(Sequence[Insight]):
    """Insights in an order that is known before they are: their count and the first fifty cost nothing for the rest.

    It stays as it is, whatever is learned later.

    Args:
        ids: in their order.
        find: the insight with an id.
        read: its entry and scope alone, without the decision behind it, where that is less work.
        once: the same as `find`, and nothing of it is kept.
    """

    def __init__(
        self,
        ids: Sequence[str] = (),
        find: Find | None = None,
        read: Read | None = None,
        once: Find | None = None,
    ) -> None:
        self._parts: list[tuple[Sequence[str], Find]] = [(ids, find)] if find is not None and ids else []
        self._reading = [(ids, read)] if read is not None and self._parts else []
        self._passing: list[tuple[Sequence[str], Find]] = [(ids, once or find)] if find is not None and ids else []

    def followed_by(self, other: Insights) -> Insights:
        """These, then the others."""
        both = Insights()
        both._parts = [*self._parts, *other._parts]
        both._reading = [*self._reading, *other._reading]
        both._passing = [*self._passing, *other._passing]
        return both

    def __len__(self) -> int:
        return sum(len(ids) for ids, _ in self._parts)

    def __iter__(self) -> Iterator[Insight]:
        for ids, find in self._parts:
            yield from map(find, ids)

    def entries(self) -> Iterator[tuple[Entry, Scope]]:
        """What the insights say, and where it holds; the decisions behind them are not looked up."""
        if len(self._reading) < len(self._parts):
            yield from ((insight.entry, insight.scope) for insight in self)
            return
        for ids, read in self._reading:
            yield from map(read, ids)

    def each_once(self) -> Iterator[Insight]:
        """The insights, for who goes through all of them once: keeping what was read of ten thousand takes as long
        again as reading it."""
        for ids, find in self._passing:
            yield from map(find, ids)

    def ids(self) -> list[str]:
        """The ids alone; nothing is read."""
        return [name for ids, _ in self._parts for name in ids]

    @overload
    def __getitem__(self, index: int) -> Insight: ...

    @overload
    def __getitem__(self, index: slice) -> list[Insight]: ...

    def __getitem__(self, index: int | slice) -> Insight | list[Insight]:
        if isinstance(index, slice):
            places = [(name, find) for ids, find in self._parts for name in ids]
            return [find(name) for name, find in places[index]]
        if index < 0:
            index += len(self)
        for ids, find in self._parts:
            if 0 <= index < len(ids):
                return find(ids[index])
            index -= len(ids)
        raise IndexError("there are not so many insights")

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Insights({self.ids()})"
