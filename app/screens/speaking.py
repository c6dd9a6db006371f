"""A screen with work in the background, and a conversation in which learnchat itself can say something."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from textual.widget import MountError
from textual.worker import Worker, WorkerState

from learnchat.app.screens.attentive import AttentiveScreen
from learnchat.widgets.conversation import Conversation


class SpeakingScreen(AttentiveScreen):
    """Says sentences in its conversation, and tells there when work in the background has failed."""

    conversation: Conversation
    """Where it is said; there from the time it is mounted."""

    def say(self, sentence: str, hint: str = "") -> None:
        """Put learnchat's own words into the conversation: plain text, never markup."""
        self.call_later(self._add_note, f"{sentence} {hint}".rstrip(), seen=False)

    def tell(self, sentence: str, hint: str = "") -> None:
        """The same as an answer to what the user has just asked for: whoever reads further up is taken to it."""
        self.call_later(self._add_note, f"{sentence} {hint}".rstrip(), seen=True)

    async def _add_note(self, text: str, *, seen: bool) -> None:
        try:
            if self.conversation.is_attached:
                await self.conversation.add_note(text, seen=seen)
        except MountError:
            # The program has begun to close meanwhile.
            if self.conversation.is_attached:
                raise

    def start(self, work: Coroutine[Any, Any, None]) -> Worker[None]:
        """Run something in the background; its failure is told, and closes nothing."""
        return self.run_worker(work, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            from learnchat.app.logs import log_failure

            error = event.worker.error
            log_failure(error)
            self.say(
                f"Something went wrong inside learnchat ({type(error).__name__}: {error}). The chat goes on.",
                "`learnchat locate` names the log.",
            )
