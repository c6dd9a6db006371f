"""A model that is asked again by itself, where that may help and nothing of a reply has come yet."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from learnchat.app.models.model import ChatModel, ErrorKind, Event, ModelError, Request, TextPiece, Waiting

# Seconds before the second, third and fourth attempt, where the service names none. Most overloads pass within them;
# after them a person decides better than a program.
PAUSES = (2, 5, 10)
# A service that wants a longer pause is told to the user at once: nobody watches a countdown of minutes.
LONGEST_PAUSE = 60.0
# A reply that took so long to fail would take as long again.
PATIENCE_SECONDS = 45.0

# What passes by itself. No network does not: whoever unplugged it knows better when it is back.
_PASSING: tuple[ErrorKind, ...] = ("limit", "overloaded", "dropped")


class RetryingModel:
    """Asks again after a pause when the service is overloaded, takes no more for now, or the connection broke off.

    Never after the first word: two halves of two replies are no reply, and both would be paid for.

    Args:
        model: whom to ask; of several, all of them have failed before anything is asked again.
        sleep: waits so many seconds.
        monotonic: the time in seconds.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = model.name
        self._model = model
        self._sleep = sleep
        self._monotonic = monotonic

    def warm(self) -> None:
        self._model.warm()

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        for pause in (*PAUSES, None):
            asked_at = self._monotonic()
            spoke = False
            try:
                async with aclosing(self._model.stream(request)) as events:
                    async for event in events:
                        spoke = spoke or isinstance(event, TextPiece)
                        yield event
                return
            except ModelError as error:
                failure = error
            wait = pause_after(failure, pause)
            if wait is None or spoke or self._monotonic() - asked_at > PATIENCE_SECONDS:
                raise failure
            for left in range(wait, 0, -1):
                yield Waiting(failure.title, left, begins=left == wait)
                await self._sleep(1)


def pause_after(failure: ModelError, pause: int | None) -> int | None:
    """Whole seconds to wait before the same is asked again; None where it is not to be.

    Args:
        failure: what came of the last attempt.
        pause: where the service names none; None after the last attempt.
    """
    if pause is None or not failure.retry or failure.kind not in _PASSING:
        return None
    if failure.retry_after is None:
        return pause
    return max(math.ceil(failure.retry_after), 1) if failure.retry_after <= LONGEST_PAUSE else None
