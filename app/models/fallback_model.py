"""Several models in an order: where one fails before it said anything, the next one replies."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from learnchat.app.models.model import ChatModel, Event, ModelError, Notice, Request, TextPiece


class FallbackModel:
    """Tries its models in their order, and says so when it goes on to the next.

    Args:
        models: at least one.
    """

    def __init__(self, models: Sequence[ChatModel]) -> None:
        self.name = ", ".join(model.name for model in models)
        self._models = tuple(models)

    def warm(self) -> None:
        self._models[0].warm()

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        failures: list[tuple[ChatModel, ModelError]] = []
        for model in self._models:
            if failures:
                failed, failure = failures[-1]
                yield Notice(f"{failed.name}: {failure.title} Asking {model.name}.")
            spoke = False
            try:
                async with aclosing(model.stream(request)) as events:
                    async for event in events:
                        spoke = spoke or isinstance(event, TextPiece)
                        yield event
                return
            except ModelError as failure:
                if spoke:
                    # Another model can't go on in the middle of a sentence.
                    raise
                failures.append((model, failure))
        raise _all_failed(failures)


def _all_failed(failures: list[tuple[ChatModel, ModelError]]) -> ModelError:
    last = failures[-1][1]
    if len(failures) == 1:
        return last
    waits = [failure.retry_after for _, failure in failures if failure.retry_after is not None]
    return ModelError(
        "No model replied. " + " ".join(f"{model.name}: {failure.title}" for model, failure in failures),
        last.hint,
        kind=last.kind,
        retry=any(failure.retry for _, failure in failures),
        retry_after=min(waits, default=None),
    )
