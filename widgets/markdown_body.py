"""The Markdown widget as learnchat uses it. Imported at the first reply: it costs about 70 ms."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Markdown
from textual.widgets._markdown import (
    MarkdownBlock,
    MarkdownBlockQuote,
    MarkdownBulletList,
    MarkdownFence,
    MarkdownOrderedList,
    MarkdownTable,
    MarkdownTableContent,
)

from learnchat.widgets.typeset import coloured, parser


class Complete:
    """A block that came in whole. The Markdown widget would set the last one anew whenever another is appended."""

    async def _update_from_block(self, block: MarkdownBlock) -> None:
        return


class Fence(Complete, MarkdownFence):
    """Code, in colours that can be read in every theme."""

    @classmethod
    def highlight(cls, code: str, language: str, ansi: bool = False, dark: bool = False) -> Content:
        return coloured(code, language)


class TableContent(MarkdownTableContent):
    """Cells without tooltips: a tooltip reads its text as markup, and a cell with `[/etc]` would end the program."""

    def compose(self) -> ComposeResult:
        for cell in super().compose():
            cell.tooltip = None
            yield cell


class Table(Complete, MarkdownTable):
    """A table of such cells."""

    def compose(self) -> ComposeResult:
        yield TableContent(*self._get_headers_and_rows())


class BulletList(Complete, MarkdownBulletList):
    """A list with bullets."""


class OrderedList(Complete, MarkdownOrderedList):
    """A list with numbers."""


class Quote(Complete, MarkdownBlockQuote):
    """Text that is quoted."""


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
    BLOCKS = {
        **Markdown.BLOCKS,
        "fence": Fence,
        "code_block": Fence,
        "table_open": Table,
        "bullet_list_open": BulletList,
        "ordered_list_open": OrderedList,
        "blockquote_open": Quote,
    }

    def __init__(self) -> None:
        super().__init__(parser_factory=parser, open_links=False)
