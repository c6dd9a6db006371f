"""What a model wrote, without the marks of Markdown: for a line in a list, where they are only in the way."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^[ \t]{0,40}(?:```|~~~).*$", re.MULTILINE)
_HEAD = re.compile(r"^[ \t]{0,40}(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE)
# Below the head of a table, or between paragraphs.
_RULE = re.compile(r"^[|: \t*_-]{3,}$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]{0,40}[-*+][ \t]+", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\]\n]{1,200})\]\([^)\s]{0,2000}\)")
# Not of words with underscores, which are names of Python's.
_STRONG = re.compile(r"\*\*(?=\S)([^*\n]{1,400})(?<=\S)\*\*")
_CODE = re.compile(r"`([^`\n]{1,400})`")


def unmarked(text: str) -> str:
    """The words of a text in Markdown; blocks of code stay as they are, without their fences."""
    parts = _FENCE.split(text)
    # Every second one stands between two fences.
    return "\n".join(part if number % 2 else _words(part) for number, part in enumerate(parts))


def _words(text: str) -> str:
    text = _ITEM.sub("• ", _HEAD.sub("", _RULE.sub("", text)))
    return _CODE.sub(r"\1", _STRONG.sub(r"\1", _LINK.sub(r"\1", text)))
