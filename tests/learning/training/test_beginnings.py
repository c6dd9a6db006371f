from __future__ import annotations

import pytest

from learnchat.learning.training.beginnings import apart, first_letters, spellings, words_within


def test_a_pattern_is_taken_apart_into_words_and_the_rest() -> None:
    assert apart(r"\b(?:always|at all times|fail(?:s|ed)?)\b") == (
        ["always", "fails", "failed", "fail"],
        r"\b(?:at all times)\b",
    )
    assert apart(r"^(?:no|nope)\b|\bwrong\b") == (["wrong"], r"^(?:no|nope)\b")
    assert spellings("errors?") == ["errors", "error"]
    assert spellings("not working") == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"^(?:the |our )?\w+ (?:is|isn'?t) (?:a|the)\b", {"is", "isn't", "isnt"}),
        (r"^\w{3,}s (?:are|must|do not)\b", {"are", "must", "do"}),
        (r"^[a-z_]+ ?= ?\S|\b(?:port|host) is", {"="}),
        (r"^\w+ (?:(?:is|are) )?good\b", {"is", "are", "good"}),
        # "is" may be the end of a longer word here, and nothing here tells anything.
        (r"^\w+is (?:\w+ )*\d", set()),
        (r"\b(?:we|i) use\b", set()),
    ],
)
def test_of_what_begins_with_anything_the_words_within_lead_to_it(source: str, words: set[str]) -> None:
    assert words_within(source) == words


def test_letters_are_those_that_a_match_can_begin_with() -> None:
    assert first_letters(r"\b(?:we|i) use\b") == {"we use", "i use"}
    assert first_letters(r"colou?r") == {"color", "colour"}
    assert first_letters(r"[ab]\d+") == {"a" + digit for digit in "0123456789"} | {
        "b" + digit for digit in "0123456789"
    }
    assert first_letters(r"instead of \w") == {"instead"}


def test_what_must_begin_a_statement_begins_nowhere_else() -> None:
    assert first_letters(r"^(?:yes|no)\b") == set()
    assert first_letters(r"^(?:yes|no)\b", at_start=True) == {"yes", "no"}
    assert first_letters(r"^\w+ is", at_start=True) == {""}
