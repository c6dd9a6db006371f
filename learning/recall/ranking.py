"""How well documents bear on what is wanted: BM25 over what each of its words is worth, and how sure that is.

The score is Robertson and Zaragoza's BM25 (2009). A thing that is wanted counts once, by the best of its words: the
word itself, or a relative for less. Counts may come from around a document too, when the documents are messages.

Scores of different questions and collections can't be compared: a long question collects more, and in a large
collection a rare word is worth more. So the confidence measures a score in rare words, and divides it by the square
root of what the question is worth in all: of four words of which all are matched it is two, of four with one matched a
half. On LoCoMo that parts right from foreign questions far better than score or coverage alone
(`python -m tests.bench.recall`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from learnchat.learning.recall.postings import Postings
from learnchat.learning.recall.terms import Wanted, vague_terms

# "The Probabilistic Relevance Framework: BM25 and Beyond", section 3.4, has 1.2 and 0.75 as values that hold up across
# collections. What is ranked here is short; on the half of LoCoMo that things were chosen on, half the weight of length
# is better by a point.
SATURATION = 1.2
LENGTH_WEIGHT = 0.5

# A profile of ten insights does not say how rare a word is. It is counted as if it stood among so many more, of which
# one in four has a given vague word and none a telling one.
IMAGINED = 50
VAGUE_SHARE = 0.25

# A long message is not about all that it says: it is worth no more than so many of the rarest words.
WORDS_AT_MOST = 12
# A word that so many documents have finds none by itself where a rarer one does: it could not, and it takes its time.
COMMON = 2000


@dataclass(frozen=True, slots=True)
class Rarity:
    """What words are worth in a collection of so many documents."""

    documents: int
    imagined: int = IMAGINED

    @property
    def greatest(self) -> float:
        """What a word is worth that no document has."""
        return self.of("", 0)

    def of(self, term: str, holders: int) -> float:
        """What a word is worth that so many documents have: the rarer, the more, and never negative (Lucene's form)."""
        having = holders + (self.imagined * VAGUE_SHARE if term in vague_terms() else 0)
        documents = self.documents + self.imagined
        return math.log(1 + (documents - having + 0.5) / (having + 0.5))


@dataclass(frozen=True, slots=True)
class Sought:
    """One wanted thing in a collection."""

    worth: float
    counts: Mapping[int, float]
    """How often each document has it; relatives count for less."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted, as it stands in a collection."""

    sought: tuple[Sought, ...]
    total: float
    """What all of it is worth, the words that stand nowhere too."""
    greatest: float

    @property
    def unit(self) -> float:
        """What scores are divided by to be comparable; 1 where nothing is wanted."""
        return math.sqrt(min(self.total, WORDS_AT_MOST * self.greatest) * self.greatest) or 1.0


def ask(wanted: Sequence[Wanted], postings: Postings) -> Question:
    """Look up what is wanted."""
    rarity = Rarity(len(postings.lengths()))
    sought: list[Sought] = []
    total = 0.0
    for each in wanted:
        holders = postings.holders(each.term)
        related = {term: found for term in each.relatives if (found := postings.holders(term))}
        worth = rarity.of(each.term, len(holders))
        total += worth
        if not holders and not related:
            continue
        counts: dict[int, float] = {}
        for term, found in related.items():
            # Never worth more than it would be if it had been asked for itself.
            part = each.relatives[term] * min(1.0, rarity.of(term, len(found)) / worth) if worth else 0.0
            for document, count in found.items():
                counts[document] = max(counts.get(document, 0.0), part * count)
        if not related:
            sought.append(Sought(worth, holders))
            continue
        for document, count in holders.items():
            counts[document] = max(counts.get(document, 0.0), count)
        sought.append(Sought(worth, counts))
    return Question(tuple(sought), total, rarity.greatest)


def score(sought: Iterable[Sought], lengths: Mapping[int, float], average: float) -> dict[int, float]:
    """BM25 of every document that has anything of what is sought.

    Args:
        sought: what it is.
        lengths: of the documents, in terms.
        average: of all lengths.
    """
    scores: dict[int, float] = {}
    get = scores.get
    constant, slope = SATURATION * (1 - LENGTH_WEIGHT), SATURATION * LENGTH_WEIGHT / (average or 1.0)
    for each in sorted(sought, key=lambda each: -each.worth):
        worth, counts = each.worth * (SATURATION + 1), each.counts
        common = len(counts) > COMMON and 0 < len(scores) < len(counts)
        for document in [*scores] if common else counts:
            if count := counts.get(document, 0.0):
                scores[document] = get(document, 0.0) + worth * count / (count + constant + slope * lengths[document])
    return scores


def average(lengths: Mapping[int, float]) -> float:
    """The average length; 1 where there is nothing."""
    return sum(lengths.values()) / len(lengths) if lengths else 1.0
