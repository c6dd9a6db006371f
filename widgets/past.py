"""Messages of a session that is gone on with: not said now, but shown as if."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from textual.content import Content

from learnchat.learning.text import one_line
from learnchat.widgets.earlier import GUESSED_ROW, Entry
from learnchat.widgets.message import UserMessage, is_long, user_lines
from learnchat.widgets.reply import Reply, reply_lines


@dataclass(frozen=True, slots=True)
class PastMessage:
    """What was said before.

    Attributes:
        role: "user" or "assistant".
        text: as it was said.
        name: the model's, of a reply.
        state: what is said behind the name: "stopped".
        attached: what went along with a message of the user's, in a line.
    """

    role: str
    text: str
    name: str = ""
    state: str = ""
    attached: str = ""


def past_entry(message: PastMessage) -> Entry:
    """It among what was said earlier: nothing of it is set before it is in view."""
    guess = len(message.text) // GUESSED_ROW + message.text.count("\n") + 2
    if message.role == "user":
        lines = partial(user_lines, message.text, message.attached)
        whole = partial(lines, whole=True) if is_long(message.text) else None
        return Entry(lines, UserMessage.MARK, "UserMessage", guess, other=whole)
    foot = " · ".join(filter(None, [one_line(message.name), one_line(message.state)]))
    lines = partial(reply_lines, message.text, Content.styled(foot, "$text-muted"))
    return Entry(lines, "", Reply.__name__, guess + 1)
