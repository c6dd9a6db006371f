"""The last row: what can be done now, and what waits."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from learnchat.learning.text import one_line
from learnchat.widgets.rows import two_ends


class StatusLine(Static):
    """A state or a hint at the left; at the right what waits: "2 waiting", "quiet", "3 learned, not committed"."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._left = ""
        self._right = ""

    def set(self, left: str | None = None, right: str | None = None) -> None:
        """Say what the row shows; None leaves that end as it is."""
        if left is not None:
            self._left = one_line(left)
        if right is not None:
            self._right = one_line(right)
        self.refresh()

    def render(self) -> Content:
        return two_ends(Content.styled(self._left, "$text-muted"), Content(self._right), self.size.width)
