"""What a statement's words say, one by one and by what they mean: two opinions at one look-up a word."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from math import sqrt, tanh
from struct import Struct

from learnchat.learning.hearing.meaning import NO_PULL, Meanings
from learnchat.learning.hearing.model_file import Opinion
from learnchat.learning.language.remembered import Remembered

LOWEST_OF_WORDS = -6.0
"""Words alone never rule a statement out."""

# Weights are kept as whole numbers of hundred-thousandths, a tenth of the last digit in the model file, and raised, so
# that none is below nought: none in the file is beyond 4, and 256 raised ones fit into 32 bits up to 80.
_PARTS = 100_000
_NOUGHT = 80 * _PARTS


class Lexicon:
    """The words that either opinion knows, each with all that it says in one number.

    Its bytes are fields: how the word pulls at each unit, what it adds to the opinion by words and to that by meaning,
    and whether it has a meaning. Of such numbers the sum has the sums in its fields (a statement has no 257 words), and
    for each word a single object is fetched from memory, which is what takes the time.
    """

    def __init__(self, words: Opinion, meanings: Meanings) -> None:
        """A lexicon.

        Args:
            words: the opinion by words alone.
            meanings: that by what they mean.
        """
        self._bias = words.bias
        self._meanings = meanings
        units = len(meanings.unit_biases)
        self._fields = Struct(f"<{units}H3I")
        pulls = dict(zip(meanings.weights, meanings.pulls, strict=True))
        # In bits.
        by_word, by_meaning, counts = 16 * units, 16 * units + 32, 16 * units + 64
        self._known: dict[str, int] = {}
        for word in words.weights.keys() | pulls.keys():
            said = (_NOUGHT + round(words.weights.get(word, 0.0) * _PARTS)) << by_word
            if word in pulls:
                means = (_NOUGHT + round(meanings.weights[word] * _PARTS)) << by_meaning
                said |= pulls[word] | means | 1 << counts
            # Found sooner by what it is than by its spelling.
            self._known[sys.intern(word)] = said
        self._biases = Remembered(self._unit_biases)

    def _unit_biases(self, count: int) -> Sequence[float]:
        """What so many words that pull neither way leave of each unit's."""
        none = self._meanings.step / (sqrt(count) or 1.0) * NO_PULL * count
        return [bias - none for bias in self._meanings.unit_biases]

    def share_known(self, words: Collection[str]) -> float:
        """How many of some words it knows, 0 to 1; 1 of none."""
        return sum(word in self._known for word in words) / len(words) if words else 1.0

    def opinions(self, words: Collection[str]) -> tuple[float, float]:
        """The log-odds of a statement by its words, and by their meanings.

        Half of what they mean adds up a number a word, the more words the less each of them says; the other half is a
        small network, for what words say only together: each of a few units hears them all, and answers to more or less
        of something, up to a limit.
        """
        meanings = self._meanings
        known = [*filter(None, map(self._known.get, words))]
        *pulled, said, means, count = self._fields.unpack(sum(known).to_bytes(self._fields.size, "little"))
        root = sqrt(count) or 1.0
        scale = meanings.step / root
        together = [
            weight * tanh(bias + scale * pull)
            for weight, bias, pull in zip(meanings.unit_weights, self._biases[count], pulled, strict=True)
        ]
        by_word = self._bias + (said - _NOUGHT * len(known)) / _PARTS
        by_meaning = meanings.bias + (means - _NOUGHT * count) / _PARTS / root + sum(together)
        return max(LOWEST_OF_WORDS, by_word), by_meaning
