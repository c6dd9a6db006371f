"""Which insights bear on a text: ranked by their words, best first, with how sure that is."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from learnchat.learning.kinds import Kind
from learnchat.learning.profile.insight import Insight
from learnchat.learning.recall.index_file import IndexFile
from learnchat.learning.recall.insight_index import InsightIndex, in_memory
from learnchat.learning.recall.postings import JoinedPostings, Postings
from learnchat.learning.recall.ranking import ask, average, score
from learnchat.learning.recall.terms import wanted

# From which confidence on an insight is given with a message. Chosen on the half of LoCoMo on which all was chosen, for
# questions about the observations of its sessions, single sentences like insights: one in ten foreign questions passes.
# `python -m tests.bench.recall` prints what it comes to on the other half.
BEARS = 0.7

# Where scores are equal: what the user wants done and what was decided, before how something is.
_FIRST = (Kind.CORRECTION, Kind.PREFERENCE, Kind.DECIDED_TO_USE, Kind.NO_LONGER, Kind.NOW_USING, Kind.SWITCHING)
# Scores that agree in so many decimals say the same.
DECIMALS = 2

# Of a very long text the words at its beginning and at its end are looked up: what is asked stands there.
MOST_WORDS = 64


class Bearing(NamedTuple):
    """An insight that has something of a text."""

    id: str
    confidence: float
    """Whether it is enough to be given."""
    score: float
    """What it is ordered by."""


class Bearings(Protocol):
    """Finds what bears on a text."""

    def find(self, text: str) -> list[Bearing]:
        """All insights that share a word with a text, best first."""
        ...


def rank(text: str, postings: Postings, *, synonyms: bool = True) -> dict[int, float]:
    """The confidence of every document that shares a word with a text.

    Args:
        text: of a message or a query.
        postings: of the documents.
        synonyms: also by related words.
    """
    looked_for = wanted(text, synonyms=synonyms)
    if len(looked_for) > MOST_WORDS:
        looked_for = [*looked_for[: MOST_WORDS // 2], *looked_for[-MOST_WORDS // 2 :]]
    question = ask(looked_for, postings)
    lengths = postings.lengths()
    scores = score(question.sought, lengths, average(lengths)) if question.sought else {}
    unit = question.unit
    return {document: value / unit for document, value in scores.items()}


def in_order(found: Iterable[Bearing], insight_of: Callable[[str], Insight]) -> list[Bearing]:
    """The same, with ties broken: pinned ones first, then by kind, then the newer."""

    def key(each: Bearing) -> tuple[float, bool, int, float, str]:
        entry = insight_of(each.id).entry
        kind = _FIRST.index(entry.kind) if entry.kind in _FIRST else len(_FIRST)
        return -round(each.score, DECIMALS), not entry.pinned, kind, -entry.confirmed.timestamp(), each.id

    return sorted(found, key=key)


class MemoryBearings:
    """Insights whose words are counted now, in memory: 0.1 ms each.

    Args:
        insights: what can be found.
    """

    def __init__(self, insights: Iterable[Insight]) -> None:
        self._postings, self._ids = in_memory(insights)

    def find(self, text: str) -> list[Bearing]:
        return _best_first((self._ids[number], value) for number, value in rank(text, self._postings).items())


class StoredBearings:
    """Insights of several profiles, by their indexes on the disk; in memory where one can't be used.

    Args:
        files: for each profile its index.
        known: the insights of each, in the same order, as they are now.
        stamps: for each what changes with whatever its insights are read from, so that ten thousand need not be read.
        in_memory: nothing is to be written.
        patience: how long a search may bring the indexes up to date, in seconds; what is not in them yet is not found.
            None: as long as it takes.
    """

    def __init__(
        self,
        files: Sequence[IndexFile],
        known: Callable[[], Sequence[Sequence[Insight]]],
        stamps: Callable[[], Sequence[str]] | None = None,
        *,
        in_memory: bool = False,
        patience: float | None = None,
    ) -> None:
        self._patience = patience
        self._files = files
        self._known = known
        self._stamps = stamps
        self._indexes = [InsightIndex(file) for file in files]
        self._in_memory = self._failed = in_memory
        self._updated: list[tuple[bool, int]] = []
        self._memory: MemoryBearings | None = None

    def update(self, seconds: float | None = None) -> bool:
        """Bring the indexes in line with what is known now; where that fails, the next searches are in memory.

        Args:
            seconds: how long it may take; what is left is done the next time. None: all of it.

        Returns:
            Whether nothing is left.
        """
        self._memory = None
        self._failed = self._in_memory
        if self._in_memory:
            return True
        end = None if seconds is None else time.monotonic() + seconds
        # Looked at before the insights are: what changes in between is seen the next time.
        whole = True
        stamps = self._stamps() if self._stamps is not None else [""] * len(self._files)
        for file, index, known, stamp in zip(self._files, self._indexes, self._known(), stamps, strict=True):
            try:
                # A profile without insights makes no file.
                if known or file.exists():
                    index.update(known, stamp, None if end is None else max(0.0, end - time.monotonic()))
                    whole = whole and index.whole
            except (sqlite3.Error, OSError) as error:
                self._fall_back(error, file)
        try:
            self._updated = self._opened()
        except (sqlite3.Error, OSError) as error:
            self._fall_back(error, *self._files)
        return self._failed or whole

    def _fall_back(self, error: Exception, *files: IndexFile) -> None:
        """From now on in memory, until the next update."""
        for file in files:
            file.give_up(error)
        self._failed = True

    def _opened(self) -> list[tuple[bool, int]]:
        """Changes when a file was deleted or made anew, here or by another process."""
        there = [file.exists() for file in self._files]
        for file, exists in zip(self._files, there, strict=True):
            if exists and not self._failed:
                file.connect()
        return [(exists, file.made) for file, exists in zip(self._files, there, strict=True)]

    def find(self, text: str) -> list[Bearing]:
        if not self._failed:
            try:
                if self._opened() != self._updated:
                    self.update(self._patience)
                if not self._failed:
                    return self._find_stored(text)
            except (sqlite3.Error, OSError) as error:
                self._fall_back(error, *self._files)
        if self._memory is None:
            self._memory = MemoryBearings(insight for each in self._known() for insight in each)
        return self._memory.find(text)

    def _find_stored(self, text: str) -> list[Bearing]:
        used = [index for file, index in zip(self._files, self._indexes, strict=True) if file.exists()]
        names: list[Mapping[int, str]] = [index.refresh() for index in used]
        joined = JoinedPostings([index.postings for index in used])
        places = ((joined.place(number), value) for number, value in rank(text, joined).items())
        return _best_first((names[place][number], value) for (place, number), value in places)


def _best_first(found: Iterable[tuple[str, float]]) -> list[Bearing]:
    return sorted((Bearing(name, value, value) for name, value in found if value > 0), key=lambda each: -each.score)
