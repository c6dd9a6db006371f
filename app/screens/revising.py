"""Putting an earlier message back into the prompt: what is sent then takes its place, and the old one is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from learnchat.widgets.history import Entry

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.learning.transcripts.session import Utterance


def entry_of(said: Utterance) -> Entry:
    """A message that was sent, to be called back; what was pasted of it as far as that was written down."""
    # Not before the first paint.
    from learnchat.learning.hearing.own_words import kept_pastes

    return Entry(said.text, pasted=kept_pastes(said))


class Revising:
    """The message that is being written anew, if any.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._revised = ""

    @property
    def active(self) -> bool:
        """Whether what is sent next takes the place of a message."""
        return bool(self._revised)

    def begin(self, said: Utterance) -> None:
        """Put a message into the prompt."""
        self._revised = said.id
        entry = entry_of(said)
        pasted = entry.pasted or self._screen.prompt.sent(said.text).pasted
        self._screen.prompt.call_back(replace(entry, pasted=pasted))
        self._screen.show_hint("")
        self._screen.show_state("What you send takes its place · after esc it is a new message")
        self._screen.refresh_bindings()

    def cancel(self) -> None:
        """What is sent next is a new message after all."""
        if self._revised:
            self._revised = ""
            self._screen.show_state("")
            self._screen.refresh_bindings()

    async def apply(self) -> None:
        """A message is about to be sent: go to where it belongs."""
        revised, self._revised = self._revised, ""
        session = self._screen.session
        if revised and revised in session.branches:
            session.branches.tip = session.branches.parent(revised)
            await self._screen.past.show()
            self._screen.refresh_bindings()
