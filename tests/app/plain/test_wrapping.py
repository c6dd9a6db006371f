from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.app.plain.wrapping import LONGEST_WORD, Wrapping, cells


def wrapped(text: str, width: int = 20, size: int = 3) -> str:
    wrapping = Wrapping(width)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return "".join(map(wrapping.feed, pieces)) + wrapping.end()


def test_lines_end_between_words() -> None:
    assert wrapped("the model reads each line in turn").split("\n") == ["the model reads each", "line in turn"]


def test_a_word_is_whole_however_it_comes() -> None:
    assert wrapped("that a later step can use", 12, size=1).split("\n") == ["that a later", "step can use"]


def test_what_is_longer_than_a_line_is_left_to_the_terminal() -> None:
    assert wrapped("see https://example.com/a/long/address now").split("\n") == [
        "see",
        "https://example.com/a/long/address",
        "now",
    ]


def test_code_stays_as_it_is() -> None:
    code = "```python\nresult = first + second + third\n```"
    assert wrapped(f"{code}\nand so on and so on") == f"{code}\nand so on and so on"


def test_what_is_indented_stays_so() -> None:
    assert wrapped("a list:\n  • one\n  • two") == "a list:\n  • one\n  • two"


def test_wide_characters_count_twice() -> None:
    assert wrapped("漢字漢字 漢字漢字 漢字", 18).split("\n") == ["漢字漢字 漢字漢字", "漢字"]


@given(st.text(alphabet="ab \n`漢", max_size=120), st.integers(1, 60), st.integers(1, 7))
def test_no_word_is_lost_and_no_line_is_too_long(text: str, width: int, size: int) -> None:
    shown = wrapped(text, width, size)
    assert shown.split() == text.split()
    if "```" not in text and all(cells(word) <= LONGEST_WORD for word in text.split()):
        assert all(cells(line) <= width or len(line.split()) <= 1 for line in shown.split("\n"))


def test_a_word_that_fits_is_printed_before_its_end_has_come() -> None:
    wrapping = Wrapping(80)
    assert wrapping.feed("The first ha") == "The first ha"
    assert wrapping.feed("lf") == "lf"


@pytest.mark.parametrize(("width", "between"), [(80, " "), (20, "\n")])
def test_what_has_no_blanks_is_printed_as_it_comes(width: int, between: str) -> None:
    wrapping = Wrapping(width)
    shown = [wrapping.feed(piece) for piece in ("the key is ", *["abcdefgh"] * 100)]
    assert "".join(shown) == "the key is" + between + "abcdefgh" * 100
    assert all(shown[10:])
