"""What is done to parsed Markdown before it is drawn: it is a model's text, and a model repeats what it read.

Imported with the parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from learnchat.learning.text import neutralise


def add_rules(parser: MarkdownIt) -> MarkdownIt:
    """Add the rules to a parser, after its own."""
    parser.core.ruler.push("learnchat", _make_plain)
    return parser


def _make_plain(state: StateCore) -> None:
    for token in state.tokens:
        if token.children:
            token.children = list(_plain(token.children))
        elif token.content and token.type not in ("fence", "code_block"):
            token.content = neutralise(token.content)


def _plain(children: Sequence[Token]) -> Iterator[Token]:
    """Inline text without what its character references hide, and each link with where it leads.

    `&#x202E;` is a bidi override only once it is parsed, and `[bank.example](https://evil.example)` names one place and
    leads to another.
    """
    target, shown = "", ""
    for token in children:
        if token.content:
            token.content = neutralise(token.content)
        if token.type == "link_open":
            target, shown = neutralise(str(token.attrGet("href") or "")), ""
        shown += token.content
        yield token
        if token.type == "link_close" and target and not _is_said(target, shown):
            yield Token("text", "", 0, content=f" ({target})", level=token.level)


def _is_said(target: str, shown: str) -> bool:
    """Whether the words of a link are where it leads."""
    bare = target.removeprefix("mailto:").partition("://")[2] or target.removeprefix("mailto:")
    said = shown.strip().partition("://")[2] or shown.strip()
    return said.rstrip("/") == bare.rstrip("/")
