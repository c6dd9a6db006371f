"""Ctrl+C, and leaving: a draft is never lost, and what was begun is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from learnchat.app.keymap import shown_key

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen

# A second press of Ctrl+C in this time leaves; one alone only clears the draft or stops the reply.
QUIT_SECONDS = 2.0


class Leaving:
    """What Ctrl+C does on the chat screen, and how it is left."""

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._interrupted_at = float("-inf")
        self._cleared = ""
        self._left = False

    def sent(self) -> None:
        """A message was sent: a draft that was cleared before it is not one any more."""
        self._cleared = ""

    def interrupt(self) -> None:
        """Ctrl+C with nothing selected: clears the draft, or stops the reply; pressed again, leaves."""
        screen = self._screen
        now = screen.clock.monotonic()
        again = now - self._interrupted_at <= QUIT_SECONDS
        self._interrupted_at = now
        key = shown_key(screen.learnchat.key_of("chat.quit"))
        if again:
            self.leave()
        elif screen.prompt.draft:
            self._cleared = screen.prompt.draft
            screen.prompt.clear_to_history()
            screen.show_hint(f"Up brings the draft back · {key} again leaves")
        elif screen.replies.active:
            screen.replies.stop()
            screen.show_hint(f"Stopped · {key} again leaves")
        else:
            screen.show_hint(f"{key} again leaves")

    def leave(self) -> None:
        """Close the program: what came of a reply is recorded, a draft is kept, what was begun is written."""
        if not self._left:
            self._left = True
            self._screen.show_hint("Saving…")
            self._screen.start(self._leave(self._screen.prompt.draft or self._cleared))

    async def _leave(self, draft: str) -> None:
        from learnchat.app.opening import keep_draft

        self._screen.replies.stop()
        try:
            if draft.strip():
                await self._screen.engine.call(keep_draft, draft)
            await asyncio.to_thread(self._screen.engine.close)
        finally:
            self._screen.app.exit()
