"""The opinion by meaning: what a statement's words mean, one by one and together.

Half of it adds up a number a word. The other half is a small network, for what words say only together: each of a few
units hears all the words of a statement, and answers to more or less of something, up to a limit.
"""

from __future__ import annotations

import math
import sys
from binascii import a2b_base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NO_PULL = 128
"""The byte of a word that moves a unit neither way."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """What training found of the meanings of words, for thousands of words that nobody in the corpus used too."""

    bias: float
    weights: Mapping[str, float]
    """What each word adds by itself."""
    share: float
    """Its part in the gate's log-odds."""
    pulls: Mapping[str, bytes]
    """How each word pulls at each unit: a byte a unit, in steps, `NO_PULL` being none."""
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
    packed, width = a2b_base64(units["pulls"]), len(units["biases"])
    rows = [packed[begin : begin + width] for begin in range(0, len(packed), width)]
    weights = interned(data["weights"])
    pulls = dict(zip(weights, rows, strict=True))
    return Meanings(data["bias"], weights, data["share"], pulls, units["step"], units["biases"], units["weights"])


def interned(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights under names as those that are heard in a statement: found sooner by what they are than by spelling."""
    return {sys.intern(name): weight for name, weight in weights.items()}


def meaning_of(words: Collection[str], opinion: Meanings) -> float:
    """The log-odds of a statement by the meanings of its words: the more words, the less each of them says."""
    weights, pulls = opinion.weights, opinion.pulls
    known = [word for word in words if word in weights]
    if not known:
        return opinion.bias + sum(
            [weight * math.tanh(bias) for weight, bias in zip(opinion.unit_weights, opinion.unit_biases, strict=True)]
        )
    root = math.sqrt(len(known))
    scale, none = opinion.step / root, NO_PULL * len(known)
    pulled = map(sum, zip(*[pulls[word] for word in known], strict=True))
    together = [
        weight * math.tanh(bias + scale * (pull - none))
        for weight, bias, pull in zip(opinion.unit_weights, opinion.unit_biases, pulled, strict=True)
    ]
    return opinion.bias + sum([weights[word] for word in known]) / root + sum(together)
