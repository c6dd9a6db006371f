"""An asynchronous iterator that runs on an event loop of its own, in a thread, so that it can't hold up this one."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, Callable
from functools import cache
from typing import TypeVar

T = TypeVar("T")


class _End:
    """What comes after the last item."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure


async def in_thread(source: Callable[[], AsyncGenerator[T, None]]) -> AsyncGenerator[T, None]:
    """The items of a source that runs on another event loop, in a thread.

    Cancelling the reader, or closing this generator, cancels the source at once; it is not waited for.

    Raises:
        Exception: what the source raised.
    """
    here = asyncio.get_running_loop()
    items: asyncio.Queue[T | _End] = asyncio.Queue()

    def give(item: T | _End) -> None:
        # The program may end while a reply comes: then nobody reads any more.
        with contextlib.suppress(RuntimeError):
            here.call_soon_threadsafe(items.put_nowait, item)

    async def pump() -> None:
        try:
            async with contextlib.aclosing(source()) as given:
                async for item in given:
                    give(item)
        except Exception as failure:
            give(_End(failure))
        else:
            give(_End())

    running = asyncio.run_coroutine_threadsafe(pump(), _loop())
    try:
        while not isinstance(item := await items.get(), _End):
            yield item
    finally:
        running.cancel()
    if item.failure is not None:
        raise item.failure


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The one loop for all sources: litellm's clients outlive a reply, and can't be used on another loop.

    Its thread is a daemon: a library that is still being imported does not hold up the end of the program.
    """
    loop = asyncio.new_event_loop()
    # What a library leaves unfinished there is not worth a line on the terminal.
    loop.set_exception_handler(lambda loop, context: None)
    threading.Thread(target=loop.run_forever, name="models", daemon=True).start()
    return loop
