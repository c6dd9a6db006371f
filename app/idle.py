"""Work that waits until nothing else is to be done, but not for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Idle:
    """Puts work off as often as it is asked to, up to a moment that does not move.

    Args:
        work: what is to be done then, in the event loop.
        longest: seconds after which it is done, however often it is put off.
    """

    def __init__(self, work: Callable[[], None], longest: float) -> None:
        self._work = work
        self._longest = longest
        self._timer: asyncio.TimerHandle | None = None
        self._latest = 0.0

    def put_off(self, seconds: float) -> None:
        """Do it in so many seconds, in place of when it was to be done before."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._timer is None:
            self._latest = now + max(seconds, self._longest)
        else:
            self._timer.cancel()
        self._timer = loop.call_at(min(now + seconds, self._latest), self._begin)

    def _begin(self) -> None:
        self._timer = None
        self._work()
