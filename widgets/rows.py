"""Drawing in a single row: something at either end, a mark in the margin."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

# Between the two ends; less reads as one sentence.
GAP = 2


def two_ends(left: Content, right: Content, width: int) -> Content:
    """One row of `width` cells with `left` and `right` at its ends.

    Where both do not fit, the left one is cut with an ellipsis: it says less that is new. Where that would leave
    nothing of it, the right one is cut too.
    """
    room = width - right.cell_length - GAP
    if room < min(left.cell_length, width // 4):
        room = width // 4
        right = right.truncate(max(width - room - GAP, 0), ellipsis=True)
    if left.cell_length > room:
        left = left.truncate(room, ellipsis=True)
    return Content.assemble(left, " " * max(width - left.cell_length - right.cell_length, 0), right).truncate(width)


def with_mark(strips: list[Strip], crop: Region, row: int, mark: str, style: Style) -> list[Strip]:
    """Drawn rows with a mark in the left margin of one of them.

    In the margin, so that it takes no part in wrapping, and is not selected or copied.

    Args:
        strips: what `Widget.render_lines` made of `crop`.
        crop: the part of the widget that was drawn.
        row: the row of the widget that gets the mark.
        mark: one cell per character; the margin has to be as wide.
        style: the mark's.
    """
    index = row - crop.y
    if crop.x == 0 and 0 <= index < len(strips):
        strip = Strip([Segment(mark, style)], len(mark))
        strips[index] = Strip.join([strip, strips[index].crop(len(mark))])
    return strips
