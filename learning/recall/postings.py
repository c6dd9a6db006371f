"""Where terms stand: what ranking asks an index for. Here in memory; on disk in `index_file`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol


class Postings(Protocol):
    """The terms of some numbered documents."""

    def holders(self, term: str) -> Mapping[int, int]:
        """For each document that has a term, how often."""
        ...

    def lengths(self) -> Mapping[int, int]:
        """For every document, how many terms it has."""
        ...


class MemoryPostings:
    """Terms of documents, counted in memory.

    Args:
        documents: their numbers and terms.
    """

    def __init__(self, documents: Iterable[tuple[int, Sequence[str]]] = ()) -> None:
        self._holders: dict[str, dict[int, int]] = {}
        self._lengths: dict[int, int] = {}
        self._terms: dict[int, Counter[str]] = {}
        for number, terms in documents:
            self.add(number, terms)

    def add(self, number: int, terms: Sequence[str]) -> None:
        """Count a document that is not there yet."""
        self._lengths[number] = len(terms)
        counts = self._terms[number] = Counter(terms)
        for term, count in counts.items():
            self._holders.setdefault(term, {})[number] = count

    def holders(self, term: str) -> Mapping[int, int]:
        return self._holders.get(term, {})

    def lengths(self) -> Mapping[int, int]:
        return self._lengths

    def terms_of(self, number: int) -> Mapping[str, int]:
        """The terms of a document, and how often it has each."""
        return self._terms[number]

    def spread(self, term: str) -> int:
        """How many documents have a term."""
        return len(self.holders(term))


class JoinedPostings:
    """Several collections as one: a word is as rare as it is in all of them together.

    Args:
        parts: the collections. Numbers of the first stay as they are.
    """

    # Far above the number of documents of any of them.
    _APART = 1 << 48

    def __init__(self, parts: Sequence[Postings]) -> None:
        self._parts = parts
        self._lengths: Mapping[int, int] | None = None

    def place(self, number: int) -> tuple[int, int]:
        """In which part a document is, and its number there."""
        return divmod(number, self._APART)

    def holders(self, term: str) -> Mapping[int, int]:
        return self._join([part.holders(term) for part in self._parts])

    def lengths(self) -> Mapping[int, int]:
        if self._lengths is None:
            self._lengths = self._join([part.lengths() for part in self._parts])
        return self._lengths

    def _join(self, found: Sequence[Mapping[int, int]]) -> Mapping[int, int]:
        if not any(found[1:]):
            return found[0] if found else {}
        return {
            place * self._APART + number: count for place, part in enumerate(found) for number, count in part.items()
        }
