from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.recall.excerpts import excerpt
from learnchat.learning.recall.terms import wanted

LONG = "Nothing here. " * 40 + "At night the importer stalls on large invoices and waits. " + "More of nothing. " * 40


def marked(text: str, asked: str, length: int = 160) -> list[str]:
    found = excerpt(text, wanted(asked), length)
    return [found.text[start:end] for start, end in found.marks]


def test_the_piece_has_most_of_what_was_searched_for() -> None:
    found = excerpt(LONG, wanted("importer invoices"))

    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert "importer stalls on large invoices" in found.text
    assert marked(LONG, "importer invoices") == ["importer", "invoices"]


def test_a_short_message_stands_whole() -> None:
    assert excerpt("The crane\nis stuck", wanted("crane")).text == "The crane is stuck"


def test_without_a_word_of_it_the_beginning_is_shown() -> None:
    found = excerpt(LONG, wanted("zeppelin"))

    assert found.marks == ()
    assert found.text.startswith("Nothing here.")


def test_what_a_terminal_obeys_is_taken_out_before_marks_are_counted() -> None:
    assert marked("\x1b[31mthe\x1b[0m \u202ecrane is stuck", "crane") == ["crane"]


@given(st.text(max_size=400), st.text(max_size=30), st.integers(20, 200))
def test_marks_lie_inside_the_piece_and_in_order(text: str, asked: str, length: int) -> None:
    found = excerpt(text, wanted(asked), length)
    bounds = [bound for mark in found.marks for bound in mark]

    assert len(found.text) <= length
    assert bounds == sorted(bounds)
    assert all(0 <= bound <= len(found.text) for bound in bounds)
    assert "\n" not in found.text
