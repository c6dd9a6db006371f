"""Drawing one row with something at either end."""

from __future__ import annotations

from textual.content import Content

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
        right = right.truncate(width - room - GAP, ellipsis=True)
    if left.cell_length > room:
        left = left.truncate(room, ellipsis=True)
    return Content.assemble(left, " " * max(width - left.cell_length - right.cell_length, 0), right)
