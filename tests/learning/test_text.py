from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnchat.learning.text import has_hidden, neutralise, one_line, shorten
from support.hostile import HONEST, ZOO, Hostile, each_hostile, harm


@each_hostile
def test_what_is_hostile_is_taken_out_and_what_is_text_stays(hostile: Hostile) -> None:
    assert one_line(hostile.text) == hostile.shown
    assert harm(neutralise(hostile.text)) == []


@each_hostile
def test_a_text_with_something_hidden_is_known_for_it(hostile: Hostile) -> None:
    visible = unicodedata.normalize("NFC", re.sub("\r\n?|[\u2028\u2029]", "\n", hostile.text))
    assert has_hidden(hostile.text) == bool(harm(visible) or "\u0335" * 5 in visible)


@pytest.mark.parametrize("text", HONEST)
def test_how_people_write_stays_as_it_is(text: str) -> None:
    assert neutralise(text) == unicodedata.normalize("NFC", text)
    assert not has_hidden(text)


def test_the_zoo_has_an_animal_of_each_kind() -> None:
    assert len({hostile.name for hostile in ZOO}) == len(ZOO) >= 40


TRICKS = "".join(hostile.text for hostile in ZOO) + "".join(HONEST)


@settings(max_examples=300, deadline=None)
@given(st.text(st.one_of(st.sampled_from(sorted(set(TRICKS))), st.characters(codec=None)), max_size=30))
def test_whatever_comes_is_harmless_afterwards_and_doing_it_twice_is_doing_it_once(text: str) -> None:
    once = neutralise(text)
    assert not [each for each in harm(once) if not each.startswith(("U+200C", "U+200D", "U+FE0"))]
    assert neutralise(once) == once
    assert once == unicodedata.normalize("NFC", once)
    assert "\n" not in one_line(text)
    once.encode()


@pytest.mark.parametrize(
    "unit",
    ["\x1b[", "\x1b]a", "👩\u200d", "\u200d", "ب\u200c", "e\u0301", "\ufe0f", "\r", "\u202e", "\x1b"],
)
def test_a_long_hostile_text_takes_no_time(unit: str) -> None:
    began = time.perf_counter()
    neutralise(unit * (100_000 // len(unit)))
    assert time.perf_counter() - began < 0.5


def test_a_text_that_is_cut_short_is_still_harmless() -> None:
    assert shorten("می\u200cخواهم " * 20, 5) == "می\u200cخ…"
    assert harm(shorten("👩\u200d💻" * 20, 3)) == []
