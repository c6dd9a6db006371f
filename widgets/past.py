"""Messages of a session that is gone on with: not said now, but shown as if."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from textual.content import Content

from learnchat.learning.text import one_line
from learnchat.widgets.earlier import GUESSED_ROW
from learnchat.widgets.ended import EndedReply, reply_lines
from learnchat.widgets.message import UserMessage, user_lines
from learnchat.widgets.reply import Reply
from learnchat.widgets.views import SHOWN_LINES, Entry, View, is_long


@dataclass(frozen=True, slots=True)
class PastMessage:
    """What was said before.

    Attributes:
        role: "user" or "assistant".
        text: as it was said.
        name: the model's, of a reply.
        state: what is said behind the name: "stopped".
        attached: what went along with a message of the user's, in a line.
        thought: what the model thought aloud before a reply.
        seconds: how long that took.
    """

    role: str
    text: str
    name: str = ""
    state: str = ""
    attached: str = ""
    thought: str = ""
    seconds: int = 0


def past_entry(message: PastMessage) -> Entry:
    """It among what was said earlier: nothing of it is set before it is in view."""
    guess = len(message.text) // GUESSED_ROW + message.text.count("\n") + 2
    long = is_long(message.text)
    if message.role == "user":
        guess = min(guess, SHOWN_LINES) if long else guess
        lines = partial(user_lines, message.text, message.attached)
        return Entry(lines, UserMessage.MARK, "UserMessage", guess, view=View(folded=long), long=long)
    facts = tuple(Content(one_line(fact)) for fact in (message.name, message.state) if fact)
    reply = EndedReply(message.text, facts, thought=message.thought, seconds=message.seconds)
    return Entry(
        partial(reply_lines, reply), "", Reply.__name__, guess + 1, long=long, thoughtful=bool(message.thought)
    )
