"""Markdown as lines, for the conversation and for whatever shows a text of the model's.

The Markdown widget makes a dozen widgets of a reply, and every layout walks them all: beside a hundred replies a key
waits for 0.1 s. Lines cost next to nothing, can be selected and copied as they were written, and follow the theme,
because their styles are names of theme variables.

This module imports the Markdown parser (30 ms) and is therefore itself imported at the first reply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from learnchat.widgets.code_colours import coloured
from learnchat.widgets.lines import EMPTY, GAP, RULE, Line, Table
from learnchat.widgets.markdown_rules import add_rules

# A list or a quote of hostile depth must not become a column of indents.
DEEPEST_INDENT = 8
CODE = "$text-accent"
INDENT = "  "
BAR = "▌ "
# How much of a cell's free room stands before its text, by how the parser names the alignment of its column.
LEADS = {"text-align:center": 0.5, "text-align:right": 1.0}

Part = tuple[str, str]


@cache
def parser() -> MarkdownIt:
    """The parser for what a model writes: GitHub's Markdown, with HTML left as the text it is.

    The usual parsers read HTML and drop it: "use <div>" would lose its one important word.
    """
    return add_rules(MarkdownIt("gfm-like", {"html": False}))


def last_block(tokens: Sequence[Token]) -> int:
    """The place among the tokens where the last block at the top level begins: all before it is complete."""
    for place in range(len(tokens) - 1, -1, -1):
        if tokens[place].level == 0 and tokens[place].map is not None:
            return place
    return 0


def set_open(text: str) -> tuple[list[Line], list[Line], str]:
    """A text that may go on: the lines of what is complete, the lines of its last block, and that block's text."""
    tokens = parser().parse(text)
    place = last_block(tokens)
    begins = (tokens[place].map or [0])[0] if tokens else 0
    rest = "\n".join(text.split("\n")[begins:])
    return typeset_lines(tokens[:place]), typeset_lines(tokens[place:]), rest


def typeset(markdown: str) -> Content:
    """Markdown as one `Content`. The text has to be neutralised before."""
    lines = typeset_lines(parser().parse(markdown))
    return Content("\n").join(Content(line.indent) + line.content for line in lines)


def typeset_lines(tokens: Sequence[Token]) -> list[Line]:
    """What was parsed as lines, with an empty line between two blocks and none at either end."""
    # Blocks that end inside others would each leave an empty line.
    lines = [
        line
        for empty, same in groupby(_Setter().set(tokens), key=lambda line: line == EMPTY)
        for line in ([EMPTY] if empty else same)
    ]
    while lines and lines[-1] == EMPTY:
        lines.pop()
    return lines[1:] if lines and lines[0] == EMPTY else lines


class _Setter:
    """One pass over the tokens; what it keeps is where it is: lists, quotes, cells."""

    def __init__(self) -> None:
        self._lists: list[int | None] = []
        self._hangs: list[int] = []
        self._quotes = 0
        self._begins_item = False
        self._rows: list[list[Content]] = []
        self._leads: list[float] = []

    def set(self, tokens: Sequence[Token]) -> Iterator[Line]:
        heading = False
        for token in tokens:
            match token.type:
                case "heading_open":
                    heading = True
                case "heading_close":
                    heading = False
                    yield EMPTY
                case "bullet_list_open":
                    self._lists.append(None)
                    self._hangs.append(len(INDENT))
                case "ordered_list_open":
                    start = token.attrGet("start")
                    self._lists.append(int(1 if start is None else start))
                    self._hangs.append(len(INDENT) + 1)
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                    self._hangs.pop()
                    if not self._lists:
                        yield EMPTY
                case "list_item_open":
                    self._begins_item = True
                case "list_item_close":
                    # An item of nothing is one too.
                    yield from self._bare_item()
                case "blockquote_open":
                    self._quotes += 1
                case "blockquote_close":
                    self._quotes -= 1
                    yield EMPTY
                case "inline" if self._rows:
                    self._rows[-1].append(Content.assemble(*_inline(token, "")))
                case "inline":
                    yield from self._text(Content.assemble(*_inline(token, "bold $text-primary" if heading else "")))
                case "paragraph_close" if not token.hidden:
                    yield EMPTY
                case "table_open":
                    self._leads = []
                case "th_open":
                    self._leads.append(LEADS.get(str(token.attrGet("style")), 0.0))
                case "tr_open":
                    self._rows.append([])
                case "table_close":
                    yield from self._bare_item()
                    yield from self._table()
                case "fence" | "code_block":
                    yield from self._bare_item()
                    yield from self._code(token)
                case "hr":
                    yield from self._bare_item()
                    yield Line(Content.styled("───", "$text-muted"))
                    yield EMPTY

    def _bars(self) -> str:
        return BAR * min(self._quotes, DEEPEST_INDENT)

    def _text(self, content: Content) -> Iterator[Line]:
        for line in content.split("\n", allow_blank=True):
            margin, style = self._margin()
            bars = self._bars()
            rest = bars + " " * (len(margin) - len(bars))
            yield Line(Content.styled(margin, style) + line if margin else line, len(margin), rest)

    def _margin(self) -> Part:
        if not self._lists or not self._begins_item:
            return self._bars() + self._indent(self._hangs), "$text-muted"
        self._begins_item = False
        margin = self._bars() + self._indent(self._hangs[:-1])
        number = self._lists[-1]
        if number is None:
            return margin + "• ", "$text-primary"
        self._lists[-1] = number + 1
        # What stands below it stands below its text.
        self._hangs[-1] = len(f"{number}. ")
        return f"{margin}{number}. ", "$text-primary"

    def _indent(self, hangs: list[int]) -> str:
        return " " * sum(hangs[:DEEPEST_INDENT])

    def _bare_item(self) -> Iterator[Line]:
        """The mark of an item that begins with something else than text, on a line of its own."""
        if self._begins_item:
            margin, style = self._margin()
            yield Line(Content.styled(margin.rstrip(), style))

    def _code(self, token: Token) -> Iterator[Line]:
        code = token.content.rstrip("\n").expandtabs(8)
        indent = self._bars() + self._indent(self._hangs) + INDENT
        # The indent comes after the colours: to some lexers it would mean something.
        for line in coloured(code, token.info).split("\n", allow_blank=True):
            yield Line(line, indent=indent, shaded=True)
        yield EMPTY

    def _table(self) -> Iterator[Line]:
        rows, self._rows = self._rows, []
        columns = max(map(len, rows), default=0)
        cells = [(*row, *[Content()] * (columns - len(row))) for row in rows]
        widths = [max(row[column].cell_length for row in cells) for column in range(columns)]
        leads = [*self._leads, *[0.0] * columns][:columns]
        table, indent = Table(widths, leads), self._bars() + self._indent(self._hangs)
        for number, row in enumerate(cells):
            row = row if number else tuple(cell.stylize("bold") for cell in row)
            padded = [
                cell.pad(before := table.lead(column, cell, width), width - cell.cell_length - before)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            yield Line(Content(" " * GAP).join(padded).rstrip(), indent=indent, row_of=table, cells=row)
            if number == 0:
                ruler = tuple(Content.styled(RULE * width, "$text-muted") for width in widths)
                yield Line(Content(" " * GAP).join(ruler), indent=indent, row_of=table, cells=ruler)
        yield EMPTY


def _inline(token: Token, style: str) -> Iterator[Part]:
    styles = [style]
    for child in token.children or ():
        match child.type:
            case "text":
                yield child.content, " ".join(filter(None, styles))
            case "softbreak":
                yield " ", ""
            case "hardbreak":
                yield "\n", ""
            case "code_inline":
                yield child.content, CODE
            case "image":
                yield child.content or str(child.attrGet("src") or ""), "italic"
            case "strong_open":
                styles.append("bold")
            case "em_open":
                styles.append("italic")
            case "s_open":
                styles.append("strike")
            case "link_open":
                styles.append("underline")
            case "strong_close" | "em_close" | "s_close" | "link_close":
                styles.pop()
