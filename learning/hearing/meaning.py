"""The opinion by meaning, as the model file has it: what a statement's words mean, one by one and together."""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Mapping, Sequence
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
    pulls: Sequence[int]
    """How it pulls at each unit, in the same order: two bytes a unit, in steps, `NO_PULL` being none. Of such numbers
    the sum is the sum for each unit: a statement has no 257 words."""
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
    units, weights = data["units"], data["weights"]
    pulls, width = a2b_base64(units["pulls"]), len(units["biases"])
    if len(pulls) != width * len(weights):
        raise ValueError(f"there are {len(pulls)} pulls at {width} units for {len(weights)} words")
    wide = bytearray(2 * len(pulls))
    wide[::2] = pulls
    rows = [int.from_bytes(wide[begin : begin + 2 * width], "little") for begin in range(0, len(wide), 2 * width)]
    return Meanings(data["bias"], weights, rows, data["share"], units["step"], units["biases"], units["weights"])
