"""The opinion by meaning: what a statement's words mean, one by one and together.

Half of it adds up a number a word. The other half is a small network, for what words say only together: each of a few
units hears all the words of a statement, and answers to more or less of something, up to a limit.
"""

from __future__ import annotations

import sys
from binascii import a2b_base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt, tanh
from struct import unpack
from typing import Any

NO_PULL = 128
"""The byte of a word that moves a unit neither way."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """What training found of the meanings of words, for thousands of words that nobody in the corpus used too."""

    bias: float
    words: Mapping[str, tuple[float, int]]
    """What each word adds by itself, and how it pulls at each unit: two bytes a unit, in steps, `NO_PULL` being none.
    Of such numbers the sum is the sum for each unit: a statement has no 257 words."""
    share: float
    """Its part in the gate's log-odds."""
    step: float
    unit_biases: Sequence[float]
    unit_weights: Sequence[float]
    """What each unit adds to the log-odds at most."""


def read_meanings(data: Mapping[str, Any]) -> Meanings:
    """The opinion as the model file has it.

    Raises:
        ValueError, KeyError: it is none.
    """
    units = data["units"]
    pulls, width = a2b_base64(units["pulls"]), len(units["biases"])
    wide = bytearray(2 * len(pulls))
    wide[::2] = pulls
    rows = [int.from_bytes(wide[begin : begin + 2 * width], "little") for begin in range(0, len(wide), 2 * width)]
    weights = interned(data["weights"])
    words = dict(zip(weights, zip(weights.values(), rows, strict=True), strict=True))
    return Meanings(data["bias"], words, data["share"], units["step"], units["biases"], units["weights"])


def interned(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights under names as those that are heard in a statement: found sooner by what they are than by spelling."""
    return {sys.intern(name): weight for name, weight in weights.items()}


def meaning_of(words: Collection[str], opinion: Meanings) -> float:
    """The log-odds of a statement by the meanings of its words: the more words, the less each of them says."""
    known = [word for word in map(opinion.words.get, words) if word]
    root = sqrt(len(known)) or 1.0
    scale, none = opinion.step / root, NO_PULL * len(known)
    units = len(opinion.unit_biases)
    pulled = unpack(f"<{units}H", sum([pulls for _, pulls in known]).to_bytes(2 * units, "little"))
    together = [
        weight * tanh(bias + scale * (pull - none))
        for weight, bias, pull in zip(opinion.unit_weights, opinion.unit_biases, pulled, strict=True)
    ]
    return opinion.bias + sum([adds for adds, _ in known]) / root + sum(together)
