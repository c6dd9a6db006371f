from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from learnchat.widgets.rows import two_ends


def row(left: str, right: str, width: int) -> str:
    return two_ends(Content(left), Content(right), width).plain


def test_both_ends_stand_at_the_edges() -> None:
    assert row("shop", "12 insights", 20) == "shop     12 insights"


def test_the_left_end_is_cut_first() -> None:
    assert row("a-very-long-project", "12 insights", 24) == "a-very-lon…  12 insights"


def test_where_nothing_would_be_left_of_it_the_right_end_is_cut_too() -> None:
    assert row("project", "model · 12 insights", 16) == "pro…  model · 1…"


@given(st.text("ab漢👩 ", max_size=40), st.text("ab漢👩 ", max_size=40), st.integers(8, 60))
def test_it_is_never_wider_than_the_row(left: str, right: str, width: int) -> None:
    assert two_ends(Content(left), Content(right), width).cell_length <= width


@pytest.mark.parametrize("width", [0, 1, 2, 3])
def test_no_width_is_too_small(width: int) -> None:
    assert two_ends(Content("left"), Content("right"), width).cell_length <= width
