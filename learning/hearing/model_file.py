"""The trained gate's file: weights, curve, threshold and provenance, made by `python -m learnchat.learning.train`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from learnchat.learning.hearing.meaning import Meanings, read_meanings

SHIPPED = Path(__file__).with_name("gate_model.json")


@dataclass(frozen=True, slots=True)
class Opinion:
    """A linear model: what each named thing adds to the log-odds."""

    bias: float
    weights: Mapping[str, float]
    share: float
    """Its part in the gate's log-odds; the shares add up to 1."""


@dataclass(frozen=True, slots=True)
class GateModel:
    """What training found."""

    provenance: Mapping[str, Any]
    """The corpus (as a digest and counts), the command, and the figures that were held out."""
    evidence: Opinion
    words: Opinion
    meanings: Meanings
    slope: float
    offset: float
    """The calibration curve: log-odds of a welcome toast = slope * opinions + offset."""
    threshold: float
    """A probability from here on is asked about."""
    beginnings: Mapping[str, Any]
    """Of all patterns, packed."""


def read(path: Path) -> GateModel:
    """The model in a file.

    Raises:
        OSError: it can't be read.
        ValueError, KeyError: it is no model.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    return GateModel(
        provenance=data["provenance"],
        evidence=_opinion(data["evidence"]),
        words=_opinion(data["words"]),
        meanings=read_meanings(data["meanings"]),
        slope=data["calibration"][0],
        offset=data["calibration"][1],
        threshold=data["threshold"],
        beginnings=data["beginnings"],
    )


def _opinion(data: Mapping[str, Any]) -> Opinion:
    # Found sooner by what they are than by their spelling.
    weights = {sys.intern(name): weight for name, weight in data["weights"].items()}
    return Opinion(data["bias"], weights, data["share"])


@cache
def shipped() -> GateModel:
    """The model that comes with the program."""
    return read(SHIPPED)
