"""Ctrl+C, and leaving: a draft is never lost, and what was begun is written."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING

from textual.timer import Timer

from learnchat.app.keymap import shown_key
from learnchat.widgets.history import EMPTY, Entry

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen

# A second press of Ctrl+C in this time leaves; one alone only clears the draft or stops the reply.
QUIT_SECONDS = 2.0
# A message is made ready in milliseconds; longer takes only one about which the user is being asked.
SENDING_SECONDS = 1.0
# A draft is on the disk when its writer has paused for so long: a killed program or a closed window loses no more.
KEEP_DRAFT_AFTER_SECONDS = 1.0


class Leaving:
    """What Ctrl+C does on the chat screen, how it is left, and what becomes of the draft."""

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._interrupted_at = float("-inf")
        self._cleared = EMPTY
        self._kept = EMPTY
        self._keeping: Timer | None = None
        self._left = False
        self.terminal_is_lent = False
        """Whether the user's editor has the terminal: keys such as Ctrl+C are meant for it."""

    def heed_signals(self) -> None:
        """Leave as `/quit` does when the program is asked to end or its terminal is closed."""
        loop = asyncio.get_running_loop()
        heeded = {
            "SIGTERM": self.leave,
            "SIGHUP": self.leave,
            # No key of the chat sends these; another program's, or keys while the user's editor has the terminal.
            "SIGINT": self._leave_unless_lent,
            "SIGQUIT": self._leave_unless_lent,
        }
        if self._screen.app.is_inline:
            # Textual's driver for it gives the terminal back for no signal: stopped, it would leave it raw to the
            # shell, and come back to one that echoes what is typed.
            heeded["SIGTSTP"] = lambda: None
        for name, heed in heeded.items():
            # Not on Windows, and not where the app does not run in the main thread.
            with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, name), heed)

    def _leave_unless_lent(self) -> None:
        if not self.terminal_is_lent:
            self.leave()

    def sent(self) -> None:
        """A message was sent: a draft that was cleared before it is not one any more."""
        self._cleared = EMPTY

    def changed(self, draft: str) -> None:
        """The prompt's text changed: Ctrl+C begins anew, and the draft is to be kept."""
        if draft:
            self._interrupted_at = float("-inf")
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self._screen.set_timer(KEEP_DRAFT_AFTER_SECONDS, self._keep)

    def _keep(self) -> None:
        draft = self._screen.prompting.queue.unsent
        if draft != self._kept and not self._left:
            self._kept = draft
            self._screen.start(self._write(draft))

    async def _write(self, draft: Entry) -> None:
        from learnchat.app.drafts import keep_draft

        # A full disk is told where something is lost by it; the draft still stands in the prompt.
        with contextlib.suppress(OSError):
            await self._screen.engine.call(keep_draft, draft.text, draft.pasted)

    def interrupt(self) -> None:
        """Ctrl+C with nothing selected: clears the draft, or stops the reply; pressed again, leaves."""
        screen = self._screen
        now = screen.clock.monotonic()
        again = now - self._interrupted_at <= QUIT_SECONDS
        key = shown_key(screen.learnchat.key_of("chat.quit"))
        if again:
            self.leave()
        elif screen.prompt.draft:
            self._cleared = screen.prompt.entry()
            screen.prompt.clear_to_history()
            screen.revising.cancel()
            back = "what waits back, then the draft" if screen.prompting.queue.waits else "the draft back"
            screen.show_hint(f"Up brings {back} · {key} again leaves", QUIT_SECONDS)
        elif screen.replies.active:
            screen.action_stop()
            screen.show_hint(f"Stopped · {key} again leaves", QUIT_SECONDS)
        else:
            screen.show_hint(f"{key} again leaves", QUIT_SECONDS)
        self._interrupted_at = now

    def interrupt_dialog(self) -> None:
        """Ctrl+C in a dialog, which closes; pressed again, leaves. The draft stands untouched below it."""
        self._twice("chat.quit")

    def end_of_input(self) -> None:
        """Ctrl+D in an empty prompt; pressed again, leaves. Not while a reply comes, which nobody means to lose."""
        app = self._screen.learnchat
        if self._screen.replies.active:
            stop, leave = shown_key(app.key_of("chat.stop")), shown_key(app.key_of("prompt.leave"))
            self._screen.show_hint(f"A reply is coming: {stop} stops it, then {leave} leaves", QUIT_SECONDS)
        else:
            self._twice("prompt.leave")

    def _twice(self, binding: str) -> None:
        now = self._screen.clock.monotonic()
        if now - self._interrupted_at <= QUIT_SECONDS:
            self.leave()
        else:
            key = shown_key(self._screen.learnchat.key_of(binding))
            self._screen.show_hint(f"{key} again leaves", QUIT_SECONDS)
        self._interrupted_at = now

    def leave(self) -> None:
        """Close the program: what came of a reply is recorded, a draft is kept, what was begun is written."""
        if not self._left:
            self._left = True
            self._screen.show_hint("")
            self._screen.show_state("Saving…")
            unsent = self._screen.prompting.queue.unsent
            self._screen.start(self._leave(unsent if unsent.text else self._cleared))

    async def _leave(self, draft: Entry) -> None:
        try:
            await self._take_what_was_sent()
            self._screen.replies.stop()
            await self._write(draft)
            await self._sum_up()
            await asyncio.to_thread(self._screen.engine.close)
        finally:
            self._screen.app.exit()

    async def _take_what_was_sent(self) -> None:
        """Wait until a message that was sent just before is on its way into the transcript."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SENDING_SECONDS), self._screen.prompting.attaching.order:
                pass

    async def _sum_up(self) -> None:
        """What is said on the terminal afterwards. Where it can't be read, nothing is lost."""
        from learnchat.app.card import read_card
        from learnchat.app.left_behind import LeftBehind

        screen = self._screen
        if not screen.opened:
            return
        with contextlib.suppress(OSError):
            screen.learnchat.card = (await screen.engine.call(read_card)).text()
            if screen.app.is_inline:
                opened, session = await screen.engine.call(lambda parts: (parts.opened, parts.transcript.session))
                where = "" if screen.learnchat.temporary else session
                screen.learnchat.left_behind = LeftBehind(screen.session.branches, opened, where)
