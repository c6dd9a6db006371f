from __future__ import annotations

import math
from binascii import b2a_base64

import pytest

from learnchat.learning.hearing.lexicon import LOWEST_OF_WORDS, Lexicon
from learnchat.learning.hearing.meaning import NO_PULL, Meanings, read_meanings
from learnchat.learning.hearing.model_file import Opinion

NO_WORDS = Opinion(0.0, {}, 0.0)


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


def meaning_of(words: list[str], meanings: Meanings) -> float:
    return Lexicon(NO_WORDS, meanings).opinions(words)[1]


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
    with pytest.raises(ValueError, match="1 pulls at 1 units for 2 words"):
        read_meanings(data | {"units": {"biases": [0.0], "weights": [1.0], "step": 0.1, "pulls": "gA=="}})


def test_words_add_up_by_themselves_whether_they_have_a_meaning_or_not() -> None:
    words = Opinion(-1.5, {"users": 0.25, "?": -2.00003}, 0.2)
    lexicon = Lexicon(words, opinion(users=(10, 0), always=(-4, 127)))
    by_word, by_meaning = lexicon.opinions(["users", "?", "qqxzv", "always"])
    assert by_word == pytest.approx(-3.25003)
    assert by_meaning == pytest.approx(meaning_of(["users", "always"], opinion(users=(10, 0), always=(-4, 127))))


def test_words_never_rule_a_statement_out() -> None:
    lexicon = Lexicon(Opinion(0.0, {"thanks": -7.5}, 0.2), opinion(users=(0, 0)))
    assert lexicon.opinions(["thanks"])[0] == LOWEST_OF_WORDS


def test_as_many_words_as_a_statement_can_hold_do_not_run_into_each_other() -> None:
    many = {f"w{number}": 9.87654 for number in range(256)}
    meanings = read_meanings(
        {
            "bias": 0.0,
            "weights": many,
            "share": 0.25,
            "units": {
                "biases": [0.0],
                "weights": [1.0],
                "step": 0.1,
                "pulls": b2a_base64(bytes([255] * 256), newline=False).decode(),
            },
        }
    )
    by_word, by_meaning = Lexicon(Opinion(0.0, many, 0.2), meanings).opinions(list(many))
    assert by_word == pytest.approx(256 * 9.87654)
    assert by_meaning == pytest.approx(16 * 9.87654 + math.tanh(0.1 / 16 * 127 * 256))
