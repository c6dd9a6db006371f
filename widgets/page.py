"""A widget that draws lines of text row by row, and only those rows that are in view."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Region, Size
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from learnchat.widgets.drawing import draw, draw_lines
from learnchat.widgets.lines import Line, Row, code_rows, extract, rows_of


class Page(Widget):
    """Lines, wrapped at its width. Only what changes is wrapped and drawn again."""

    DEFAULT_CSS = "Page { height: auto; width: 100%; }"
    COMPONENT_CLASSES = {"page--code"}

    def __init__(self, lines: Sequence[Line] = (), *, bare: bool = False, classes: str | None = None) -> None:
        """Args:
        lines: what stands on it at first.
        bare: whether it has neither padding nor border nor parts to click on, and so can be drawn faster.
        """
        super().__init__(classes=classes)
        self._bare = bare
        self._lines = list(lines)
        self._rows: list[Row] = []
        self._begins: list[int] = []
        self._width = 0
        self._strips: dict[int, Strip] = {}
        self._drawn_in: tuple[object, ...] = ()
        self.whole: Sequence[Line] | None = None
        """What is copied with its end, where only the beginning is shown."""

    @property
    def lines(self) -> Sequence[Line]:
        """What stands on it."""
        return self._lines

    @property
    def text(self) -> str:
        """What stands on it as plain text, as it is copied."""
        return "\n".join(line.content.plain for line in self._lines)

    @property
    def wrapped(self) -> tuple[int, int]:
        """Its width and rows, in cells; zeros before it was ever laid out."""
        return self._width, len(self._rows) if self._width else 0

    def show(self, lines: Sequence[Line], keep: int = 0) -> None:
        """Show lines in the place of all from the `keep`th on. What is the same stays as it is."""
        old = self._lines
        same = keep
        for line in lines[: len(old) - keep]:
            if not line.same(old[same]):
                break
            same += 1
        if same == len(old) == keep + len(lines):
            return
        self._lines[same:] = lines[same - keep :]
        height = len(self._rows)
        first = self._begins[same] if same < len(self._begins) else height
        del self._rows[first:], self._begins[same:]
        for row in [row for row in self._strips if row >= first]:
            del self._strips[row]
        self._wrap()
        if not self._width or len(self._rows) != height:
            self.refresh(layout=True)
        else:
            self.refresh(Region(0, self.gutter.top + first, self.outer_size.width, height - first))

    @property
    def code_rows(self) -> list[int]:
        """The rows in which blocks of code begin."""
        return code_rows(self._rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        if width != self._width:
            self._width = width
            self._rows.clear()
            self._begins.clear()
            self._strips.clear()
            self._wrap()
        return len(self._rows)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def _wrap(self) -> None:
        """Wrap the lines that are not yet."""
        if self._width < 1:
            return
        for number in range(len(self._begins), len(self._lines)):
            self._begins.append(len(self._rows))
            self._rows.extend(rows_of(self._lines[number], number, self._width))

    def render_lines(self, crop: Region) -> list[Strip]:
        return draw_lines(self, crop) if self._bare else super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        if y >= len(self._rows):
            return Strip.blank(width, self.visual_style.rich_style)
        drawn_in = (width, self.visual_style, self.app.current_theme)
        if drawn_in != self._drawn_in:
            self._strips.clear()
            self._drawn_in = drawn_in
        selection = self.text_selection
        if selection is None and (strip := self._strips.get(y)) is not None:
            return strip
        row = self._rows[y]
        strip = draw(self, row, width, self._style(row), row.line, selection)
        if selection is None:
            self._strips[y] = strip
        return strip

    def _style(self, row: Row) -> Style:
        return self.get_visual_style("page--code") if row.shaded else self.visual_style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        # The theme may be the same and its colours others.
        self._strips.clear()

    def forget(self) -> None:
        """Drop what was drawn, before it is removed: a cache of Textual's, shared by all widgets, keeps the last
        thousand of their drawings."""
        self._strips.clear()
        self._styles_cache.clear()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return copied(self._lines, self.whole, selection), "\n"


def copied(shown: Sequence[Line], whole: Sequence[Line] | None, selection: Selection) -> str:
    """What is copied of lines: whoever copies the end of what is folded means all of it.

    Args:
        shown: the lines, the beginning of the message where it is folded.
        whole: the lines of all of it; None where all of it is shown.
        selection: what is selected of those that are shown.
    """
    if whole is not None and (selection.end is None or selection.end.y >= len(shown) - 1):
        return extract(whole, Selection(selection.start, None))
    return extract(shown, selection)
