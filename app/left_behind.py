"""What `--inline` leaves in the terminal: what was said in this run, printed as `learnchat ask` prints replies.

The chat's own rows are gone when it is left. Whoever opens it below the shell's prompt wants to scroll back to what was
said, and to copy from it, as from every other command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from learnchat.learning.transcripts.branches import Branches
from learnchat.learning.transcripts.session import Utterance

# Some screens of text. Of a longer conversation the end is printed; the last exchange always.
MOST_CHARACTERS = 20_000
# Of a message of the user's: whoever pasted a log does not want it again.
MOST_LINES = 12
MARK, MARGIN = "› ", "  "


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A conversation that has been left."""

    branches: Branches
    """All that was said in it; a reply that was stopped by leaving is there once the chat has ended."""
    opened: datetime
    """When the run began."""
    session: str
    """By which name all of it can be read; empty where it was written nowhere."""

    def said(self) -> list[Utterance]:
        """What was said in this run, in order. What was just said has no time of its own yet."""
        return [each for each in self.branches.path() if each.at is None or each.at >= self.opened]


def print_left_behind(left: LeftBehind) -> None:
    """Print it on standard output."""
    from learnchat.app.plain.output import print_whole
    from learnchat.app.printing import say

    said = left.said()
    shown = _last(said)
    if before := len(said) - len(shown):
        where = f": learnchat sessions show {left.session}" if left.session else ""
        say(f"… {before:,} message{'' if before == 1 else 's'} before{where}\n")
    for each in shown:
        if each.role == "user":
            say(f"{_asked(each.text)}\n")
        else:
            print_whole(each.text)
            if each.facts.get("stopped"):
                say("(stopped)\n")


def _last(said: Sequence[Utterance]) -> Sequence[Utterance]:
    """The last exchange, and as many before it as there is room for."""
    questions = [place for place, each in enumerate(said) if each.role == "user"]
    fitting = [place for place in questions if sum(len(each.text) for each in said[place:]) <= MOST_CHARACTERS]
    return said[min((*fitting, *questions[-1:]), default=0) :]


def _asked(text: str) -> str:
    """A message of the user's, with its mark; of a long one the beginning."""
    lines = text.splitlines()
    shown = lines[:MOST_LINES] + ([f"… {len(lines):,} lines in all"] if len(lines) > MOST_LINES else [])
    return MARK + f"\n{MARGIN}".join(shown)
