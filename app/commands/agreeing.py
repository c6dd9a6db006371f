"""What a command asks before it does what can't be had back by one word."""

from __future__ import annotations

import sys

from learnchat.app.printing import complain
from learnchat.learning.errors import LearnchatError


def agreed(question: str, otherwise: str = "") -> bool:
    """Whether somebody at the terminal types yes.

    Args:
        question: what is asked.
        otherwise: what is so without a yes: "Nothing was deleted".

    Raises:
        LearnchatError: nobody is there to be asked.
    """
    if not sys.stdin.isatty():
        unasked = f"{otherwise}: nobody" if otherwise else "Nobody"
        raise LearnchatError(f"{unasked} is here to be asked.", "`--yes` answers the question.")
    complain(f"{question} Type yes:")
    return sys.stdin.readline().strip().lower() == "yes"
