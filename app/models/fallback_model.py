"""Several models in an order: where one fails before it said anything, the next one replies."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from learnchat.app.models.model import ChatModel, ErrorKind, Event, ModelError, Notice, Request, TextPiece, Usage

# How long a model that failed is not asked first: long enough not to wait for it with every message of an outage,
# short enough to be back soon after it. Doubled with each failure in a row.
REST_SECONDS = 60.0
LONGEST_REST = 600.0

# What says something about this request, and nothing about the next one.
_OF_THE_REQUEST: tuple[ErrorKind, ...] = ("bad_request",)


@dataclass(slots=True)
class _Rest:
    """How long a model that failed rests."""

    until: float
    failures: int


class FallbackModel:
    """Tries its models in their order, and says so when it goes on to the next.

    A model that failed rests: the next message goes to the others at once, and it is asked only when they fail too.
    After its rest it is the first again.

    Args:
        models: at least one.
        monotonic: the time in seconds.
    """

    def __init__(self, models: Sequence[ChatModel], *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.name = ", ".join(model.name for model in models)
        self._models = tuple(models)
        self._monotonic = monotonic
        self._rests: dict[ChatModel, _Rest] = {}

    def warm(self) -> None:
        self._models[0].warm()

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        failures: list[tuple[ChatModel, ModelError]] = []
        for model in self._order():
            if failures:
                failed, failure = failures[-1]
                yield Notice(f"{failed.name}: {failure.title} Asking {model.name}.")
            spoke = False
            try:
                async with aclosing(model.stream(request)) as events:
                    async for event in events:
                        if isinstance(event, TextPiece) and not spoke:
                            spoke = True
                            if self._rests.pop(model, None):
                                yield Notice(f"{model.name} replies again.")
                        yield replace(event, model=model.name) if isinstance(event, Usage) else event
                return
            except ModelError as failure:
                if spoke:
                    # Another model can't go on in the middle of a sentence.
                    raise
                failures.append((model, failure))
                self._put_to_rest(model, failure)
        raise _all_failed(failures)

    def _order(self) -> list[ChatModel]:
        """Those that are awake in their order, then those that rest, the one first whose rest ends first."""
        now = self._monotonic()

        def rest(model: ChatModel) -> float:
            found = self._rests.get(model)
            return found.until if found is not None and found.until > now else 0.0

        return sorted(self._models, key=rest)

    def _put_to_rest(self, model: ChatModel, failure: ModelError) -> None:
        if failure.kind in _OF_THE_REQUEST:
            return
        before = self._rests.get(model)
        failures = before.failures + 1 if before is not None else 1
        seconds = min(REST_SECONDS * 2 ** (failures - 1), LONGEST_REST)
        if failure.retry_after is not None:
            seconds = max(failure.retry_after, 1.0)
        self._rests[model] = _Rest(self._monotonic() + seconds, failures)


def _all_failed(failures: list[tuple[ChatModel, ModelError]]) -> ModelError:
    last = failures[-1][1]
    if len(failures) == 1:
        return last
    # The one that may pass by itself decides whether all are asked again.
    telling = next((failure for _, failure in failures if failure.retry), last)
    waits = [failure.retry_after for _, failure in failures if failure.retry_after is not None]
    return ModelError(
        "No model replied. " + " ".join(f"{model.name}: {failure.title}" for model, failure in failures),
        last.hint,
        kind=telling.kind,
        retry=any(failure.retry for _, failure in failures),
        retry_after=min(waits, default=None),
        provider=telling.provider,
    )
