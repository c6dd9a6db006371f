"""A judge in a thread of its own, for callers without an event loop: one reading at a time, a bounded queue."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Iterable

from learnchat.learning.judging.judge import Judge, Judgement, NoJudgement
from learnchat.learning.judging.session import Due

QUEUE_LIMIT = 20
"""Readings that wait at most. A judge that is slower than the conversation reads the newest of it."""

_log = logging.getLogger(__name__)


class JudgeThread:
    """Readings go in, judgements come out. The thread is a daemon: it never holds up the end of a program.

    Args:
        judge: is asked in that thread, on an event loop of its own.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._changed = threading.Condition()
        self._waiting: deque[Due] = deque(maxlen=QUEUE_LIMIT)
        self._taken: set[str] = set()
        self._done: list[tuple[Due, Judgement]] = []
        self._reading = False
        self._closed = False
        self._thread: threading.Thread | None = None

    def put(self, readings: Iterable[Due]) -> None:
        """Have some readings done, after those before them; each once, unless it failed."""
        with self._changed:
            new = [each for each in readings if each.reading.key not in self._taken]
            self._taken.update(each.reading.key for each in new)
            self._waiting.extend(new)
            if self._waiting and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="judge", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def done(self) -> list[tuple[Due, Judgement]]:
        """What was made of readings since the last time."""
        with self._changed:
            done, self._done = self._done, []
        return done

    def close(self, patience: float) -> None:
        """Wait for what is to be read, and let go of what is not read by then.

        Args:
            patience: seconds.
        """
        end = time.monotonic() + patience
        with self._changed:
            while (self._waiting or self._reading) and (left := end - time.monotonic()) > 0:
                self._changed.wait(left)
            self._waiting.clear()
            self._closed = True
            self._changed.notify_all()

    def _run(self) -> None:
        while (due := self._next()) is not None:
            judgement = None
            try:
                judgement = asyncio.run(_read(self._judge, due))
            except Exception as error:
                # Whatever is wrong with a judge is its own affair: the reading is not done, and that is all.
                if not isinstance(error, NoJudgement):
                    _log.warning("the judge failed: %s", type(error).__name__)
            with self._changed:
                self._reading = False
                if judgement is not None:
                    self._done.append((due, judgement))
                else:
                    self._taken.discard(due.reading.key)
                self._changed.notify_all()

    def _next(self) -> Due | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            if self._closed and not self._waiting:
                return None
            self._reading = True
            return self._waiting.popleft()


async def _read(judge: Judge, due: Due) -> Judgement:
    return await judge.read(due.reading)
