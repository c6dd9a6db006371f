"""Finding the insights that bear on a text, by their words: BM25 over stems, in memory, without a library or a file.

It can stay silent: a text that shares no telling word with an insight finds none. The rule for that is plain and not
yet calibrated on questions; the ranking inside what it lets through is BM25.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from learnchat.learning.language.words import stems
from learnchat.learning.profile.insight import Insight

# Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.4: the values that
# hold up across collections. Insights are short and of one length, so little hangs on them.
SATURATION = 1.2
LENGTH_WEIGHT = 0.75

# What people say around a question, whatever it is about: alone these words make nothing bear on a message.
# ("What do we use for CSS?" is about CSS; "use" is in half of all insights.)
_VAGUE = """
    use using need make made work think know knew known tell say said show give gave put take took look find found try
    help add change fix write wrote run ran go going start thing way lot kind something anything everything project
    code please thank today new old good better best right wrong first last next time mean explain question answer idea
    example issue problem remember decide team switch move
"""
# A message that has only one telling word in common with an insight must not have more than this many of its own: what
# shares one word of a long message is mostly about something else.
WORDS_FOR_ONE = 8
# Of the words that a message shares with any insight, what part by weight one insight must have. Keeps a message about
# two things from finding all that touches the less telling one.
SHARE = 0.25


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    return frozenset(stems(_VAGUE))


class Index:
    """The words of some insights, counted once.

    Args:
        insights: what can be found. Statement, the user's words, tags and reason are looked at.
    """

    def __init__(self, insights: Sequence[Insight]) -> None:
        self._insights = tuple(insights)
        self._counts = [_words(insight) for insight in self._insights]
        self._lengths = [counts.total() for counts in self._counts]
        self._average = sum(self._lengths) / len(self._lengths) if self._lengths else 1.0
        self._holders: dict[str, list[int]] = {}
        for number, counts in enumerate(self._counts):
            for word in counts:
                self._holders.setdefault(word, []).append(number)

    def search(self, text: str, limit: int = 5) -> list[Insight]:
        """What bears on a text, best first; nothing where nothing does. Linear in the text and in what shares words."""
        said = set(stems(text))
        wanted = {word for word in said if word in self._holders}
        telling = wanted - _vague()
        if not telling:
            return []
        one_is_enough = len(said - _vague()) <= WORDS_FOR_ONE
        weights = {word: self._weight(word) for word in wanted}
        scores: dict[int, float] = {}
        heard: dict[int, float] = {}
        shared: Counter[int] = Counter()
        for word in wanted:
            for number in self._holders[word]:
                scores[number] = scores.get(number, 0.0) + weights[word] * self._saturated(word, number)
                if word in telling:
                    heard[number] = heard.get(number, 0.0) + weights[word]
                    shared[number] += 1
        least = SHARE * sum(weights[word] for word in telling)
        found = [
            number for number, weight in heard.items() if weight >= least and (one_is_enough or shared[number] > 1)
        ]
        # Equal scores: the newer one first.
        found.sort(key=lambda number: (-scores[number], -self._insights[number].entry.confirmed.timestamp(), number))
        return [self._insights[number] for number in found[:limit]]

    def _weight(self, word: str) -> float:
        """How much a word tells: the rarer among the insights, the more. Never negative (Lucene's form of the IDF)."""
        holders = len(self._holders[word])
        return math.log(1 + (len(self._insights) - holders + 0.5) / (holders + 0.5))

    def _saturated(self, word: str, number: int) -> float:
        count = self._counts[number][word]
        length = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * self._lengths[number] / self._average
        return count * (SATURATION + 1) / (count + SATURATION * length)


def search(insights: Sequence[Insight], text: str, limit: int = 5) -> list[Insight]:
    """What of some insights bears on a text, best first. Counts the words anew: for a single search."""
    return Index(insights).search(text, limit)


def _words(insight: Insight) -> Counter[str]:
    entry = insight.entry
    words = Counter(stems(entry.statement))
    # The user's own words and the reason lead to an insight as well, but do not count a second time.
    for text in (entry.quote, entry.because, " ".join(entry.tags)):
        for word in set(stems(text)):
            words.setdefault(word, 1)
    return words
