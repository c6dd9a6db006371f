from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from learnchat.learning.asking.dial import (
    LARGEST_OFFSET,
    PRIOR_ANSWERS,
    Answer,
    Dial,
    DialledGate,
    learned_offset,
    moved,
    refused_in_a_row,
)
from learnchat.learning.detection import Detection, Message
from learnchat.learning.kinds import Kind
from support.clock import FakeClock
from support.gates import ConfidenceGate

NOW = FakeClock().now()


def answers(
    yes: int, no: int, probability: float = 0.8, kind: Kind = Kind.PREFERENCE, place: str = "shop"
) -> list[Answer]:
    given = [Answer(kind, probability, True, place, NOW)] * yes + [Answer(kind, probability, False, place, NOW)] * no
    return [Answer(one.kind, one.probability, one.confirmed, one.place, NOW + timedelta(seconds=at))
            for at, one in enumerate(given)]  # fmt: skip


@pytest.mark.parametrize(("yes", "no"), [(0, 1), (1, 0), (0, 3), (4, 1), (8, 2), (6, 6)])
def test_asked_at_one_probability_it_is_the_mean_of_a_beta_prior_worth_ten_answers(yes: int, no: int) -> None:
    shown = moved(0.8, learned_offset(answers(yes, no)))
    assert shown == pytest.approx((yes + PRIOR_ANSWERS * 0.8) / (yes + no + PRIOR_ANSWERS), abs=1e-9)


def test_answers_that_come_out_as_expected_move_nothing() -> None:
    assert learned_offset(answers(8, 2)) == pytest.approx(0, abs=1e-9)


def test_without_an_answer_it_stands_at_the_centre() -> None:
    assert learned_offset([]) == 0
    assert learned_offset([], 0.7) == 0.7


def test_however_often_a_kind_is_refused_it_can_still_be_asked() -> None:
    offset = learned_offset(answers(0, 500))
    assert offset == -LARGEST_OFFSET
    assert moved(0.94, offset) > 0.75
    assert learned_offset(answers(500, 0, 0.1)) == LARGEST_OFFSET


given_answers = some.lists(some.tuples(some.floats(0, 1), some.booleans()), max_size=40).map(
    lambda pairs: [Answer(Kind.FACT, probability, yes, "shop", NOW) for probability, yes in pairs]
)


@given(given_answers, some.randoms())
def test_the_order_of_the_answers_does_not_matter(asked: list[Answer], dice: object) -> None:
    shuffled = list(asked)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert learned_offset(shuffled) == pytest.approx(learned_offset(asked), abs=1e-9)


@given(given_answers, some.floats(0, 1), some.floats(-LARGEST_OFFSET, LARGEST_OFFSET))
def test_a_yes_never_lowers_and_a_no_never_raises_it_while_all_was_asked_alike(
    asked: list[Answer], probability: float, centre: float
) -> None:
    alike = [Answer(Kind.FACT, probability, each.confirmed, "shop", NOW) for each in asked]
    before = learned_offset(alike, centre)
    assert learned_offset([*alike, Answer(Kind.FACT, probability, True, "shop", NOW)], centre) >= before - 1e-9
    assert learned_offset([*alike, Answer(Kind.FACT, probability, False, "shop", NOW)], centre) <= before + 1e-9


@given(given_answers, some.floats(-LARGEST_OFFSET, LARGEST_OFFSET))
def test_it_stays_within_its_bounds_and_is_a_number(asked: list[Answer], centre: float) -> None:
    offset = learned_offset(asked, centre)
    assert math.isfinite(offset)
    assert abs(offset) <= LARGEST_OFFSET


def test_each_kind_has_a_dial_of_its_own() -> None:
    dial = Dial.learned([*answers(0, 5), *answers(5, 0, kind=Kind.FACT)], "shop")
    assert dial.offset(Kind.PREFERENCE) < 0 < dial.offset(Kind.FACT)
    assert dial.offset(Kind.WORKAROUND) == 0
    assert (dial.settings[Kind.FACT].confirmed, dial.settings[Kind.FACT].refused) == (5, 0)


def test_in_the_only_project_every_answer_counts_once() -> None:
    setting = Dial.learned(answers(0, 5), "shop").settings[Kind.PREFERENCE]
    assert setting.here == pytest.approx(setting.user)
    assert setting.deviation == pytest.approx(0)


def test_a_new_project_starts_where_the_user_stands() -> None:
    refused = answers(0, 8)
    assert Dial.learned(refused, "blog").offset(Kind.PREFERENCE) == pytest.approx(learned_offset(refused))


def test_a_project_deviates_by_its_own_answers_shrunk_to_the_user() -> None:
    elsewhere, here = answers(0, 10), answers(10, 0, place="blog")
    dial = Dial.learned([*elsewhere, *here], "blog")
    alone = learned_offset(here)
    assert learned_offset(elsewhere) < dial.offset(Kind.PREFERENCE) < alone
    assert dial.settings[Kind.PREFERENCE].deviation > 0


def heard(*kinds: tuple[Kind, float]) -> Sequence[Detection]:
    return [Detection(kind, "we use uv", "we use uv", 0, 9, confidence) for kind, confidence in kinds]


def test_the_dial_moves_the_probability_that_is_shown() -> None:
    dial = Dial.learned(answers(0, 10), "shop")
    gate = DialledGate(ConfidenceGate(), lambda: dial)
    preference, fact = gate.weigh(Message("we use uv"), heard((Kind.PREFERENCE, 0.9), (Kind.FACT, 0.9)))
    assert preference.confidence < 0.75 < 0.9 == fact.confidence
    assert moved(preference.confidence, -preference.offset) == pytest.approx(0.9)
    assert gate.threshold == ConfidenceGate().threshold


def test_the_dial_is_read_only_where_something_was_heard() -> None:
    def unread() -> Dial:
        raise AssertionError("read")

    assert DialledGate(ConfidenceGate(), unread).weigh(Message("hello"), []) == []


def test_a_row_of_refusals_ends_at_a_confirmation_of_that_kind() -> None:
    row = [*answers(1, 0), *answers(0, 2), *answers(1, 0, kind=Kind.FACT), *answers(0, 1)]
    assert refused_in_a_row(row, Kind.PREFERENCE) == 3
    assert refused_in_a_row(row, Kind.FACT) == 0
    assert refused_in_a_row([], Kind.FACT) == 0
