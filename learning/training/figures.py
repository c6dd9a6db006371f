"""The figures by which the gate is judged, and how sure they are."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy
from sklearn.metrics import average_precision_score

from learnchat.learning.training.fitting import Floats

# Bootstrap samples of whole groups: enough that the interval's ends hold still to a hundredth.
_RESAMPLES = 1000
_BORDERS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001)
# Beta of the F-measure: precision counts twice as much as recall.
_BETA = 0.5


@dataclass(frozen=True)
class Figures:
    """How the gate did on some messages; `maybe` counts neither way but in its own rate."""

    precision: float
    recall: float
    f05: float
    average_precision: float
    calibration_error: float
    """Mean distance between probability and share of yes over the bands of the calibration table."""
    asks: float
    """Yes and no messages asked about."""
    asks_per_100: float
    """Of 100 natural messages, like the next two."""
    false_asks_per_100: float
    maybe_asks_per_100: float


@dataclass(frozen=True)
class Band:
    """One line of the calibration table."""

    low: float
    high: float
    messages: int
    mean_probability: float
    share_of_yes: float


@dataclass(frozen=True)
class Outcome:
    """What was predicted of messages: arrays of one entry each."""

    probabilities: Floats
    asks: Floats
    labels: Floats
    """1 yes, 0 no, -1 maybe."""
    natural: Floats
    groups: Sequence[str]

    def only(self, chosen: Floats) -> Outcome:
        """Some of the messages, by number."""
        groups = [self.groups[each] for each in chosen]
        return Outcome(self.probabilities[chosen], self.asks[chosen], self.labels[chosen], self.natural[chosen], groups)


def figures(outcome: Outcome) -> Figures:
    """All figures of an outcome."""
    asks, labels, natural = outcome.asks, outcome.labels, outcome.natural
    known = labels >= 0
    right, wrong = int((asks & (labels == 1)).sum()), int((asks & (labels == 0)).sum())
    precision = right / max(1, right + wrong)
    recall = right / max(1, int((labels == 1).sum()))
    weight = _BETA**2

    def rate(chosen: Floats) -> float:
        return 100 * float((asks & natural & chosen).sum()) / max(1, int(natural.sum()))

    ranked = (labels == 1).any() and known.any()
    return Figures(
        precision=precision,
        recall=recall,
        f05=(1 + weight) * precision * recall / max(1e-9, weight * precision + recall),
        average_precision=float(average_precision_score(labels[known], outcome.probabilities[known])) if ranked else 0,
        calibration_error=sum(band.messages * abs(band.mean_probability - band.share_of_yes) for band in bands(outcome))
        / max(1, int(known.sum())),
        asks=right + wrong,
        asks_per_100=rate(known | ~known),
        false_asks_per_100=rate(labels == 0),
        maybe_asks_per_100=rate(labels == -1),
    )


def bands(outcome: Outcome) -> list[Band]:
    """The calibration table: of messages said to be worth asking with 30 to 40 %, how many are?"""
    known = outcome.labels >= 0
    probabilities, labels = outcome.probabilities[known], outcome.labels[known]
    found: list[Band] = []
    for low, high in itertools.pairwise(_BORDERS):
        inside = (probabilities >= low) & (probabilities < high)
        if inside.any():
            mean, share = float(probabilities[inside].mean()), float(labels[inside].mean())
            found.append(Band(low, min(high, 1.0), int(inside.sum()), mean, share))
    return found


def intervals(outcomes: Sequence[Outcome]) -> dict[str, tuple[float, float]]:
    """The 95 % interval of each figure over groups: groups are drawn anew, all messages of one together.

    Args:
        outcomes: of the same messages, whose figures are averaged.
    """
    names = sorted(set(outcomes[0].groups))
    members = {name: numpy.flatnonzero(numpy.array(outcomes[0].groups) == name) for name in names}
    random = numpy.random.default_rng(0)
    samples: list[dict[str, float]] = []
    for _ in range(_RESAMPLES):
        chosen = numpy.concatenate([members[names[pick]] for pick in random.integers(0, len(names), len(names))])
        samples.append(averaged([figures(outcome.only(chosen)) for outcome in outcomes]))
    ends = {name: numpy.percentile([sample[name] for sample in samples], [2.5, 97.5]) for name in samples[0]}
    return {name: (float(low), float(high)) for name, (low, high) in ends.items()}


def averaged(several: Sequence[Figures]) -> dict[str, float]:
    """The mean of each figure."""
    rows: list[dict[str, Any]] = [asdict(one) for one in several]
    return {name: float(numpy.mean([row[name] for row in rows])) for name in rows[0]}
