"""A terminal that is gone: its window was closed, its connection broke.

The kernel tells by SIGHUP, but only the programs whose controlling terminal it was. Without that, Textual 8.2.8 never
ends: its writer ends with the first write that fails, what is queued behind it keeps the event loop waiting for ever,
and its reader spins on the end of the input (40 % of a core, measured).
"""

from __future__ import annotations

import select
import sys
from collections.abc import Callable

from textual.drivers._writer_thread import WriterThread
from textual.message import Message


class TerminalGone(Message):
    """Nobody can type or read any more."""


class LastingWriter(WriterThread):
    """Textual's writer; when the terminal is gone it goes on to take what is to be written, and drops it."""

    def run(self) -> None:
        try:
            super().run()
        except OSError:
            while self._queue.get() is not None:
                pass


def hangup() -> Callable[[], bool]:
    """A question to ask again and again, for 2 microseconds: is the terminal of the input gone?

    Never, where the input is no terminal now, and where the system can't tell (Windows; macOS's terminals).
    """
    if not hasattr(select, "poll") or sys.__stdin__ is None or not sys.__stdin__.isatty():
        return lambda: False
    poll = select.poll()
    poll.register(sys.__stdin__.fileno(), 0)  # a hangup is told unasked
    return lambda: any(events & select.POLLHUP for _, events in poll.poll(0))
