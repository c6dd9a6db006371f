"""The code blocks of a reply, as they are copied and saved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced or indented block."""

    language: str
    """What stands behind the fence; empty where nothing does."""
    text: str


def code_blocks(markdown: str) -> list[CodeBlock]:
    """The blocks of a text in their order, those in lists and quotes too."""
    from learnchat.widgets.typeset import parser  # the parser: 30 ms

    return [
        CodeBlock(token.info.strip().partition(" ")[0], token.content)
        for token in parser().parse(markdown)
        if token.type in ("fence", "code_block")
    ]
