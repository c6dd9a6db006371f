"""How commands print: a table on a terminal, plain lines in a pipe, JSON when asked.

Whatever is printed may be somebody else's text: control, bidi and hidden characters are taken out here, and nothing is
read as markup.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from typing import IO, Any, Literal

from learnchat.learning.text import neutralise, one_line

TAB = "\t"
LINES_AT_ONCE = 100


class Form(Enum):
    """How something is printed."""

    TABLE = auto()
    """For eyes: fits the terminal's width."""
    LINES = auto()
    """For pipes: one line each, fields separated by tabs, nothing shortened."""
    JSON = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str
    fixed: bool = False
    """As wide as its widest cell, and never wrapped: ids, dates."""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell in which some words stand out."""

    text: str
    """On one line and neutralised already: the marks count its characters."""
    marks: tuple[tuple[int, int], ...]


ID = Column("id", fixed=True, style="dim")
KIND = Column("kind", fixed=True)


def choose_form(as_json: bool) -> Form:
    """JSON when asked, a table when standard output is a terminal, else lines."""
    if as_json:
        return Form.JSON
    return Form.TABLE if sys.stdout.isatty() else Form.LINES


def prepare_streams() -> None:
    """Make standard output and error take any text: what an encoding can't say is escaped, not an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        # A Windows pipe would get the code page of 1993; scripts expect UTF-8, as everywhere.
        if os.name == "nt" and not stream.isatty():
            reconfigure(encoding="utf-8")
        reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """A line, or several, on standard output."""
    _write(sys.stdout, neutralise(text))


def complain(text: str) -> None:
    """A line, or several, on standard error: errors, and what is no result."""
    _write(sys.stderr, neutralise(text))


def print_json(value: object) -> None:
    """A value as JSON: a list one item a line, else indented. Strings lose what a terminal obeys or no eye sees.

    An iterator is printed as the list of what it yields, while it yields it.
    """
    if isinstance(value, Iterator) or (isinstance(value, list) and value):
        _print_json_list(iter(value))
    else:
        _write(sys.stdout, json.dumps(_clean(value), ensure_ascii=False, indent=2))


def _print_json_list(items: Iterator[object]) -> None:
    # Indented, ten thousand items take three times as long. Pieces: the text of all of them, made, joined and encoded
    # at once, takes as much memory as the items.
    before = "[\n"
    while piece := ",\n".join(map(_json_line, islice(items, LINES_AT_ONCE))):
        sys.stdout.write(before + piece)
        before = ",\n"
    _write(sys.stdout, "[]" if before == "[\n" else "\n]")


# Made once: `json.dumps` makes one for each call that wants other than its defaults.
_encode = json.JSONEncoder(ensure_ascii=False).encode


def _json_line(item: object) -> str:
    line = _encode(item)
    # What has nothing escaped in it and no sign beyond ASCII has nothing to be cleaned of, but for the one control
    # character that JSON does not escape.
    if line.isascii() and "\\" not in line and "\x7f" not in line:
        return line
    return json.dumps(_clean(item), ensure_ascii=False)


def print_lines(rows: Iterable[Sequence[str]]) -> None:
    """Rows as lines, their cells separated by tabs. White space in a cell becomes single spaces."""
    text = "\n".join(TAB.join(map(one_line, row)) for row in rows)
    if text:
        _write(sys.stdout, text)


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[str | Marked]]) -> None:
    """Rows as a table of the terminal's width; long cells wrap."""
    # 18 ms, and only for eyes.
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        overflow: Literal["fold"] = "fold"
        table.add_column(column.title, no_wrap=column.fixed, overflow=overflow, style=column.style)
    for row in rows:
        cells = [Text(cell.text) if isinstance(cell, Marked) else Text(one_line(cell)) for cell in row]
        for cell, text in zip(row, cells, strict=True):
            for start, end in cell.marks if isinstance(cell, Marked) else ():
                text.stylize("bold reverse", start, end)
        table.add_row(*cells)
    _print_rich(table)


def print_fields(fields: Iterable[tuple[str, str]], form: Form) -> None:
    """Names and values: in two columns on a terminal, separated by a tab in a pipe. Empty values are left out."""
    shown = [(name, value) for name, value in fields if value]
    if form is not Form.TABLE:
        print_lines(shown)
        return
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    for name, value in shown:
        grid.add_row(Text(name), Text(neutralise(value)))
    _print_rich(grid)


def _print_rich(table: Any) -> None:
    from rich.console import Console

    Console(file=sys.stdout, markup=False, highlight=False, emoji=False).print(table)


def _write(stream: IO[str], text: str) -> None:
    stream.write(text + "\n")


def _clean(value: object) -> object:
    if isinstance(value, str):
        return neutralise(value)
    if isinstance(value, Mapping):
        return {str(name): _clean(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(inner) for inner in value]
    return value
