"""Markdown as one piece of styled text, for what is still being written and for what has become old.

The Markdown widget makes a dozen widgets of a reply, which is what looks best and costs most: every layout walks them
all. A single `Content` costs next to nothing, wraps by itself, can be selected, and follows the theme, because its
styles are names of theme variables. What it lacks is a hanging indent and a grid for tables.

This module imports the Markdown parser (30 ms) and is therefore itself imported at the first reply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from learnchat.widgets.markdown_rules import add_rules

if TYPE_CHECKING:
    from textual.highlight import HighlightTheme

# Longer code is shown without colours: Pygments takes about 1 ms for 2 KB, and this runs at each flush of a stream.
LONGEST_COLOURED = 8_000
# A table or a quote of hostile depth must not become a column of indents.
DEEPEST_INDENT = 8
CODE = "$text-accent"
INDENT = "  "

Part = tuple[str, str]


@cache
def parser() -> MarkdownIt:
    """The parser for what a model writes: GitHub's Markdown, with HTML left as the text it is.

    The Markdown widget's own parser reads HTML and then drops it: "use <div>" would lose its one important word.
    """
    return add_rules(MarkdownIt("gfm-like", {"html": False}))


def last_block(tokens: Sequence[Token]) -> int:
    """The line where the last block at the top level begins: all before it is complete."""
    for token in reversed(tokens):
        if token.level == 0 and token.map is not None:
            return token.map[0]
    return 0


def coloured(code: str, info: str) -> Content:
    """Code in the colours of its language, in the theme's colours.

    Args:
        code: the code.
        info: what stands behind the fence: a language, and perhaps more. Without one the code stays plain: guessing
            loads every lexer there is, for most of a second.
    """
    language = info.split(maxsplit=1)[0] if info.strip() else ""
    if not language or len(code) > LONGEST_COLOURED:
        return Content(code)
    from textual.highlight import highlight  # Pygments: 20 ms, only where there is code

    return highlight(code, language=language, theme=_colours())


@cache
def _colours() -> type[HighlightTheme]:
    from pygments.token import Token  # type: ignore[import-untyped]  # ships no types, and Textual builds on it
    from textual.highlight import HighlightTheme

    class Colours(HighlightTheme):
        """Few colours, each readable in every theme; Textual's own underline each function and thin out comments."""

        STYLES = {
            Token.Comment: "$text-muted",
            Token.Keyword: "$text-accent",
            Token.Operator.Word: "$text-accent",
            Token.Literal.String: "$text-success",
            Token.Literal.Number: "$text-warning",
            Token.Name.Attribute: "$text-warning",
            Token.Name.Class: "$text-primary",
            Token.Name.Decorator: "$text-primary",
            Token.Name.Function: "$text-primary",
            Token.Name.Tag: "$text-primary",
            Token.Generic.Deleted: "$text-error",
            Token.Generic.Inserted: "$text-success",
            Token.Generic.Heading: "bold",
            Token.Generic.Subheading: "$text-muted",
        }

    return Colours


def typeset(markdown: str) -> Content:
    """Markdown as one `Content`. The text has to be neutralised before."""
    return typeset_tokens(parser().parse(markdown))


def typeset_tokens(tokens: Sequence[Token]) -> Content:
    """The same for what is parsed already."""
    return Content.assemble(*_Setter().set(tokens)).rstrip()


class _Setter:
    """One pass over the tokens; what it keeps is where it is: lists, quotes, cells."""

    def __init__(self) -> None:
        self._lists: list[int | None] = []
        self._quotes = 0
        self._begins_item = False
        self._rows: list[list[str]] = []

    def set(self, tokens: Sequence[Token]) -> Iterator[Part | Content]:
        heading = False
        for token in tokens:
            match token.type:
                case "heading_open":
                    heading = True
                case "heading_close":
                    heading = False
                    yield "\n", ""
                case "bullet_list_open":
                    self._lists.append(None)
                case "ordered_list_open":
                    self._lists.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self._lists.pop()
                    if not self._lists:
                        yield "\n", ""
                case "list_item_open":
                    self._begins_item = True
                case "blockquote_open":
                    self._quotes += 1
                case "blockquote_close":
                    self._quotes -= 1
                case "inline" if self._rows:
                    self._rows[-1].append(_plain(token))
                case "inline":
                    if (margin := self._margin())[0]:
                        yield margin
                    yield from _inline(token, "bold $text-primary" if heading else "")
                    yield "\n", ""
                case "paragraph_close" if not token.hidden:
                    yield "\n", ""
                case "tr_open":
                    self._rows.append([])
                case "table_close":
                    yield from self._table()
                case "fence" | "code_block":
                    yield from self._code(token)
                case "hr":
                    yield "───\n\n", "$text-muted"

    def _margin(self) -> Part:
        depth = min(len(self._lists), DEEPEST_INDENT)
        margin = "▌ " * min(self._quotes, DEEPEST_INDENT) + INDENT * max(depth - 1, 0)
        if not self._lists:
            return margin, "$text-muted"
        if not self._begins_item:
            return margin + INDENT, "$text-muted"
        self._begins_item = False
        number = self._lists[-1]
        if number is None:
            return margin + "• ", "$text-primary"
        self._lists[-1] = number + 1
        return f"{margin}{number}. ", "$text-primary"

    def _code(self, token: Token) -> Iterator[Part | Content]:
        code = token.content.rstrip("\n")
        margin = INDENT * (min(len(self._lists), DEEPEST_INDENT) + 1)
        # The margin comes after the colours: to some lexers it would mean something.
        lines = coloured(code, token.info).split("\n", allow_blank=True)
        yield Content("\n").join([Content(margin) + line for line in lines])
        yield "\n\n", ""

    def _table(self) -> Iterator[Part]:
        rows, self._rows = self._rows, []
        columns = max(map(len, rows), default=0)
        rows = [row + [""] * (columns - len(row)) for row in rows]
        widths = [max(Content(row[column]).cell_length for row in rows) for column in range(columns)]
        for number, row in enumerate(rows):
            cells = [cell + " " * (width - Content(cell).cell_length) for cell, width in zip(row, widths, strict=True)]
            yield "   ".join(cells).rstrip() + "\n", "" if number else "bold"
            if number == 0:
                yield "   ".join("─" * width for width in widths) + "\n", "$text-muted"
        yield "\n", ""


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


def _plain(token: Token) -> str:
    return "".join(text for text, _ in _inline(token, ""))
