"""`NO_COLOR`: a screen in the terminal's own two colours (https://no-color.org).

Textual turns the colours into greys there, which are colours to a terminal too. Here none is sent. What is told by its
ground alone, the cursor, a marked row, what is selected, is reversed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

# How much brighter or darker a ground is than the one around it, of 1, to be there for its own sake. Cursor, marks and
# selections differ by more in every theme of ours; panels, code and toasts by 0.14 at most, and they have edges,
# indents or words that tell them.
STANDS_OUT = 0.2

# "Select graphic rendition" (ECMA-48, 8.3.117), and of its parameters those that are one of the 16 colours of old or
# the terminal's own; 38 and 48 begin another colour.
_RENDITION = re.compile(r"\x1b\[([\d;]*)m")
_COLOURS_OF_OLD = frozenset((*range(30, 38), 39, *range(40, 48), 49, *range(90, 98), *range(100, 108)))


class Reversing(LineFilter):
    """Reverses what stands on a ground that stands out."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, style if style is None else reversed_where_it_stands_out(style, background), control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def reversed_where_it_stands_out(style: Style, around: Color) -> Style:
    """The style, reversed in place of a ground that stands out.

    Args:
        style: as it would be drawn with colours.
        around: the ground of the widget in which it stands.
    """
    if style.reverse or style.bgcolor is None or style.bgcolor.is_default:
        return style
    difference = abs(Color.from_rich_color(style.bgcolor).brightness - around.brightness)
    return style + Style(reverse=True) if difference >= STANDS_OUT else style


def without_colours(written: str) -> str:
    """What is written to the terminal, without colours."""
    return _RENDITION.sub(_without_colours, written)


def _without_colours(rendition: re.Match[str]) -> str:
    kept: list[str] = []
    parameters = iter(rendition[1].split(";"))
    for parameter in parameters:
        if parameter in ("38", "48"):
            # 5 and a number, or 2 and three of them.
            for _ in range({"5": 1, "2": 3}.get(next(parameters, ""), 0)):
                next(parameters, None)
        elif not (parameter.isdecimal() and int(parameter) in _COLOURS_OF_OLD):
            kept.append(parameter)
    return f"\x1b[{';'.join(kept)}m" if kept else ""
