from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from learnchat.app.models.fallback_model import FallbackModel
from learnchat.app.models.model import Done, Event, ModelError, Notice, ReasoningPiece, Request, TextPiece, Turn

REQUEST = Request((Turn("user", "hello"),))


class Scripted:
    def __init__(self, name: str, *events: Event | ModelError) -> None:
        self.name = name
        self.asked = 0
        self.closed = False
        self._events = events

    def warm(self) -> None:
        pass

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        self.asked += 1
        try:
            for event in self._events:
                if isinstance(event, ModelError):
                    raise event
                yield event
        finally:
            self.closed = True


def overloaded(name: str, retry_after: float | None = None) -> ModelError:
    return ModelError(f"{name} is overloaded.", "Wait.", kind="overloaded", retry=True, retry_after=retry_after)


async def test_the_next_one_replies_where_one_fails_and_it_is_said() -> None:
    model = FallbackModel(
        [Scripted("a/1", ReasoningPiece("hm"), overloaded("A")), Scripted("b/2", TextPiece("hi"), Done())]
    )
    events = [event async for event in model.stream(REQUEST)]
    assert events == [
        ReasoningPiece("hm"),
        Notice("a/1: A is overloaded. Asking b/2."),
        TextPiece("hi"),
        Done(),
    ]
    assert model.name == "a/1, b/2"


async def test_where_the_first_replies_no_other_is_asked() -> None:
    second = Scripted("b/2")
    events = [event async for event in FallbackModel([Scripted("a/1", TextPiece("x"), Done()), second]).stream(REQUEST)]
    assert events == [TextPiece("x"), Done()]
    assert second.asked == 0


async def test_after_the_first_word_nobody_else_goes_on() -> None:
    second = Scripted("b/2", TextPiece("other"))
    events = FallbackModel([Scripted("a/1", TextPiece("half"), overloaded("A")), second]).stream(REQUEST)
    assert await anext(events) == TextPiece("half")
    with pytest.raises(ModelError, match="A is overloaded"):
        await anext(events)
    assert second.asked == 0


async def test_where_all_fail_each_is_named() -> None:
    refused = ModelError("B has no key.", "Set it.", kind="no_key")
    model = FallbackModel([Scripted("a/1", overloaded("A", 7)), Scripted("b/2", refused)])
    with pytest.raises(ModelError) as caught:
        _ = [event async for event in model.stream(REQUEST)]
    assert caught.value.title == "No model replied. a/1: A is overloaded. b/2: B has no key."
    assert caught.value.retry
    assert caught.value.retry_after == 7


async def test_closing_it_closes_the_model_that_replies() -> None:
    first = Scripted("a/1", TextPiece("x"), Done())
    events = FallbackModel([first]).stream(REQUEST)
    assert await anext(events) == TextPiece("x")
    await events.aclose()
    assert first.closed
