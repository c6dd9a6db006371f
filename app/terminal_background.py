"""Whether the terminal is dark or light: it is asked while the program still loads, and nobody waits for the answer.

OSC 11 is xterm's question for the colour of the background (invisible-island.net/xterm/ctlseqs, "Operating System
Commands"). Most terminals answer within milliseconds, so the answer is there before the first paint; one that comes
later, from another machine say, is taken when it comes. Some do not answer: then the variable COLORFGBG that a few of
them set is looked at.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from learnchat.app.terminal_modes import mended

QUESTION = "\x1b]11;?\x1b\\"
ANSWER = re.compile(r"\x1b\]11;rgba?:([0-9a-fA-F]+)/([0-9a-fA-F]+)/([0-9a-fA-F]+)[^\x07\x1b]*(?:\x07|\x1b\\)")
# These have no such question, and may print it.
_MUTE = ("", "dumb", "linux", "unknown")
# The luma of ITU-R BT.601: green looks brightest.
_RED, _GREEN, _BLUE = 0.299, 0.587, 0.114
# So much is read at once, of an answer of some 25 bytes and of what is typed while the program loads.
_READ_BYTES = 4096


@dataclass(slots=True)
class Beginning:
    """What was learned of the terminal before there is a screen."""

    dark: bool | None = None
    """Whether its background is dark; None where it is not known."""
    typed: str = ""
    """What was typed meanwhile, and was read together with the answer."""
    attributes: list[Any] | None = field(default=None, repr=False)
    """How the terminal took keys before it was asked, or should have: to be put back. None where none was changed."""

    def put_back(self) -> None:
        """Let the terminal take keys as it did before."""
        if self.attributes is not None:
            import termios

            # The terminal may be gone by now: its window was closed.
            with suppress(termios.error):
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, self.attributes)


def ask(environment: Mapping[str, str]) -> Beginning:
    """Ask the terminal; until `put_back` it shows nothing of what is typed, so that the answer is not shown either."""
    if environment.get("TERM", "") in _MUTE:
        return Beginning()
    try:
        import termios
    except ImportError:  # Windows
        return Beginning()
    descriptor = sys.stdin.fileno()
    try:
        attributes = mended(termios.tcgetattr(descriptor))
        silent = termios.tcgetattr(descriptor)
        # Enter stays Enter, as it will be once the screen is there.
        silent[0] &= ~termios.ICRNL
        silent[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(descriptor, termios.TCSANOW, silent)
    except termios.error:
        return Beginning()
    sys.stderr.write(QUESTION)
    sys.stderr.flush()
    return Beginning(attributes=attributes)


def look(beginning: Beginning, environment: Mapping[str, str]) -> None:
    """Take the answer where it has come, and what was typed; nobody waits."""
    came = b""
    if beginning.attributes is not None:
        descriptor = sys.stdin.fileno()
        while select.select([descriptor], [], [], 0)[0] and (read := os.read(descriptor, _READ_BYTES)):
            came += read
    text = came.decode("utf-8", "replace")
    answer = ANSWER.search(text)
    beginning.typed = ANSWER.sub("", text)
    beginning.dark = is_dark(answer) if answer is not None else told_by(environment)


def is_dark(answer: re.Match[str]) -> bool:
    """Whether the colour in an answer is a dark one. Its parts have one to four digits each."""
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in answer.groups())
    return bool(_RED * red + _GREEN * green + _BLUE * blue < 0.5)


def told_by(environment: Mapping[str, str]) -> bool | None:
    """What COLORFGBG says, "15;0" say: the last number is the background's, of the 16 colours of old.

    White (15) and light grey (7) are light; 8 to 14 are no one's background.
    """
    number = environment.get("COLORFGBG", "").rpartition(";")[2]
    return number not in ("7", "15") if number.isdecimal() else None
