"""A reply on standard output, as it comes: Markdown drawn on a terminal, the text as it is in a pipe."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Protocol

from learnchat.app.plain.wrapping import wrapping
from learnchat.learning.text import neutralise

if TYPE_CHECKING:
    from rich.live import Live

# Rich renders all of the open block for each drawing; ten a second is as fast as anybody reads.
DRAW_SECONDS = 0.1
_FENCES = ("```", "~~~")


class Output(Protocol):
    """Where a reply goes."""

    def write(self, piece: str) -> None:
        """The next piece of the reply."""

    def finish(self) -> None:
        """The reply has ended, or was broken off."""


class PlainOutput:
    """The text as it comes; on a terminal lines end between words."""

    def __init__(self) -> None:
        self._ends_line = True
        self._wrapping = wrapping()

    def write(self, piece: str) -> None:
        text = neutralise(piece)
        self._print(text if self._wrapping is None else self._wrapping.feed(text))

    def _print(self, text: str) -> None:
        if text:
            sys.stdout.write(text)
            sys.stdout.flush()
            self._ends_line = text.endswith("\n")

    def finish(self) -> None:
        if self._wrapping is not None:
            self._print(self._wrapping.end())
        if not self._ends_line:
            sys.stdout.write("\n")
            self._ends_line = True
        sys.stdout.flush()


class MarkdownOutput:
    """Markdown, drawn block by block: a block that is complete is printed for good, the open one is drawn anew.

    What is longer than the screen is cut in the open block only, and is whole once it is complete.
    """

    def __init__(self) -> None:
        # 60 ms, and only for eyes.
        from rich.console import Console

        self._console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
        self._open = ""
        self._live: Live | None = None
        self._drawn_at = float("-inf")

    def write(self, piece: str) -> None:
        self._open += neutralise(piece)
        complete = complete_blocks(self._open)
        if complete:
            self._stop()
            self.print(self._open[:complete])
            self._open = self._open[complete:]
        now = time.monotonic()
        if self._open.strip() and now - self._drawn_at >= DRAW_SECONDS:
            self._draw()
            self._drawn_at = now

    def finish(self) -> None:
        self._stop()
        if self._open.strip():
            self.print(self._open)
        self._open = ""
        sys.stdout.flush()

    def print(self, text: str) -> None:
        """Print what is complete, and an empty line below it."""
        from rich.markdown import Markdown

        self._console.print(Markdown(neutralise(text), hyperlinks=False))
        self._console.print()

    def _draw(self) -> None:
        from rich.live import Live
        from rich.markdown import Markdown

        if self._live is None:
            self._live = Live(console=self._console, auto_refresh=False, transient=True, vertical_overflow="crop")
            self._live.start()
        self._live.update(Markdown(self._open, hyperlinks=False), refresh=True)

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


def open_output() -> Output:
    """Markdown where standard output is a terminal that can draw it, else the text as it is."""
    return MarkdownOutput() if _draws() else PlainOutput()


def _draws() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def print_whole(text: str) -> None:
    """A reply that came before, and an empty line below it."""
    if _draws():
        MarkdownOutput().print(text)
    else:
        output = PlainOutput()
        output.write(text)
        output.finish()
        sys.stdout.write("\n")


def complete_blocks(text: str) -> int:
    """How many characters of some Markdown are blocks that nothing which follows can change.

    A block ends at an empty line outside of a code block. A list goes on over an empty line; drawn in two parts its
    numbers stay, because they stand in the text.
    """
    complete = at = 0
    fence = ""
    for line in text.splitlines(keepends=True):
        at += len(line)
        words = line.strip()
        if fence:
            if words.startswith(fence) and not words.strip(fence[0]):
                fence = ""
        elif words.startswith(_FENCES):
            fence = words[:3]
        elif not words and line.endswith("\n"):
            complete = at
    return complete
