"""How probable it is that a test of other authors keeps the bounds that the gate is to keep.

A test of few authors is a draw: two or three who write in their own way decide it. So as many authors as a test has are
drawn from those that were held out, again and again, all messages of one together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy

from learnchat.learning.training.figures import Outcome
from learnchat.learning.training.fitting import Floats

AUTHORS = 21
"""So many has the test that the maintainers keep sealed: 812 messages."""

# Enough that the shares hold still to a hundredth, and to choose among thresholds by them.
_DRAWS = 4000
_DRAWS_TO_CHOOSE = 1000
# What the threshold may be: it is not known to a hundredth anyway.
_THRESHOLDS = numpy.arange(0.25, 0.755, 0.01).round(2)


@dataclass(frozen=True)
class Bounds:
    """What a test of other authors is to show."""

    precision: float = 0.65
    """At least."""
    recall: float = 0.40
    """At least."""
    false_asks_per_100: float = 2.5
    """Of 100 natural messages, at most."""


@dataclass(frozen=True)
class Prospects:
    """The share of draws that keep each bound."""

    precision: float
    recall: float
    false_asks_per_100: float
    all_at_once: float


def prospects(outcomes: Sequence[Outcome], authors: int = AUTHORS, bounds: Bounds = Bounds()) -> Prospects:
    """How often the bounds are kept.

    Args:
        outcomes: what was predicted of the same messages, in several ways to hold authors out; shares are averaged.
        authors: how many are drawn, each as often as it comes.
        bounds: to be kept.
    """
    names, drawn = _drawn(outcomes[0].groups, _DRAWS, authors)
    kept = numpy.mean([_kept(outcome, names, drawn, bounds) for outcome in outcomes], axis=0)
    return Prospects(*map(float, kept))


def safest_threshold(found: Outcome, authors: int = AUTHORS, bounds: Bounds = Bounds()) -> float:
    """The threshold whose rarer kept bound, precision or recall, is kept the most often: where the two balance.

    Precision at one threshold wanders with a few asks of two or three authors; the share of draws holds still.

    Args:
        found: its probabilities are what is asked by.
        authors: how many are drawn.
        bounds: to be kept.
    """
    names, drawn = _drawn(found.groups, _DRAWS_TO_CHOOSE, authors)

    def rarer(threshold: float) -> float:
        return min(_kept(replace(found, asks=found.probabilities >= threshold), names, drawn, bounds)[:2])

    return float(max(_THRESHOLDS, key=rarer))


def _drawn(groups: Sequence[str], draws: int, authors: int) -> tuple[list[str], Floats]:
    """The authors, and how often each is in each draw: shape (draws, authors)."""
    names = sorted(set(groups))
    picks = numpy.random.default_rng(0).integers(0, len(names), (draws, authors))
    return names, numpy.stack([numpy.bincount(each, minlength=len(names)) for each in picks])


def _kept(outcome: Outcome, names: Sequence[str], drawn: Floats, bounds: Bounds) -> list[float]:
    """The share of draws that keep each bound, and all of them. *drawn* has shape (draws, authors): how often each."""
    group = numpy.searchsorted(names, outcome.groups)

    def count(chosen: Floats) -> Floats:
        found: Floats = drawn @ numpy.bincount(group[chosen], minlength=len(names))
        return found

    yes, no = outcome.labels == 1, outcome.labels == 0
    right, wrong = count(outcome.asks & yes), count(outcome.asks & no)
    # Where nothing is asked, nothing is right: that keeps no bound of precision.
    precise = (right >= bounds.precision * (right + wrong)) & (right > 0)
    complete = right >= bounds.recall * count(yes)
    rare = 100 * count(outcome.asks & no & outcome.natural) <= bounds.false_asks_per_100 * count(outcome.natural)
    return [float(each.mean()) for each in (precise, complete, rare, precise & complete & rare)]


def as_shown(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Bounds, number of authors and shares as plain values."""
    return {"authors": AUTHORS, "bounds": asdict(Bounds()), "kept": asdict(prospects(outcomes))}
