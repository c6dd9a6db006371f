"""When a screen is drawn: at once where nothing was drawn for a while, else a frame's time after the last time.

Textual's own timer waits for the next stroke of a clock that began when the screen did, and after a frame for the one
behind it: what changes just after a frame is drawn up to two frames later, 33 ms. It is a key that was pressed, or the
end of a reply.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from textual.screen import UPDATE_PERIOD

if TYPE_CHECKING:
    from typing import Any

    from textual.screen import Screen


class FrameTimer:
    """Draws a screen when it is told to, and so often at most as Textual would. What Textual asks of its own timer.

    Args:
        screen: what is drawn.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._last = 0.0
        self._due: asyncio.TimerHandle | None = None

    def resume(self) -> None:
        """Something changed: draw it as soon as may be."""
        if self._due is None:
            wait = max(self._last + UPDATE_PERIOD - time.monotonic(), 0.0)
            self._due = asyncio.get_running_loop().call_later(wait, self._draw)

    def pause(self) -> None:
        """Nothing is to be drawn any more."""
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _draw(self) -> None:
        self._due = None
        app = self._screen.app
        # Between two rounds of the loop the program may have begun to close.
        if app._exit or not self._screen.is_running:
            return
        self._last = time.monotonic()
        try:
            self._screen._on_timer_update()
        except Exception as error:
            app._handle_exception(error)
