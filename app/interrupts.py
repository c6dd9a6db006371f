"""Ctrl+C where an event loop of our own runs, without Textual."""

from __future__ import annotations

import asyncio
import contextlib
import signal


def wake_for_signals(loop: asyncio.AbstractEventLoop) -> None:
    """Let every signal wake a loop.

    `asyncio.Runner` cancels by a plain handler. One that comes just before the loop goes to sleep, or to another
    thread, is only heeded when something else wakes it: a stalled reply was not stopped for a minute. A handler of the
    loop's own, for a signal that means nothing here, makes all of them wake it.
    """
    # Windows has no such signals; and only the main thread, which Ctrl+C is for, may have handlers.
    with contextlib.suppress(NotImplementedError, AttributeError, RuntimeError):
        loop.add_signal_handler(signal.SIGCONT, lambda: None)
