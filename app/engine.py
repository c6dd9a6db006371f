"""The engine behind the chat: everything that reads or writes files, in one thread, in order.

The event loop never waits for it. One thread, because order is part of durability: a message is in the transcript
before it is observed, a proposal in the inbox before it is asked. The engine's modules are imported in that thread
too, after the first paint.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from learnchat.app.housekeeping import keep_house
from learnchat.app.idle import Idle

if TYPE_CHECKING:
    from learnchat.app.locations import Locations
    from learnchat.app.parts import Parts
    from learnchat.learning.clock import Clock

# After a decision the files follow when nothing was asked for so long: a person's time for an answer in the inbox.
IDLE_SECONDS = 0.5
# Whatever is asked for meanwhile: the chat itself looks at the files now and then.
LONGEST_SECONDS = 2.0
# How long the engine's thread may compute before the event loop gets its turn; Python's own 5 ms are all a key has.
SWITCH_SECONDS = 0.001
# A full disk is not full for ever.
RETRY_SECONDS = 30.0

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class Engine:
    """The thread, and what runs in it.

    Args:
        directory: where learnchat was opened.
        locations: the user's directories.
        clock: the time.
        quiet: no toasts in this run.
        temporary: nothing is written to disk.
    """

    def __init__(
        self, directory: Path, locations: Locations, clock: Clock, *, quiet: bool = False, temporary: bool = False
    ) -> None:
        self._directory = directory
        self._locations = locations
        self._clock = clock
        self._quiet = quiet
        self._temporary = temporary
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine")
        self._parts: Parts | None = None
        self._idle = Idle(self._begin_to_catch_up, LONGEST_SECONDS)
        self._failure: str | None = None
        self._closed = False
        self.failure_changed: Callable[[], None] = lambda: None
        """Called in the event loop when the files can't be written any more, or can be again."""

    def _open(self) -> Parts:
        if self._parts is None:
            from learnchat.app.parts import open_parts

            sys.setswitchinterval(SWITCH_SECONDS)
            parts = self._parts = open_parts(
                self._directory, self._locations, self._clock, self._quiet, self._temporary
            )
            if not self._temporary:
                # After what is being asked for. When the program is closing already, the next opening does it.
                with contextlib.suppress(RuntimeError):
                    self._thread.submit(keep_house, parts)
        return self._parts

    async def call(
        self,
        function: Callable[Concatenate[Parts, Arguments], Result],
        *arguments: Arguments.args,
        **keywords: Arguments.kwargs,
    ) -> Result:
        """Run a function on the engine's parts, in its thread, after all that was asked of it before."""

        def job() -> Result:
            return function(self._open(), *arguments, **keywords)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, job)
        finally:
            # Several decisions are one write.
            self._idle.put_off(IDLE_SECONDS)

    def _begin_to_catch_up(self) -> None:
        if not self._closed:
            job = asyncio.get_running_loop().run_in_executor(self._thread, self._catch_up)
            job.add_done_callback(self._caught_up)

    async def catch_up(self) -> None:
        """Do now what is else done after a while."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._catch_up)

    def _catch_up(self) -> str | None:
        failure = self._parts.catch_up() if self._parts is not None else None
        self._read_on()
        return failure

    def _read_on(self) -> None:
        """Bring the search index up to date, a little at a time: what is asked for meanwhile comes before the rest."""
        if self._parts is not None and not self._closed and not self._parts.finder.read_on():
            # Closed meanwhile: the next opening goes on.
            with contextlib.suppress(RuntimeError):
                self._thread.submit(self._read_on)

    def _caught_up(self, job: asyncio.Future[str | None]) -> None:
        if job.cancelled() or self._closed:
            return
        error = job.exception()
        failure = f"{type(error).__name__}: {error}" if error is not None else job.result()
        if failure is not None:
            self._idle.put_off(RETRY_SECONDS)
        if failure != self._failure:
            self._failure = failure
            self.failure_changed()

    def call_now(
        self,
        function: Callable[Concatenate[Parts, Arguments], Result],
        *arguments: Arguments.args,
        **keywords: Arguments.kwargs,
    ) -> Result:
        """The same, waiting for the result: for a caller in a thread of its own, never for the event loop."""
        return self._thread.submit(lambda: function(self._open(), *arguments, **keywords)).result()

    def close(self) -> None:
        """Finish what was begun, bring the files up to date, then end the thread."""
        if not self._closed:
            self._closed = True
            if self._parts is not None and not self._temporary:
                self._thread.submit(self._parts.profiles.settle)
                self._thread.submit(self._parts.finder.close)
        self._thread.shutdown(wait=True)
