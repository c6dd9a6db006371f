"""What opens over the chat: it closes with its own keys, and with Ctrl+C as everything does."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from rich.cells import cell_len
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen

from learnchat.app.screens.bindings import binding
from learnchat.app.screens.standing import StandingCompositor

if TYPE_CHECKING:
    from learnchat.app.application import Learnchat

Outcome = TypeVar("Outcome")

# A dialog takes nine tenths of the terminal's width, so many cells at most, some of them for border and padding: as in
# the style sheet.
WIDEST = 100
AROUND = 4
SEPARATOR = " · "
MORE = "…"


class Dialog(ModalScreen[Outcome]):
    """A list or a form over the chat. Ctrl+C closes it with nothing changed; pressed again, it leaves."""

    # Not before what has the focus: a field copies what is selected in it.
    BINDINGS = [binding("chat.quit", "interrupt", priority=False)]

    def __init__(self) -> None:
        super().__init__(classes="dialog")
        self._compositor = StandingCompositor()

    @property
    def room(self) -> int:
        """The cells within its border and padding."""
        return min(self.app.size.width * 9 // 10, WIDEST) - AROUND

    def line_of_keys(self, *parts: str) -> Content:
        """What the keys do, for the border: of too many those at the end but the last, which closes, are left out."""
        # The corners of the border, and a blank beside each.
        room = self.room - 2
        *first, last = parts
        for count in range(len(first), -1, -1):
            shown = SEPARATOR.join([*first[:count], *([MORE] if count < len(first) else []), last])
            if cell_len(shown) <= room:
                break
        return Content(shown)

    async def on_key(self, event: Key) -> None:
        """Escape and a letter right after it, which a terminal (tmux, before all) sends as Alt and the letter.

        It closes what Escape closes, at once: what is typed then is no answer in the dialog, but a message begun.
        """
        modifier, _, letter = event.key.partition("+")
        if modifier != "alt" or len(letter) != 1:
            return
        # Only now: the bindings of all that is active are put together for it.
        escape = self.active_bindings.get("escape")
        if escape is None:
            return
        event.stop()
        await self.app.run_action(escape.binding.action, escape.node)
        if self.app.screen is (chat := self._learnchat.chat):
            chat.prompt.insert(letter)

    @property
    def _learnchat(self) -> Learnchat:
        from learnchat.app.application import Learnchat

        assert isinstance(self.app, Learnchat)
        return self.app

    def action_interrupt(self) -> None:
        self._learnchat.chat.leaving.interrupt_dialog()
        # Nothing is what every dialog comes back with when it is cancelled.
        self.dismiss(cast(Outcome, None))
