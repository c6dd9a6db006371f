"""What comes from the terminal, with pastes taken whole before Textual's parser sees them.

Textual 8.2.8 reads a paste letter by letter: an escape character in it loses or reorders text, and a terminal
without bracketed paste turns 100 KB into 100,000 key presses, each of which lays the prompt's line out anew (30 s for
20 KB, measured).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable

from textual import events
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.message import Message

from learnchat.app.terminal_background import ANSWER, is_dark
from learnchat.app.terminal_loss import LastingWriter, TerminalGone, hangup

PASTE_BEGINS = "\x1b[200~"
PASTE_ENDS = "\x1b[201~"
# Nobody types so many letters between two reads; what comes so fast was pasted in a terminal that does not say so.
BURST_CHARACTERS = 256
# The reads of one paste follow each other in less than a millisecond; this long without one, it has ended.
BURST_GAP_SECONDS = 0.05
# As long as Textual's reader waits for input; without a terminal it would not wait at all.
ROUND_SECONDS = 0.1


# The beginning of the terminal's answer about its background, where a read ends in the middle of it.
_TORN_ANSWER = re.compile(r"\x1b\]11;[0-9a-zA-Z:/]*\x1b?\Z")


class BackgroundSeen(Message):
    """The terminal has said what its background is like.

    Attributes:
        dark: whether it is dark.
    """

    def __init__(self, dark: bool) -> None:
        super().__init__()
        self.dark = dark


class InputParser(XTermParser):
    """Textual's parser of terminal input, which is given everything but pastes."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._paste: list[str] | None = None
        self._burst: list[str] = []
        self._burst_at = 0.0
        self._torn = ""
        self._is_gone = hangup()
        self._said_gone = False

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            yield from super().feed(data)
            return
        while data:
            if self._paste is None:
                typed, begins, data = data.partition(PASTE_BEGINS)
                yield from self._take_typed(typed)
                if begins:
                    self._paste = []
            else:
                # The end's mark may be torn between two reads: it is looked for with the end of the read before.
                before = self._paste.pop() if self._paste else ""
                text, ends, data = (before + data).partition(PASTE_ENDS)
                whole = len(text) - len(PASTE_ENDS)
                self._paste += [text] if ends or whole <= 0 else [text[:whole], text[whole:]]
                if ends:
                    pasted, self._paste = "".join(self._paste), None
                    yield events.Paste(pasted.replace("\x00", ""))

    def tick(self) -> Iterable[Message]:
        if self._burst and get_time() - self._burst_at >= BURST_GAP_SECONDS:
            yield from self.end_burst()
        yield from super().tick()
        if self._is_gone():
            if not self._said_gone:
                self._said_gone = True
                yield TerminalGone()
            time.sleep(ROUND_SECONDS)

    def _take_typed(self, typed: str) -> Iterable[Message]:
        if self._torn or "\x1b]11;" in typed:
            typed = self._torn + typed
            for answer in ANSWER.finditer(typed):
                yield BackgroundSeen(is_dark(answer))
            typed = ANSWER.sub("", typed)
            torn = _TORN_ANSWER.search(typed)
            self._torn = torn[0] if torn else ""
            typed = typed.removesuffix(self._torn)
            if not typed:
                return
        goes_on = self._burst and get_time() - self._burst_at < BURST_GAP_SECONDS
        if "\x1b" not in typed and (goes_on or len(typed) >= BURST_CHARACTERS):
            self._burst.append(typed)
            self._burst_at = get_time()
            return
        yield from self.end_burst()
        if typed:
            yield from super().feed(typed)

    def end_burst(self) -> Iterable[Message]:
        """What came so fast that it was pasted, where nothing more of it comes."""
        if self._burst:
            pasted = "".join(self._burst)
            self._burst.clear()
            yield events.Paste(pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))


def take_over_input(inline: bool = False) -> None:
    """Let Textual's driver of Linux and macOS read the terminal by this parser, and outlast it. Elsewhere: nothing.

    Args:
        inline: the driver for the chat below the shell's prompt, which is another one.
    """
    try:
        if inline:
            from textual.drivers import linux_inline_driver

            linux_inline_driver.XTermParser = InputParser  # type: ignore[attr-defined]
        else:
            from textual.drivers import linux_driver

            linux_driver.XTermParser = InputParser  # type: ignore[attr-defined]
            linux_driver.WriterThread = LastingWriter  # type: ignore[attr-defined]
    except ImportError:  # no termios: Windows
        return
