"""A pause that ends when the app has nothing left to do, on a slow machine too.

Textual's own pause ends when the process used little processor time in the last fiftieth of a second. On a machine that
is shared that is also so when the process was given none: the test reads a screen that is not drawn yet. This one looks
at what is pending as well: messages, callbacks, a layout, a frame, what is done in a thread.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual.app import App
from textual.pilot import Pilot, wait_for_idle

# A pause beside work that never ends (a reply that streams, a spinner) must end itself; Textual's bound is a second.
# Ours is counted in processor time, for a second on the clock may be none of ours; the clock's is for what waits.
LONGEST_BUSY_SECONDS = 0.5
LONGEST_SECONDS = 5.0


def is_settled(app: App[Any]) -> bool:
    """Whether nothing is pending: no message, no callback, and the screen is drawn as it is."""
    if any(not pump._message_queue.empty() or pump._next_callbacks for pump in [app, *app._registry]):
        return False
    if _busy_threads():
        return False
    screen = app.screen
    return not (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def _busy_threads() -> int:
    """How many threads of the loop's own pool have something to do."""
    pool = asyncio.get_running_loop()._default_executor  # type: ignore[attr-defined]
    return pool._work_queue.qsize() + len(pool._threads) - pool._idle_semaphore._value if pool else 0


async def settle(app: App[Any]) -> None:
    """Let the app work until nothing is pending, or it has worked as long as a pause may."""
    busy_until = time.process_time() + LONGEST_BUSY_SECONDS
    end = time.monotonic() + LONGEST_SECONDS
    await wait_for_idle(0)
    while app.is_running and app._exception is None and not is_settled(app):
        if time.monotonic() > end or time.process_time() > busy_until:
            return
        await wait_for_idle(0)


async def pause(self: Pilot[Any], delay: float | None = None) -> None:
    """In place of `Pilot.pause`: without a delay, until the app has settled."""
    if delay is not None:
        await PLAIN_PAUSE(self, delay)
        return
    await self._wait_for_screen()
    await settle(self.app)
    self.app.screen._on_timer_update()


PLAIN_PAUSE = Pilot.pause
