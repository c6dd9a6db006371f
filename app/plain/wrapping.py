"""Lines of a terminal that end between words: the terminal itself breaks them in the middle of one."""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata

from learnchat.app import printing

_TOKEN = re.compile(r"\n|[^\S\n]+|\S+")
_FENCES = ("```", "~~~")
# Cells. A longer one is broken by the terminal, where it comes in pieces.
LONGEST_WORD = 24


class Wrapping:
    """Text that comes in pieces, broken between words. Blocks of code stay as they are, for copying.

    Args:
        width: of the terminal, in cells.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._column = 0
        self._held = self._space = ""
        self._in_code = False

    def feed(self, piece: str) -> str:
        """What can be printed now: a word whose end has not come waits only where it may not fit."""
        *tokens, last = _TOKEN.findall(self._held + piece) or [""]
        placed = "".join(map(self._placed, tokens))
        self._held = "" if last.isspace() or self._surely_fits(last) else last
        return placed + (self._placed(last) if last and not self._held else "")

    def _surely_fits(self, word: str) -> bool:
        if self._column == 0:
            return not any(fence.startswith(word) for fence in _FENCES)
        # Without a blank before it, it goes on with a word of which the beginning is printed.
        goes_on = not self._space or self._in_code
        # What fits nowhere is put on a line of its own, however it goes on.
        length = cells(self._space + word)
        return goes_on or length > self._width or self._column + length + LONGEST_WORD <= self._width

    def end(self) -> str:
        """What still waited: nothing more comes."""
        held, self._held = self._held, ""
        return self._placed(held) if held else ""

    def _placed(self, token: str) -> str:
        if token == "\n":
            self._column, self._space = 0, ""
            return token
        if token.isspace():
            self._space += token
            return ""
        space, self._space = self._space, ""
        if self._column == 0 and token.startswith(_FENCES):
            self._in_code = not self._in_code
        if space and self._column and not self._in_code and self._column + cells(space + token) > self._width:
            space, before = "", "\n"
            self._column = 0
        else:
            before = ""
        self._column += cells(space + token)
        return before + space + token


def cells(text: str) -> int:
    """How wide a text is drawn."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF") for each in text)


def wrapping() -> Wrapping | None:
    """For standard output as it is now; None where it is no terminal, and lines are wanted as they are."""
    return Wrapping(shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def say(text: str) -> None:
    """A sentence of learnchat's own, or several, on standard output."""
    wrapped = wrapping()
    printing.say(text if wrapped is None else wrapped.feed(text) + wrapped.end())
