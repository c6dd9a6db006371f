"""Before a message with a key or a password in it leaves this machine: one question, one key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from learnchat.app.keymap import shown_key
from learnchat.app.screens.bindings import binding
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.text import one_line
from learnchat.widgets.countdown import ARMING_SECONDS

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.learning.clock import Clock


class SecretScreen(Dialog[bool]):
    """Comes back with True to send the message all the same. Any letter typed ahead answers nothing.

    Args:
        names: what the message contains: "GitHub token".
        model: whom it would be sent to.
        key: how the key that sends is shown.
        clock: the time.
    """

    BINDINGS = [
        binding("toast.remember", "send"),
        binding("toast.skip", "keep"),
        binding("dialog.cancel", "keep"),
    ]

    def __init__(self, names: str, model: str, key: str, clock: Clock) -> None:
        super().__init__()
        self._names = names
        self._model = model
        self._key = key
        self._clock = clock
        self._shown_at = clock.monotonic()

    def compose(self) -> ComposeResult:
        with Vertical(id="secret") as box:
            box.border_title = "Send it?"
            sentence = (
                f"What you would send to {one_line(self._model)} contains what looks like a secret: {self._names}."
            )
            yield Static(Content(sentence), id="secret-sentence", markup=False)
            yield Static(Content(f"{self._key} sends it · esc doesn't, and gives it back to the prompt"), markup=False)

    def on_mount(self) -> None:
        self._shown_at = self._clock.monotonic()

    def action_send(self) -> None:
        """Send it; a key that was on its way before the question could be read does nothing."""
        if self._clock.monotonic() - self._shown_at >= ARMING_SECONDS:
            self.dismiss(True)

    def action_keep(self) -> None:
        self.dismiss(False)


async def may_send(screen: ChatScreen, text: str = "", attached: str = "") -> bool:
    """Whether the conversation may go to the model with this message: asks where a secret would leave the machine.

    Args:
        screen: the chat.
        text: the message.
        attached: the text of the files that go along with it.

    Refused, nothing is recorded or sent, and the message stands in the prompt again.
    """
    session = screen.session
    names = await asyncio.to_thread(session.secrets.to_ask_about, text, attached)
    if not names:
        return True
    key = shown_key(screen.learnchat.key_of("toast.remember"))
    dialog = SecretScreen(", ".join(names), session.model.name, key, screen.clock)
    if await screen.app.push_screen_wait(dialog):
        session.secrets.allow(text, attached)
        return True
    if text:
        screen.prompt.put_back(text)
    earlier = await asyncio.to_thread(session.secrets.to_ask_about)
    screen.tell("Not sent.", "An earlier message holds the secret: /new begins without it." if earlier else "")
    return False
