"""Messages that were sent while a reply comes: they wait for it, in sight, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.widgets.history import Entry, joined
from learnchat.widgets.reply import Reply
from learnchat.widgets.waiting import Waiting

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen

HINT = "Sent when this reply is complete. Up takes the last back, esc all."


class Queue:
    """What waits for a reply to end.

    Args:
        screen: the chat.
        rows: where it is shown.
    """

    def __init__(self, screen: ChatScreen, rows: Waiting) -> None:
        self._screen = screen
        self._rows = rows
        self._held: list[Entry] = []

    @property
    def unsent(self) -> Entry:
        """All that was written and not sent: what waits, and the draft."""
        return joined(self._unsent())

    def _unsent(self) -> list[Entry]:
        return [*self._held, *([self._screen.prompt.entry()] if self._screen.prompt.text else [])]

    @property
    def waits(self) -> bool:
        """Whether a message waits."""
        return bool(self._held)

    def hold(self, text: str) -> bool:
        """Keep a message until the reply that comes has come; False where none comes."""
        if not self._screen.replies.active:
            return False
        self._held.append(self._screen.prompt.sent(text))
        self._show()
        return True

    def release(self) -> None:
        """The reply has ended: send what waited first."""
        replies = self._screen.conversation.query_children(Reply)
        if replies and replies.last().has_class("-failed"):
            # What failed once would fail again, and the user may want to say something else now.
            self.take_back()
        elif self._held and not self._screen.replies.active:
            entry = self._held.pop(0)
            self._show()
            self._screen.send(entry.text.strip())

    def take_back(self) -> None:
        """Put all that waits back into the prompt, before what is written there."""
        if self._held:
            entry = joined(self._unsent())
            self._held.clear()
            self._show()
            self._screen.prompt.call_back(entry)

    def take_back_last(self) -> bool:
        """Put what waits last back into an empty prompt; False where there is none, or something is written."""
        if not self._held or self._screen.prompt.text:
            return False
        self._screen.prompt.call_back(self._held.pop())
        self._show()
        return True

    def _show(self) -> None:
        self._rows.show([entry.shown or entry.text for entry in self._held], HINT)
        self._screen.leaving.changed(self._screen.prompt.text)
