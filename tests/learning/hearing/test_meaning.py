from __future__ import annotations

import math
from binascii import b2a_base64

import pytest

from learnchat.learning.hearing.meaning import NO_PULL, Meanings, meaning_of, read_meanings


def opinion(**pulls: tuple[int, int]) -> Meanings:
    packed = bytes(NO_PULL + pull for both in pulls.values() for pull in both)
    return read_meanings(
        {
            "bias": -1.0,
            "weights": {word: float(number) for number, word in enumerate(pulls, 1)},
            "share": 0.25,
            "units": {
                "biases": [0.5, -0.5],
                "weights": [2.0, -3.0],
                "step": 0.1,
                "pulls": b2a_base64(packed, newline=False).decode(),
            },
        }
    )


def units(first: float, second: float) -> float:
    return 2 * math.tanh(0.5 + first) - 3 * math.tanh(-0.5 + second)


def test_a_word_adds_its_weight_and_pulls_at_each_unit() -> None:
    assert meaning_of(["users"], opinion(users=(10, -128))) == pytest.approx(-1 + 1 + units(1.0, -12.8))


def test_words_are_heard_together_the_more_the_less_each_says() -> None:
    found = meaning_of(["users", "always"], opinion(users=(10, 0), always=(-4, 127)))
    assert found == pytest.approx(-1 + 3 / math.sqrt(2) + units(0.6 / math.sqrt(2), 12.7 / math.sqrt(2)))


def test_unknown_words_say_nothing_beside_known_ones() -> None:
    of = opinion(users=(10, 5))
    assert meaning_of(["users", "qqxzv"], of) == meaning_of(["users"], of)


@pytest.mark.parametrize("words", [[], ["qqxzv"]])
def test_where_no_word_is_known_the_units_are_not_pulled(words: list[str]) -> None:
    assert meaning_of(words, opinion(users=(10, 5))) == pytest.approx(-1 + units(0, 0))


def test_a_model_with_fewer_pulls_than_words_is_none() -> None:
    data = {"bias": 0.0, "share": 0.2, "weights": {"a": 1.0, "b": 2.0}}
    with pytest.raises(ValueError, match="shorter"):
        read_meanings(data | {"units": {"biases": [0.0], "weights": [1.0], "step": 0.1, "pulls": "gA=="}})
