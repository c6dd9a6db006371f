from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from learnchat.app.models.fallback_model import LONGEST_REST, REST_SECONDS, FallbackModel
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


class Unsteady:
    """Fails as long as it is told to."""

    def __init__(self, name: str, failure: ModelError | None = None) -> None:
        self.name = name
        self.failure = failure
        self.asked = 0

    def warm(self) -> None:
        pass

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        yield TextPiece(self.name)
        yield Done()


async def ask(model: FallbackModel) -> list[str]:
    return [
        event.text if isinstance(event, TextPiece) else event.sentence
        async for event in model.stream(REQUEST)
        if isinstance(event, TextPiece | Notice)
    ]


async def test_a_model_that_is_down_rests_and_is_the_first_again_afterwards() -> None:
    now = [0.0]
    first, second = Unsteady("a/1", overloaded("A")), Unsteady("b/2")
    model = FallbackModel([first, second], monotonic=lambda: now[0])
    assert await ask(model) == ["a/1: A is overloaded. Asking b/2.", "b/2"]
    assert await ask(model) == ["b/2"]
    assert first.asked == 1
    now[0] += REST_SECONDS + 1
    first.failure = None
    assert await ask(model) == ["a/1 replies again.", "a/1"]
    assert await ask(model) == ["a/1"]


async def test_each_failure_in_a_row_doubles_the_rest_up_to_a_limit() -> None:
    now = [0.0]
    first = Unsteady("a/1", overloaded("A"))
    model = FallbackModel([first, Unsteady("b/2")], monotonic=lambda: now[0])
    rests = []
    for _ in range(6):
        asked = first.asked
        began = now[0]
        while first.asked == asked:
            await ask(model)
            now[0] += 10
        rests.append(now[0] - began)
    assert rests[1:4] == sorted(rests[1:4])
    assert max(rests) <= LONGEST_REST + 20


async def test_the_rest_is_the_pause_that_the_service_names() -> None:
    now = [0.0]
    first = Unsteady("a/1", overloaded("A", retry_after=5))
    model = FallbackModel([first, Unsteady("b/2")], monotonic=lambda: now[0])
    await ask(model)
    now[0] += 6
    await ask(model)
    assert first.asked == 2


async def test_where_all_rest_they_are_asked_all_the_same() -> None:
    first, second = Unsteady("a/1", overloaded("A")), Unsteady("b/2", overloaded("B"))
    model = FallbackModel([first, second], monotonic=lambda: 0.0)
    with pytest.raises(ModelError):
        await ask(model)
    second.failure = None
    assert await ask(model) == ["a/1: A is overloaded. Asking b/2.", "b/2 replies again.", "b/2"]


async def test_a_request_that_is_refused_says_nothing_about_the_model() -> None:
    first = Unsteady("a/1", ModelError("Too long.", kind="bad_request"))
    model = FallbackModel([first, Unsteady("b/2")], monotonic=lambda: 0.0)
    await ask(model)
    await ask(model)
    assert first.asked == 2
