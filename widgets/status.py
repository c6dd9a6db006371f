"""The last row: what can be done now, and what waits."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from learnchat.learning.text import one_line
from learnchat.widgets.rows import GAP, two_ends

# Between two things that wait.
SEPARATOR = " · "


class StatusLine(Static):
    """A state or a hint at the left; at the right what waits: "2 waiting", "quiet", "3 learned, not committed"."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._left = ""
        self._right = ""
        self._passing = False

    def set(self, left: str | None = None, right: str | None = None, *, passing: bool = False) -> None:
        """Say what the row shows; None leaves that end as it is.

        Args:
            left: a state or a hint.
            right: what waits.
            passing: the left end leaves by itself soon: until then what waits gives way to it.
        """
        if left is not None:
            self._left = one_line(left)
            self._passing = passing
        if right is not None:
            self._right = one_line(right)
        self.refresh()

    def render(self) -> Content:
        return two_ends(Content.styled(self._left, "$text-muted"), Content(self._fitting()), self.size.width)

    def _fitting(self) -> str:
        """Of what waits as much as leaves room for the left end, the first at least where that stays: the rest can be
        seen later too."""
        parts = self._right.split(SEPARATOR)
        room = self.size.width - cell_len(self._left) - GAP
        while len(parts) > (0 if self._passing else 1) and cell_len(SEPARATOR.join(parts)) > room:
            parts.pop()
        return SEPARATOR.join(parts)
