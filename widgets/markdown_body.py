"""The Markdown widget as learnchat uses it. Imported at the first reply: it costs about 70 ms."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Markdown
from textual.widgets._markdown import MarkdownFence, MarkdownTable, MarkdownTableContent

from learnchat.widgets.typeset import coloured, parser


class Fence(MarkdownFence):
    """Code. Without a named language it is plain text: guessing one loads every lexer, for most of a second."""

    @classmethod
    def highlight(cls, code: str, language: str, ansi: bool = False, dark: bool = False) -> Content:
        return coloured(code, language)


class TableContent(MarkdownTableContent):
    """Cells without tooltips: a tooltip reads its text as markup, and a cell with `[/etc]` would end the program."""

    def compose(self) -> ComposeResult:
        for cell in super().compose():
            cell.tooltip = None
            yield cell


class Table(MarkdownTable):
    """A table of such cells."""

    def compose(self) -> ComposeResult:
        self._headers, self._rows = self._get_headers_and_rows()
        yield TableContent(self._headers, self._rows)


class MarkdownBody(Markdown):
    """What is complete of a reply. It opens no links, and shows HTML as the text that it is."""

    DEFAULT_CSS = """
    MarkdownBody {
        padding: 0;

        MarkdownHeader, MarkdownHorizontalRule { margin: 0 0 1 0; }
        MarkdownHeader { content-align: left middle; }
        MarkdownTable { &, &:light { background: transparent; } }
        MarkdownTableContent { keyline: thin $border-blurred; }

        MarkdownFence {
            margin: 0 0 1 0;
            &, &:light { background: $panel; color: $foreground; }
            & > Label { width: 100%; padding: 0 2; }
        }

        MarkdownBlockQuote {
            margin: 0 0 1 0;
            padding: 0 1;
            background: transparent;
            border-left: outer $foreground-muted;
        }

        MarkdownBlock {
            &:dark > .code_inline, &:light > .code_inline { background: $panel; color: $text-accent; }
        }
    }
    """
    BLOCKS = {**Markdown.BLOCKS, "fence": Fence, "code_block": Fence, "table_open": Table}

    def __init__(self) -> None:
        super().__init__(parser_factory=parser, open_links=False)
