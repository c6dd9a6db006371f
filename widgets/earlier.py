"""What was said earlier, in one widget however much it is: only the messages in view are set and drawn.

A widget costs about 20 KB, and each layout and each change of focus walks all of them; a thousand exchanges would be
three thousand. Here a message that is out of view is its source and a height.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import accumulate

from rich.segment import Segment
from textual import events
from textual._styles_cache import StylesCache
from textual.geometry import Offset, Region, Size
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from learnchat.widgets.drawing import draw
from learnchat.widgets.lines import Row, code_rows
from learnchat.widgets.page import copied
from learnchat.widgets.views import Entry, View, asked

# Cells left and right of the text; the mark stands in the left one.
LEFT, RIGHT = 3, 2
# Messages whose rows are kept: three screens of short ones.
KEPT = 60
# Lines of one message are numbered from its own thousands on, so that a selection finds it. More than any message has.
STRIDE = 1_000_000
# Messages measured at a time after a resize, and the seconds between two times. It takes a few milliseconds, in a
# thread: a tenth of the time, so that nothing else waits. What is in view is measured when it is drawn.
MEASURED_AT_ONCE = 4
MEASURED_EVERY = 0.05
# Characters of a row, where a height has to be guessed before it is measured.
GUESSED_ROW = 60
# Rows to be drawn anew that are noted one by one: more than any screen has.
NOTED_ROWS = 500


class _Strips(StylesCache):
    """The rows that were drawn. When a widget is to be drawn anew, Textual notes the number of each of its rows, here
    ten thousands, in some milliseconds at each message; without rows that are kept there is nothing to note."""

    def set_dirty(self, *regions: Region) -> None:
        super().set_dirty(*(region for region in regions if region.height <= NOTED_ROWS))
        if any(region.height > NOTED_ROWS for region in regions):
            self.clear()


class Earlier(Widget):
    """The messages above those that are widgets, the oldest first."""

    DEFAULT_CSS = "Earlier { height: auto; width: 100%; }"
    COMPONENT_CLASSES = {
        "earlier--user", "earlier--user-mark", "earlier--note", "earlier--note-mark", "earlier--code",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._styles_cache = _Strips()
        self._entries: list[Entry] = []
        self._ends: list[int] = []
        self._kept: OrderedDict[int, list[Row]] = OrderedDict()
        self._width = 0
        self._measuring = False

    @property
    def count(self) -> int:
        """How many messages stand here."""
        return len(self._entries)

    @property
    def text(self) -> str:
        """All of it as plain text, as it is copied; each message is set for it, at a millisecond or two."""
        return self.get_selection(Selection(None, None))[0]

    @property
    def measured(self) -> bool:
        """Whether all heights are those of the present width, and shown."""
        shown = self._ends[-1] if self._ends else 0
        return shown == sum(entry.height for entry in self._entries) and self._known

    @property
    def _known(self) -> bool:
        return all(entry.width == self._width for entry in self._entries)

    @property
    def tops(self) -> list[int]:
        """The rows in which messages begin, notes left out."""
        begins = [0, *self._ends]
        return [begin for begin, entry in zip(begins, self._entries, strict=False) if entry.kind != "Note"]

    def next_code(self, top: int, direction: int) -> int | None:
        """The row in which the next block of code begins, from a row on; messages are set until there is one."""
        at = min(bisect_right(self._ends, max(top, 0)), len(self._entries) - 1)
        for index in range(at, len(self._entries) if direction > 0 else -1, direction):
            begin = self._ends[index - 1] if index else 0
            found = [begin + row for row in code_rows(self._rows(index))]
            found = [row for row in found if (row > top if direction > 0 else row < top)]
            if found:
                return found[0] if direction > 0 else found[-1]
        return None

    @property
    def entries(self) -> Sequence[Entry]:
        """The messages, the oldest first."""
        return self._entries

    def rows_of(self, index: int) -> range:
        """The rows that a message takes."""
        return range(self._ends[index - 1] if index else 0, self._ends[index])

    def look(self, views: Mapping[int, View]) -> None:
        """Look at messages in another way, by their places. Of many the heights are guessed until there is time."""
        for index, view in views.items():
            self._entries[index].look(view, self._width if len(views) <= MEASURED_AT_ONCE else 0)
            self._kept.pop(index, None)
        self._heights_changed()

    def on_click(self, event: events.Click) -> None:
        index = bisect_right(self._ends, event.y)
        if index < len(self._entries) and (found := asked(event, self)):
            self.look({index: self._entries[index].view.after(found)})

    def take(self, entries: Sequence[Entry], above: bool = False) -> None:
        """Show further messages, below or above those that stand here. What is in view stays there.

        One that has no height yet is measured, which takes a millisecond or two.
        """
        for entry in entries:
            if self._width and not entry.height:
                entry.measure(self._width)
        if not above:
            self._entries += entries
            self._heights_changed()
            return
        # Rows are kept by the places of their messages.
        self._kept.clear()
        self._entries[:0] = entries
        conversation = self.parent
        moves = isinstance(conversation, Widget) and conversation.scroll_offset.y > 0
        below = conversation.max_scroll_y - conversation.scroll_y if isinstance(conversation, Widget) else 0
        self._heights_changed()
        if moves and below and isinstance(conversation, Widget):
            self.call_after_refresh(self._keep_in_view, conversation, below)

    def _keep_in_view(self, conversation: Widget, below: float) -> None:
        conversation.scroll_to(y=conversation.max_scroll_y - below, animate=False, force=True)

    def _heights_changed(self) -> None:
        self._ends = list(accumulate(entry.height for entry in self._entries))
        self.refresh(layout=True)
        if self._width and not self._measuring and not self._known:
            self._measuring = True
            self.run_worker(self._measure(), exit_on_error=False)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        if (width := max(width - LEFT - RIGHT, 1)) != self._width:
            for entry in self._entries:
                if self._width:
                    # A guess, for no width: the terminal may be as wide as before again before it was measured.
                    entry.height, entry.width = max(entry.height * self._width // width, 2), 0
                entry.height = entry.height or 2
            self._width = width
            self._kept.clear()
            # Not from within a layout.
            self.call_later(self._heights_changed)
            self._ends = list(accumulate(entry.height for entry in self._entries))
        return self._ends[-1] if self._ends else 0

    async def _measure(self) -> None:
        """Find the true heights, the newest first, and then show them without moving what is read."""
        try:
            # The resize itself comes first.
            await asyncio.sleep(MEASURED_EVERY)
            while waiting := [entry for entry in self._entries if entry.width != self._width][-MEASURED_AT_ONCE:]:
                await asyncio.to_thread(_measure_all, waiting, self._width)
                await asyncio.sleep(MEASURED_EVERY)
        finally:
            self._measuring = False
        self._put_right()

    def _put_right(self) -> None:
        """Take the true heights, without moving what is read."""
        conversation = self.parent
        if not isinstance(conversation, Widget):
            return
        top = conversation.scroll_offset.y
        reading = bisect_right(self._ends, top)
        before = self._ends[reading] if reading < len(self._ends) else 0
        self._heights_changed()
        if before and not conversation.is_vertical_scroll_end and self._ends[reading] != before:
            conversation.scroll_to(y=top + self._ends[reading] - before, animate=False, force=True)

    # -- drawing

    def _rows(self, index: int) -> list[Row]:
        rows = self._kept.get(index)
        if rows is None:
            entry = self._entries[index]
            rows = self._kept[index] = entry.rows(self._width)
            if entry.width != self._width:
                # It was guessed; not from within drawing.
                entry.height, entry.width = len(rows) + 1, self._width
                self.call_later(self._put_right)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(index)
        return rows

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        index = bisect_right(self._ends, y)
        if index >= len(self._entries):
            return Strip.blank(width, self.visual_style.rich_style)
        entry, rows = self._entries[index], self._rows(index)
        y -= self._ends[index - 1] if index else 0
        if y >= len(rows) or y >= entry.height - 1:
            return Strip.blank(width, self.visual_style.rich_style)
        row, ground = rows[y], self._ground(entry.kind)
        style = self.get_visual_style("earlier--code") if row.shaded else ground
        line = index * STRIDE + row.line
        text = draw(self, row, self._width, style, line, self.text_selection)
        margin = self._mark(entry, ground) if y == 0 else Segment(" " * LEFT, ground.rich_style)
        return Strip.join([Strip([margin], LEFT), text, Strip([Segment(" " * RIGHT, ground.rich_style)], RIGHT)])

    def _ground(self, kind: str) -> Style:
        name = {"UserMessage": "earlier--user", "Note": "earlier--note"}.get(kind)
        return self.get_visual_style(name) if name else self.visual_style

    def _mark(self, entry: Entry, ground: Style) -> Segment:
        name = "earlier--user-mark" if entry.kind == "UserMessage" else "earlier--note-mark"
        style = self.get_visual_style(name) if entry.mark else ground
        return Segment(entry.mark.ljust(LEFT), style.rich_style)

    # -- selecting

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        first = 0 if selection.start is None else selection.start.y // STRIDE
        last = len(self._entries) - 1 if selection.end is None else selection.end.y // STRIDE
        texts = []
        for index in range(first, min(last, len(self._entries) - 1) + 1):
            start = selection.start if index == first else None
            end = selection.end if index == last else None
            part = Selection(_within(start), _within(end))
            entry = self._entries[index]
            whole = entry.make(entry.view._replace(folded=False)) if entry.view.folded else None
            texts.append(copied(entry.lines(), whole, part))
        return "\n".join(texts), "\n"


def _within(offset: Offset | None) -> Offset | None:
    return None if offset is None else Offset(offset.x, offset.y % STRIDE)


def _measure_all(entries: Sequence[Entry], width: int) -> None:
    for entry in entries:
        entry.measure(width)
