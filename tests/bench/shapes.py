"""Replies of several shapes, for the benches: what a model might write, the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count

_TOKEN = re.compile(r"\s*\S{1,5}|\s+")
_TEXT = "the model reads each line in turn and keeps what it needs so that a later step can use it without asking again"
_WORDS = _TEXT.split()


def tokens_of(text: str) -> list[str]:
    """A text in pieces of a few characters, as it would come."""
    return _TOKEN.findall(text)


def mixed(tokens: int) -> str:
    """Markdown of all kinds, of about so many tokens."""
    return _text(map(_piece, count()), tokens)


def _sentence(number: int, words: int) -> str:
    return " ".join(_WORDS[(number * 7 + place) % len(_WORDS)] for place in range(words))


def _piece(number: int) -> str:
    return (
        f"## {number}. Notes\n\nIn **step {number}** {_sentence(number, 24)}, *not* `word_{number}`.\n\n",
        f"- first, {_sentence(number, 9)}\n- second, **bold**\n  - nested `next_{number}()`\n- [a guide](https://a.b/c)\n\n",
        f"| item | count |\n|------|------:|\n| {_sentence(number, 4)} | {number} |\n| total | *{number * 3}* |\n\n",
        f"```python\ndef add_{number}(items: list[int]) -> int:\n    return sum(items) * {number}  # all\n```\n\n",
        f"1. {_sentence(number, 9)}\n2. then again\n\n> {_sentence(number, 20)}\n\n",
    )[number % 5]


def _text(pieces: Iterator[str], tokens: int) -> str:
    text = ""
    for piece in pieces:
        text += piece
        if len(tokens_of(text)) >= tokens:
            return text
    return text


def _function(number: int) -> str:
    return f"def f{number}(x):  # {_sentence(number, 3)}\n    return x\n"


SHAPES: dict[str, Callable[[], str]] = {
    "mixed Markdown": lambda: mixed(4000),
    "a list of 140 items": lambda: "".join(f"- item {each}: {_sentence(each, 12)}\n" for each in range(140)),
    "a code block of 3,000 tokens": lambda: f"```python\n{_text(map(_function, count()), 3000)}```\n",
    "a table of 150 rows": lambda: (
        "| a | b | c |\n|---|---|---|\n" + "".join(f"| {each} | {_sentence(each, 5)} | `x` |\n" for each in range(150))
    ),
}
"""What a reply may be: its name, and what makes its text."""
