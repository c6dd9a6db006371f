from __future__ import annotations

import pytest

from learnchat.widgets.chips import LABEL_LENGTH, chips
from support.hostile import ZOO, Hostile, harm


def clicks(statements: list[str], total: int) -> list[tuple[str, str]]:
    """What can be clicked, and what a click comes back with."""
    content = chips(statements, 3, total)
    return [
        (content.plain[span.start : span.end], span.style.meta["@click"])  # type: ignore[union-attr]
        for span in content.spans
    ]


def test_the_first_two_are_named_and_the_rest_counted() -> None:
    assert (
        chips(["We use pnpm", "Vite builds it", "a third"], 3, 12).plain
        == "knew ‹We use pnpm› ‹Vite builds it› +10 more"
    )
    assert chips([], 3, 1).plain == "knew 1 insight"
    assert chips([], 3, 2).plain == "knew 2 insights"
    assert chips(["We use pnpm"], 3, 1).plain == "knew ‹We use pnpm›"


def test_each_part_comes_back_with_its_reply_and_place() -> None:
    assert clicks(["We use pnpm", "Vite builds it"], 5) == [
        ("We use pnpm", "screen.why(3, 0)"),
        ("Vite builds it", "screen.why(3, 1)"),
        ("+3 more", "screen.why(3, 2)"),
    ]
    assert clicks([], 2) == [("knew 2 insights", "screen.why(3, 0)")]


@pytest.mark.parametrize("hostile", ZOO, ids=lambda hostile: hostile.name)
def test_a_statement_is_only_text(hostile: Hostile) -> None:
    content = chips([hostile.text], 3, 1)
    assert harm(content.plain) == []
    assert len(content.plain) <= LABEL_LENGTH + len("knew ‹›")
    assert [span for span in content.spans if "@click" not in span.style.meta] == []  # type: ignore[union-attr]
