"""Chips: the insights that went with a reply, in the line below it, each to be clicked on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from learnchat.learning.text import shorten

# Two of them stand beside a model's name in 80 columns.
LABEL_LENGTH = 26
MOST = 2
KNEW = "knew"
FOUND = "found"


def knew(count: int) -> str:
    """How many insights went with a reply; empty where none did."""
    return f"{KNEW} {count:,} insight{'' if count == 1 else 's'}" if count else ""


def chips(statements: Sequence[str], number: int, total: int, verb: str = KNEW) -> Content:
    """The chips of one reply.

    Args:
        statements: of those that are named, the most telling first.
        number: the reply's, which a click comes back with: `screen.why(number, place of the chip)`.
        total: how many insights there are to tell of.
        verb: what the reply did with them.
    """
    named = [_chip(shorten(each, LABEL_LENGTH), number, place) for place, each in enumerate(statements[:MOST])]
    more = total - len(named)
    if more:
        words = f"+{more:,} more" if named else knew(more)
        named.append(_clickable(words, number, len(named)))
    return Content.assemble(f"{verb} ", Content(" ").join(named)) if statements else Content(" ").join(named)


def _chip(label: str, number: int, place: int) -> Content:
    # The brackets say where one ends, also without colours.
    return Content.assemble("‹", _clickable(label, number, place), "›")


def _clickable(text: str, number: int, place: int) -> Content:
    return Content(text).stylize(Style.from_meta({"@click": f"screen.why({number}, {place})"}))
