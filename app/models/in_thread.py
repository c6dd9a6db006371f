"""An asynchronous iterator that runs on an event loop of its own, in a thread, so that it can't hold up this one."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class _End:
    def __init__(self, failure: BaseException | None) -> None:
        self.failure = failure


class _Pump(Generic[T]):
    """The thread's side: runs the source to its end, or until it is stopped."""

    def __init__(self, source: Callable[[], AsyncGenerator[T, None]]) -> None:
        self._source = source
        self._here = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._stopped = False
        self._there: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self.items: asyncio.Queue[T | _End] = asyncio.Queue()

    def run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._main())

    def stop(self) -> None:
        """Cancel the source; from the loop that reads."""
        with self._lock:
            self._stopped = True
            if self._there is not None and self._task is not None:
                # The other loop may have come to its end in this moment.
                with contextlib.suppress(RuntimeError):
                    self._there.call_soon_threadsafe(self._task.cancel)

    async def _main(self) -> None:
        with self._lock:
            if self._stopped:
                return
            self._there = asyncio.get_running_loop()
            self._task = asyncio.current_task()
        # What a library leaves unfinished on this loop is not worth a line on the terminal.
        self._there.set_exception_handler(lambda loop, context: None)
        failure: BaseException | None = None
        source = self._source()
        try:
            async with contextlib.aclosing(source):
                async for item in source:
                    self._give(item)
        except Exception as error:
            failure = error
        finally:
            self._give(_End(failure))

    def _give(self, item: T | _End) -> None:
        # The program may end while a reply comes: then nobody reads any more.
        with contextlib.suppress(RuntimeError):
            self._here.call_soon_threadsafe(self.items.put_nowait, item)


async def in_thread(source: Callable[[], AsyncGenerator[T, None]]) -> AsyncGenerator[T, None]:
    """The items of a source that runs in a thread with an event loop of its own.

    Cancelling the reader, or closing this generator, cancels the source at once; it is not waited for. The thread is a
    daemon: a library that is still being imported does not hold up the end of the program.

    Raises:
        Exception: what the source raised.
    """
    pump = _Pump(source)
    threading.Thread(target=pump.run, name="model", daemon=True).start()
    try:
        while not isinstance(item := await pump.items.get(), _End):
            yield item
    finally:
        pump.stop()
    if item.failure is not None:
        raise item.failure
