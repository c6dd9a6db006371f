"""What `learnchat doctor` says of the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping

from learnchat.app.health import Finding, State
from learnchat.app.terminal_modes import was_left_raw


def terminal(environment: Mapping[str, str]) -> Iterator[Finding]:
    """What the chat would be drawn on."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        yield Finding("terminal", State.NOTE, "This is a pipe: the chat needs a terminal.")
        return
    term = environment.get("TERM", "")
    size = shutil.get_terminal_size()
    colour = environment.get("COLORTERM") or "no COLORTERM: 256 colours at most"
    outer = next((name for name, mark in (("tmux", "TMUX"), ("screen", "STY")) if environment.get(mark)), "")
    sentence = f"{term or 'no TERM'}, {size.columns}x{size.lines}, {colour}{f', in {outer}' if outer else ''}"
    if term == "dumb":
        yield Finding("terminal", State.NOTE, f"{sentence}: the chat comes in lines of text, as by --plain")
    elif not term:
        yield Finding("terminal", State.WRONG, f"{sentence}: set TERM to what your terminal is, such as xterm-256color")
    elif size.columns < 80 or size.lines < 24:
        yield Finding("terminal", State.NOTE, f"{sentence}: it is made for 80x24 and more")
    else:
        yield Finding("terminal", State.OK, sentence)
    if was_left_raw(sys.stdin.fileno()):
        yield Finding("terminal", State.WRONG, "a program that was killed left it without echo: type `reset`")
    if outer == "tmux":
        yield Finding(
            "tmux",
            State.NOTE,
            "`set -g focus-events on` in tmux.conf lets a toast's countdown stand still while you are elsewhere.",
        )
