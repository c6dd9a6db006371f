"""Reading what is typed into the plain chat, and what of it was pasted.

Where the platform's line editor is GNU readline, the terminal is asked to mark pastes (mode 2004). So a paste of
several lines is one message, and is known for one. The editor tells nobody where it put a paste: what the mark runs
leaves a character before it that no eye sees. Where a paste ends it can't tell: what follows it until Enter counts as
pasted. While a reply comes nothing is marked, and a paste is as if its lines had been typed ahead.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.learning.text import neutralise

if TYPE_CHECKING:
    from learnchat.learning.transcripts.session import Utterance

# Word joiner: it has no width, and `neutralise` leaves none in what is kept.
MARK = "\u2060"
# Terminals that would show the code that asks for marks. An empty TERM is nobody's.
_MUTE = ("", "dumb", "unknown")
# The first version of readline that keeps the lines of a paste together by itself.
_LEAST_VERSION = 0x0801
# The highlight of what was just pasted is left out: the plain chat has no colours.
_MARKING = (
    "set enable-bracketed-paste on",
    "set enable-active-region off",
    r'"\C-x\C-]": bracketed-paste-begin',
    rf'"\e[200~": "{MARK}\C-x\C-]"',
)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written in answer to a prompt."""

    text: str
    pasted: tuple[str, ...] = ()
    """What of it is somebody else's words: long pastes."""
    typed: bool = True
    """Whether all of it was typed."""


def prepare_editor(earlier: Iterable[Utterance]) -> None:
    """Have pastes marked where that can be, and let the Up key bring earlier messages back, oldest first.

    Where pastes can't be marked, one comes a line at a time, as if it were typed: so nothing comes back that was one.
    """
    if not sys.stdin.isatty():
        return
    with contextlib.suppress(ImportError):
        import readline

        marking = _can_mark(getattr(readline, "_READLINE_RUNTIME_VERSION", 0), readline.__doc__ or "")
        for line in _MARKING if marking else ("set enable-bracketed-paste off",):
            readline.parse_and_bind(line)
        for said in earlier:
            message = _marked(said)
            if marking or (message == said.text and "\n" not in message):
                readline.add_history(message)


def read_written(prompt: str, more: str) -> Written:
    """One message: a line, and what follows it as long as lines end with a backslash.

    Args:
        prompt: what stands before the line.
        more: what stands before those that follow.

    Raises:
        EOFError: there is no more.
    """
    parts = [read_line(prompt)]
    while parts[-1].text.endswith("\\"):
        parts.append(read_line(more))
    lines = [part.text.removesuffix("\\") for part in parts[:-1]] + [parts[-1].text]
    pasted = tuple(paste for part in parts for paste in part.pasted)
    return Written("\n".join(lines), pasted, all(part.typed for part in parts))


def read_line(prompt: str) -> Written:
    """What is written until Enter.

    Raises:
        EOFError: there is no more.
    """
    from learnchat.widgets.paste_label import is_foreign

    typed, *pastes = input(prompt).split(MARK)
    pastes = [neutralise(paste) for paste in pastes]
    return Written(typed + "".join(pastes), tuple(filter(is_foreign, pastes)), not any(pastes))


def _can_mark(version: int, editor: str) -> bool:
    encoding = (sys.stdin.encoding or "").lower().replace("-", "")
    return (
        version >= _LEAST_VERSION
        and "libedit" not in editor
        and encoding == "utf8"
        and sys.stdout.isatty()
        and os.environ.get("TERM", "") not in _MUTE
    )


def _marked(said: Utterance) -> str:
    """A message as it would have been read, with a mark before each paste."""
    from learnchat.learning.hearing.own_words import kept_spans

    text = said.text
    for start, _ in reversed(kept_spans(said.facts.get("pasted"), text)):
        text = text[:start] + MARK + text[start:]
    return text
