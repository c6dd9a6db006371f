"""The left of the last row: what is so, and for a while what can be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from learnchat.widgets.status import StatusLine

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen

# Nobody reads the same line for longer.
HINT_SECONDS = 10.0
# A key ends a hint, but not one that could hardly be read yet: whoever types on has seen nothing of it.
READ_SECONDS = 2.0
# How often it is looked whether a hint has had its time; nothing is looked for while none is shown.
LOOK_SECONDS = 0.25


class Hints:
    """A state, which stands as long as it is so, and over it a hint, which leaves by itself or with the next key.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._state = ""
        self._hint = ""
        self._began = self._ends = 0.0
        self._looking: Timer | None = None

    def state(self, text: str) -> None:
        """Say what is so until the next state: "esc stops the reply", what a reply took."""
        self._state = text
        self._show()

    def hint(self, text: str, seconds: float = HINT_SECONDS) -> None:
        """Say for so many seconds what can be done now; nothing takes away what was said."""
        self._hint = text
        self._began = self._screen.clock.monotonic()
        self._ends = self._began + seconds
        if text and self._looking is None:
            self._looking = self._screen.set_interval(LOOK_SECONDS, self._look)
        self._show()

    def key(self) -> None:
        """A key came: what could be read goes."""
        if self._hint and self._screen.clock.monotonic() - self._began >= READ_SECONDS:
            self.hint("")

    def _look(self) -> None:
        if self._hint and self._screen.clock.monotonic() >= self._ends:
            self.hint("")
        if not self._hint and self._looking is not None:
            self._looking.stop()
            self._looking = None

    def _show(self) -> None:
        self._screen.query_one(StatusLine).set(left=self._hint or self._state, passing=bool(self._hint))
