from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.transfer.marked_block import (
    BEGIN,
    END,
    BlockError,
    find_block,
    lines_of_block,
    with_block,
    without_block,
)

# Every character, with those that end lines or start markers often enough to meet.
PIECES = st.sampled_from(["\n", "\r\n", "\r", "\ufeff", "<!--", "-->", "- x", "`"])
TEXT = st.lists(st.one_of(st.text(max_size=8), PIECES), max_size=30).map("".join)
LINES = st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=20), max_size=6)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@given(TEXT, TEXT, LINES, LINES)
def test_no_byte_outside_the_block_is_touched(before: str, after: str, old: list[str], new: list[str]) -> None:
    head = encoded(before) + (b"\n" if before else b"")
    tail = (b"\n" + encoded(after)) if after else b""
    data = head + encoded("\n".join([BEGIN, *old, END])) + tail
    changed = with_block(data, new, "x")
    assert changed.startswith(head)
    assert changed.endswith(tail)
    assert lines_of_block(changed, "x") == [encoded(line).decode() for line in new]
    assert without_block(changed, "x") == without_block(data, "x") == head + tail
    assert with_block(changed, new, "x") == changed


@given(TEXT, LINES)
def test_a_first_block_stands_at_the_end_and_leaves_all_before_it(text: str, lines: list[str]) -> None:
    data = encoded(text)
    changed = with_block(data, lines, "x")
    assert changed.startswith(data)
    assert with_block(changed, lines, "x") == changed
    span = find_block(changed, "x")
    assert span is not None
    assert span[0] >= len(data)


def test_the_block_has_the_line_ends_of_the_file() -> None:
    assert with_block(b"# A\r\n", ["x"], "f") == f"# A\r\n\r\n{BEGIN}\r\nx\r\n{END}\r\n".encode()
    assert with_block(b"# A", ["x"], "f") == f"# A\n\n{BEGIN}\nx\n{END}\n".encode()
    assert with_block(b"", ["x"], "f") == f"{BEGIN}\nx\n{END}\n".encode()
    assert lines_of_block(f"\ufeff{BEGIN}\r\nx\r\n{END}\r\n".encode(), "f") == ["x"]


@pytest.mark.parametrize(
    ("lines", "trouble"),
    [
        ([BEGIN, "x"], "learnchat's block begins in line 1 and does not end."),
        (["x", END], "learnchat's block ends in line 2 and does not begin before it."),
        ([END, BEGIN], "learnchat's block ends in line 1 and does not begin before it."),
        (
            [BEGIN, BEGIN, END, END],
            "learnchat's block begins in line 1 and once more in line 2, before it has ended.",
        ),
        (
            [BEGIN, END, "", BEGIN, END],
            "there are two blocks of learnchat: one ends in line 2, another begins in line 4.",
        ),
        ([BEGIN, END, END], "learnchat's block ends in line 3 and does not begin before it."),
    ],
)
def test_odd_markers_are_named_with_their_lines(lines: list[str], trouble: str) -> None:
    data = "\n".join(lines).encode()
    for act in (lambda: with_block(data, [], "f"), lambda: without_block(data, "f"), lambda: lines_of_block(data, "f")):
        with pytest.raises(BlockError) as raised:
            act()
        assert raised.value.title == f"f: {trouble}"
        assert raised.value.hint


def test_a_marker_inside_a_line_is_none() -> None:
    assert find_block(f"see `{BEGIN}` and {END}\n- {BEGIN}\n".encode(), "f") is None
