"""Lines of text and the rows that they become at a width: what a conversation is drawn from.

A `Line` is what was written up to its end and does not know how wide the screen is; a `Row` is what stands in one row
of it. A row knows where in which line its text comes from, so that what is selected is copied as it was written and not
as it was wrapped. Everything here is computed without Textual's event loop, and may be done in a thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.selection import Selection

# Below this a hanging indent or a column would leave no room for words.
LEAST_WIDTH = 8
# Between two columns of a table.
GAP = 3
RULE = "─"
# Characters that are surely one cell wide: of text made of these alone the cells need not be counted.
_NARROW = re.compile(
    "[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2190-\u2199\u2500-\u25fc]*"
)
_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, as it was written or set.

    Attributes:
        content: its text, without a line's end, in styles of the theme.
        hang: so many of its first characters, each one cell wide, stay alone in the margin when it wraps: a bullet.
        rest: what stands in that margin in the rows that follow; not part of the text.
        indent: what stands before each row; not part of the text either.
        shaded: whether it stands on a ground of its own: code.
        row_of: the table it is a row of.
    """

    content: Content
    hang: int = 0
    rest: str = ""
    indent: str = ""
    shaded: bool = False
    row_of: Table | None = None
    cells: tuple[Content, ...] = ()

    def same(self, other: Line) -> bool:
        """Whether it looks the same at every width."""
        return (
            self.content.is_same(other.content)
            and (self.hang, self.rest, self.indent, self.shaded) == (other.hang, other.rest, other.indent, other.shaded)
            and (self.row_of is None) == (other.row_of is None)
            and (self.row_of is None or other.row_of is None or self.row_of.same(other.row_of))
        )


EMPTY = Line(Content())


@dataclass(slots=True)
class Table:
    """What the rows of one table have in common.

    Attributes:
        widths: cells that each column would take unwrapped.
        leads: for each column the share of a cell's free room that stands before its text; 1 is at the right edge.
    """

    widths: list[int]
    leads: list[float]
    _fitted: dict[int, list[int] | None] = field(default_factory=dict)

    def same(self, other: Table) -> bool:
        """Whether its columns look the same."""
        return (self.widths, self.leads) == (other.widths, other.leads)

    def lead(self, column: int, cell: Content, width: int) -> int:
        """The blanks before a cell's text in so many cells."""
        return int((width - cell.cell_length) * self.leads[column])

    def fitted(self, width: int) -> list[int] | None:
        """The widths of the columns in so many cells: narrow columns stay, wide ones share the rest. None: no room."""
        if width not in self._fitted:
            self._fitted[width] = self._fit(width - GAP * (len(self.widths) - 1))
        return self._fitted[width]

    def _fit(self, room: int) -> list[int] | None:
        if room < LEAST_WIDTH * len(self.widths) and room < sum(self.widths):
            return None
        fitted = list(self.widths)
        wide = set(range(len(fitted)))
        while sum(fitted) > room and wide:
            share = (room - sum(width for column, width in enumerate(fitted) if column not in wide)) // len(wide)
            narrow = {column for column in wide if self.widths[column] <= share}
            if not narrow:
                for column in wide:
                    fitted[column] = share
                break
            wide -= narrow
        return fitted


class Part(NamedTuple):
    """A stretch of text in a row: so many cells after the one before, from character `start` of its line on."""

    gap: int
    content: Content
    start: int


class Row(NamedTuple):
    """One row of the screen."""

    prefix: str
    parts: tuple[Part, ...]
    line: int
    shaded: bool


def code_rows(rows: Sequence[Row]) -> list[int]:
    """Of some rows those in which blocks of code begin."""
    return [place for place, row in enumerate(rows) if row.shaded and (not place or not rows[place - 1].shaded)]


def lines_of(content: Content) -> list[Line]:
    """Plain lines of a content, tabs expanded."""
    return [Line(line.expand_tabs(8) if "\t" in line.plain else line) for line in content.split("\n", allow_blank=True)]


def rows_of(line: Line, number: int, width: int) -> Iterator[Row]:
    """The rows of a line.

    Args:
        line: the line.
        number: its number, which the rows keep.
        width: cells; at least one.
    """
    if line.row_of is not None and (columns := line.row_of.fitted(width)) is not None:
        yield from _rows_of_cells(line, line.row_of, number, columns)
        return
    content, indent, hang = line.content, line.indent, line.hang
    if width - len(indent) - hang < LEAST_WIDTH:
        indent, hang = "", 0
    text = content.plain
    begin, prefix = 0, indent
    for end in (*breaks(text, width - len(indent), hang), len(text)):
        shown = begin + len(text[begin:end].rstrip())
        yield Row(prefix, (Part(0, content[begin:shown], begin),), number, line.shaded)
        begin, prefix = end, indent + (line.rest if hang else "")


def _rows_of_cells(line: Line, table: Table, number: int, columns: Sequence[int]) -> Iterator[Row]:
    starts, wrapped, start = [], [], 0
    for column, (cell, width, natural) in enumerate(zip(line.cells, columns, table.widths, strict=True)):
        starts.append(start + table.lead(column, cell, natural))
        # The ruler below the head becomes shorter, not longer.
        wrapped.append([0, *breaks(cell.plain, width)] if cell.plain.strip(RULE) else [0])
        start += len(cell.plain) + natural - cell.cell_length + GAP
    for row in range(max(map(len, wrapped), default=0)):
        parts, place, filled = [], 0, 0
        for column, (cell, begins) in enumerate(zip(line.cells, wrapped, strict=True)):
            if row < len(begins):
                begin = begins[row]
                end = begins[row + 1] if row + 1 < len(begins) else len(cell.plain)
                piece = cell[begin : begin + len(cell.plain[begin:end].rstrip())].truncate(columns[column])
                at = place + table.lead(column, piece, columns[column])
                parts.append(Part(at - filled, piece, starts[column] + begin))
                filled = at + piece.cell_length
            place += columns[column] + GAP
        yield Row(line.indent, tuple(parts), number, line.shaded)


def breaks(text: str, width: int, hang: int = 0) -> Iterator[int]:
    """Where a text is broken, so that no row is wider than `width` cells; the first `hang` characters count in all.

    Between words where there are any in a row, else within one.
    """
    width = max(width, 1)
    if _NARROW.fullmatch(text):
        yield from _breaks_of_narrow(text, width, hang)
        return
    used = hang
    for word in _WORD.finditer(text, hang):
        cells = cell_len(word.group().rstrip())
        if used + cells > width and used > hang:
            yield word.start()
            used = hang
        if hang + cells > width:
            for place, character in enumerate(word.group(), word.start()):
                size = cell_len(character)
                if used + size > width and used > hang:
                    yield place
                    used = hang
                used += size
        else:
            used += cell_len(word.group())


def _breaks_of_narrow(text: str, width: int, hang: int) -> Iterator[int]:
    begin, room = hang, max(width - hang, 1)
    while len(text) - begin > room:
        space = text.rfind(" ", begin, begin + room + 1)
        end = begin + room if space < begin or not text[begin:space].strip() else space + 1
        # What follows a row's end as blanks belongs to that row.
        while end < len(text) and text[end] == " ":
            end += 1
        if end >= len(text):
            return
        yield end
        begin = end


def extract(lines: Sequence[Line], selection: Selection) -> str:
    """What of the lines is selected, one line each."""
    first, start = (0, 0) if selection.start is None else selection.start.transpose
    last, end = (len(lines), 0) if selection.end is None else selection.end.transpose
    texts = [line.content.plain for line in lines[max(first, 0) : last + 1]]
    if texts and last < len(lines):
        texts[-1] = texts[-1][: max(end, 0)]
    if texts and first >= 0:
        texts[0] = texts[0][max(start, 0) :]
    return "\n".join(texts)
