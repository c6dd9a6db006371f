"""A yes or no that is asked for before something is done, in the plain chat."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from learnchat.app.plain.line_editor import read_line
from learnchat.app.plain.wrapping import say


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is to be asked, and what is done then."""

    question: str
    yes: Callable[[], Coroutine[Any, Any, None]]
    """What a yes does."""
    no: str
    """What is said to anything else."""


def agreed(question: str) -> bool:
    """Whether the answer, read from the terminal, is a yes."""
    try:
        return read_line(question).text.strip().lower() in ("y", "yes")
    except (EOFError, KeyboardInterrupt):
        say("")
        return False
