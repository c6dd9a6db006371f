"""The small list above the prompt: what could be meant, or what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import Static

from learnchat.learning.text import one_line
from learnchat.widgets.completions import Completion

MOST_ROWS = 7
# Of a low terminal two thirds stay with what is being talked about, and with the prompt.
PART_OF_HEIGHT = 3
# Cells beside a row: the list's own padding, and the mark.
MARGINS = 6
# What is said about an item is not wrapped into fewer cells: beside a label of the whole width it is cut.
LEAST_ROOM = 20


class CompletionList(Static, can_focus=False):
    """Some rows, one of them marked. It never takes the focus; a click picks a row.

    Args:
        picked: called with the number of the row that was clicked.
    """

    def __init__(self, picked: Callable[[int], None]) -> None:
        super().__init__(markup=False)
        self._picked = picked
        self._items: Sequence[Completion] = ()
        self._index = 0
        self._first = 0
        self._title = ""
        self._foot = ""
        self._more = 0
        self._rows: list[int] = []
        """Which item stands in each row, from the first below the title."""
        self.display = False

    def show(self, items: Sequence[Completion], index: int, *, title: str = "", foot: str = "", more: int = 0) -> None:
        """List these, the one at `index` marked.

        Args:
            items: what is listed.
            index: of the marked one.
            title: the row above; empty for none.
            foot: the row below, where there are no items.
            more: how many there are besides the items.
        """
        self._items, self._index, self._title, self._foot = items, index, one_line(title), one_line(foot)
        self._more = more
        room = self._room
        self._first = min(max(self._first, index - room + 1), index, max(len(items) - room, 0))
        self.display = True
        self.update(self._content())

    def hide(self) -> None:
        """Show nothing, and take no room."""
        self._first = 0
        self.display = False

    @property
    def _room(self) -> int:
        return max(min(MOST_ROWS, self.app.size.height // PART_OF_HEIGHT - 1), 2)

    def _content(self) -> Content:
        shown = self._items[self._first : self._first + self._room]
        width = max((cell_len(one_line(item.label)) for item in shown), default=0)
        self._rows, rows = [], []
        for number, item in enumerate(shown, start=self._first):
            drawn = self._drawn(item, number, width)
            self._rows += [number] * len(drawn)
            rows += drawn
        # The list is as high whichever row is marked: what is below it stands still.
        rows += [Content()] * (len(shown) - 1 + max(map(len, self._details(shown, width)), default=1) - len(rows))
        if self._title:
            rows.insert(0, Content.styled(self._title, "bold"))
        below = len(self._items) - self._first - len(shown) + self._more
        if foot := self._foot or (f"… {below:,} more" if below else ""):
            rows.append(Content.styled(f"  {foot}", "$text-muted"))
        return Content("\n").join(rows)

    def _drawn(self, item: Completion, number: int, width: int) -> list[Content]:
        """The row of an item; of the marked one what is said about it is shown in full, in as many as it takes."""
        label, detail = one_line(item.label), one_line(item.detail)
        gap = _gap(label, width) if detail else ""
        if number != self._index:
            return [Content.assemble("  ", label, gap, (detail, "$text-muted"))]
        first, *more = self._details([item], width)[0]
        below = [Content.styled(_gap("", width) + "  " + line, "$text-muted") for line in more]
        return [Content.assemble("› ", (label, "bold"), gap, (first, "$text-muted")), *below]

    def _details(self, items: Sequence[Completion], width: int) -> list[list[str]]:
        """What is said about items, each in the lines that it takes in the room beside labels of this width."""
        room = max(self.app.size.width - MARGINS - width - len(_gap("", 0)), LEAST_ROOM)
        return [wrap(one_line(item.detail), room) or [""] for item in items]

    def on_click(self, event: events.Click) -> None:
        """Pick the row, and leave the focus where it is."""
        event.stop()
        row = event.y - (1 if self._title else 0)
        if 0 <= row < len(self._rows):
            self._picked(self._rows[row])


def _gap(label: str, width: int) -> str:
    """From a label to what is said about it, beyond the widest of them."""
    return " " * (width - cell_len(label) + 2)
