"""What `learnchat ask` is asked: by its words, by a pipe, or by words about what comes by a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from learnchat.app.exit_codes import UsageError
from learnchat.app.standard_input import standard_input

if TYPE_CHECKING:
    from learnchat.app.attachments.reading import Item

# More than any model reads at once; whatever comes beyond it by a pipe was meant for something else.
INPUT_LIMIT = 4_000_000


def read_question(words: list[str]) -> tuple[str, Item | None]:
    """The question, and what came by a pipe beside it.

    Raises:
        UsageError: there is no question, or far too much by the pipe.
    """
    from learnchat.app.attachments.reading import Item, as_text

    question = "" if words == ["-"] else " ".join(words).strip()
    if not question and sys.stdin.isatty():
        raise UsageError("What is the question?", 'learnchat ask "how do we deploy?"')
    came = b"" if sys.stdin.isatty() else standard_input().read(INPUT_LIMIT + 1)
    if len(came) > INPUT_LIMIT:
        raise UsageError(f"More than {INPUT_LIMIT:,} bytes came by standard input.", "No model reads so much at once.")
    data = as_text(came)
    if data is None:
        raise UsageError("Standard input is binary: only text can go along.")
    if not question:
        if not data.strip():
            raise UsageError("Standard input is empty: there is no question.")
        return data.strip(), None
    if not data.strip():
        return question, None
    return question, Item("standard input", "input", len(came), text=data)
