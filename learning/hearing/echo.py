"""What was said to the user in a session: replies, and what was recalled for them. A message that repeats it, quoted or
pasted, says nothing of the user's own, so nothing is learned from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque

# Fewer words than this are said by anybody: "use server-side rendering" may be the user's choice of what was offered.
SHORTEST_WORDS = 5
# The last replies of a long day. What is older is hardly pasted, and would be kept in memory for nothing.
KEPT_CHARACTERS = 500_000

_WORD = re.compile(r"[^\W_]+")


class Echo:
    """Texts that were said to the user."""

    def __init__(self) -> None:
        self._texts: deque[str] = deque()
        self._characters = 0

    def said(self, text: str) -> None:
        """Note what was said."""
        words = _words(text)
        self._texts.append(words)
        self._characters += len(words)
        while len(self._texts) > 1 and self._characters > KEPT_CHARACTERS:
            self._characters -= len(self._texts.popleft())

    def repeats(self, quote: str, context: str = "") -> bool:
        """Whether some words were said to the user just so; case, marks and line ends aside.

        Args:
            quote: the user's words.
            context: the end of the text before the message, which may be of an earlier session.
        """
        words = _words(quote)
        if words.count(" ") - 1 < SHORTEST_WORDS:
            return False
        return any(words in text for text in self._texts) or bool(context and words in _words(context))


def _words(text: str) -> str:
    """The words of a text between single blanks, one before and one behind."""
    return f" {' '.join(_WORD.findall(unicodedata.normalize('NFKC', text).casefold()))} "
