"""What opens over the chat: it closes with its own keys, and with Ctrl+C as everything does."""

from __future__ import annotations

from typing import TypeVar, cast

from textual.screen import ModalScreen

from learnchat.app.screens.bindings import binding

Outcome = TypeVar("Outcome")


class Dialog(ModalScreen[Outcome]):
    """A list or a form over the chat. Ctrl+C closes it with nothing changed; pressed again, it leaves."""

    # Not before what has the focus: a field copies what is selected in it.
    BINDINGS = [binding("chat.quit", "interrupt", priority=False)]

    def __init__(self) -> None:
        super().__init__(classes="dialog")

    def action_interrupt(self) -> None:
        from learnchat.app.application import Learnchat

        assert isinstance(self.app, Learnchat)
        self.app.chat.leaving.interrupt_dialog()
        # Nothing is what every dialog comes back with when it is cancelled.
        self.dismiss(cast(Outcome, None))
