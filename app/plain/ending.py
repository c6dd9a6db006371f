"""Asked to end while a line is read, the chat in lines gives the terminal back as it was."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# What a terminal that is closed, a system that shuts down, and Ctrl+\ send.
SIGNALS = ("SIGTERM", "SIGHUP", "SIGQUIT")
# What a shell calls the exit code of a program that a signal ended.
SIGNAL_CODE = 128


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Meanwhile such a signal ends the program by an exception, so that all that was begun is put in order.

    By itself it would end at once, and the library that reads the line would leave the terminal without echo.
    """
    before = {}
    for name in SIGNALS:
        # Not on Windows, and not where this is not the main thread.
        with suppress(AttributeError, ValueError):
            number = getattr(signal, name)
            before[number] = signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: object) -> None:
    sys.exit(SIGNAL_CODE + number)
