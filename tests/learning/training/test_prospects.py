from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

import numpy

from learnchat.learning.training.figures import Outcome
from learnchat.learning.training.prospects import Bounds, prospects, safest_threshold

# Right and wrong asks and missed yes of an author, each of as many natural messages, and those left alone.
Author = tuple[int, int, int, int]
GOOD: Author = (6, 1, 2, 31)
WORDY: Author = (2, 8, 2, 28)


def outcome(*authors: Author) -> Outcome:
    asks: list[bool] = []
    labels: list[int] = []
    groups: list[str] = []
    for number, (right, wrong, missed, alone) in enumerate(authors):
        asks += [True] * (right + wrong) + [False] * (missed + alone)
        labels += [1] * right + [0] * wrong + [1] * missed + [0] * alone
        groups += [f"author {number}"] * (right + wrong + missed + alone)
    natural = numpy.ones(len(asks), dtype=bool)
    return Outcome(numpy.zeros(len(asks)), numpy.array(asks), numpy.array(labels), natural, groups)


def test_authors_who_are_all_good_keep_all_bounds() -> None:
    found = prospects([outcome(*[GOOD] * 5)])
    assert (found.precision, found.recall, found.false_asks_per_100, found.all_at_once) == (1, 1, 1, 1)


def test_bounds_that_one_in_five_authors_breaks_are_kept_sometimes() -> None:
    found = prospects([outcome(GOOD, GOOD, GOOD, GOOD, WORDY)])
    assert 0.3 < found.precision < 0.9
    assert found.recall > 0.9
    assert found.all_at_once <= min(found.precision, found.recall, found.false_asks_per_100)


def test_the_share_is_that_of_the_draws_without_the_wordy_one() -> None:
    # Two are drawn of two: both times the good one in a quarter of the draws, and a single wordy one is too many.
    found = prospects([outcome(GOOD, WORDY)], authors=2)
    assert found.precision == pytest.approx(0.25, abs=0.02)


def test_the_wider_the_bounds_the_oftener_they_are_kept() -> None:
    of = [outcome(GOOD, GOOD, WORDY)]
    narrow, wide = prospects(of), prospects(of, bounds=Bounds(0.5, 0.3, 8.0))
    assert narrow.precision < wide.precision
    assert narrow.false_asks_per_100 < wide.false_asks_per_100


def test_several_ways_to_hold_authors_out_are_averaged() -> None:
    assert prospects([outcome(GOOD), outcome(WORDY)]).precision == 0.5


def test_without_an_ask_no_precision_is_kept() -> None:
    assert prospects([outcome((0, 0, 3, 20))]).precision == 0


def predicted(*worth_asking: float, wrong: float = 0.5) -> Outcome:
    """Two authors alike: these probabilities for what is worth asking, and one for a message that is not."""
    probabilities = numpy.array([*worth_asking, wrong] * 2)
    labels = numpy.array([*[1] * len(worth_asking), 0] * 2)
    groups = [name for name in ("one", "two") for _ in (*worth_asking, wrong)]
    everything = numpy.ones(len(labels), dtype=bool)
    return Outcome(probabilities, everything, labels, everything, groups)


def test_the_threshold_rises_above_what_is_wrong() -> None:
    faultless = Bounds(precision=1.0)
    assert 0.5 < safest_threshold(predicted(0.7, 0.7, 0.4), bounds=faultless) <= 0.7


def test_the_threshold_falls_to_what_is_needed() -> None:
    complete = Bounds(recall=0.9)
    assert safest_threshold(predicted(0.7, 0.7, 0.4), bounds=complete) <= 0.4


def test_the_threshold_is_one_that_most_authors_keep_the_bounds_with() -> None:
    # Above 0.55 only one author is right, and completely; up to there the other is too.
    names = ["clear"] * 4 + ["vague"] * 4
    probabilities = numpy.array([0.7, 0.7, 0.7, 0.3, 0.55, 0.55, 0.55, 0.65])
    labels = numpy.array([1, 1, 1, 0] * 2)
    everything = numpy.ones(8, dtype=bool)
    found = safest_threshold(Outcome(probabilities, everything, labels, everything, names), authors=1)
    assert found <= 0.55
