from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from learnchat.app.models.model import Done, Event, ModelError, ReasoningPiece, Request, TextPiece, Turn, Waiting
from learnchat.app.models.retrying_model import LONGEST_PAUSE, PATIENCE_SECONDS, PAUSES, RetryingModel

REQUEST = Request((Turn("user", "hello"),))


class Clock:
    def __init__(self) -> None:
        self.now = 0.0
        self.slept = 0.0

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.now += seconds


class Failing:
    """Fails so often, then replies."""

    def __init__(self, clock: Clock, *failures: ModelError, begins: tuple[Event, ...] = (), takes: float = 0.0) -> None:
        self.name = "a/1"
        self.asked = 0
        self._clock = clock
        self._failures = list(failures)
        self._begins = begins
        self._takes = takes

    def warm(self) -> None:
        pass

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        self.asked += 1
        self._clock.now += self._takes
        if self._failures:
            for event in self._begins:
                yield event
            raise self._failures.pop(0)
        yield TextPiece("hi")
        yield Done()


def failure(kind: str = "overloaded", retry_after: float | None = None, retry: bool = True) -> ModelError:
    return ModelError("It failed.", "Wait.", kind=kind, retry=retry, retry_after=retry_after)  # type: ignore[arg-type]


async def events_of(model: Failing, clock: Clock) -> list[Event]:
    retrying = RetryingModel(model, sleep=clock.sleep, monotonic=lambda: clock.now)
    return [event async for event in retrying.stream(REQUEST)]


@pytest.mark.parametrize("kind", ["overloaded", "limit", "dropped"])
async def test_what_passes_is_asked_again_after_a_countdown(kind: str) -> None:
    clock = Clock()
    events = await events_of(Failing(clock, failure(kind)), clock)
    assert events == [
        Waiting("It failed.", 2, begins=True),
        Waiting("It failed.", 1),
        TextPiece("hi"),
        Done(),
    ]
    assert clock.slept == 2


async def test_the_pause_is_the_one_that_the_service_names() -> None:
    clock = Clock()
    await events_of(Failing(clock, failure("limit", retry_after=6.2)), clock)
    assert clock.slept == 7


async def test_a_pause_of_minutes_is_the_users_to_decide() -> None:
    clock = Clock()
    model = Failing(clock, failure("limit", retry_after=LONGEST_PAUSE + 1))
    with pytest.raises(ModelError):
        await events_of(model, clock)
    assert model.asked == 1


async def test_it_is_asked_only_so_often() -> None:
    clock = Clock()
    model = Failing(clock, *[failure() for _ in range(10)])
    with pytest.raises(ModelError, match="It failed"):
        await events_of(model, clock)
    assert model.asked == len(PAUSES) + 1
    assert clock.slept == sum(PAUSES)


async def test_after_the_first_word_nothing_is_asked_again() -> None:
    clock = Clock()
    model = Failing(clock, failure("dropped"), begins=(TextPiece("half"),))
    with pytest.raises(ModelError):
        await events_of(model, clock)
    assert model.asked == 1


async def test_a_thought_is_no_word_of_the_reply() -> None:
    clock = Clock()
    events = await events_of(Failing(clock, failure("dropped"), begins=(ReasoningPiece("hm"),)), clock)
    assert events[-2:] == [TextPiece("hi"), Done()]


@pytest.mark.parametrize("kind", ["no_key", "refused_key", "not_found", "bad_request", "no_network", "other"])
async def test_what_does_not_pass_by_itself_is_said_at_once(kind: str) -> None:
    clock = Clock()
    model = Failing(clock, failure(kind))
    with pytest.raises(ModelError):
        await events_of(model, clock)
    assert (model.asked, clock.slept) == (1, 0)


async def test_an_account_without_credit_is_not_asked_again() -> None:
    clock = Clock()
    model = Failing(clock, failure("limit", retry=False))
    with pytest.raises(ModelError):
        await events_of(model, clock)
    assert model.asked == 1


async def test_what_took_long_to_fail_is_not_asked_again() -> None:
    clock = Clock()
    model = Failing(clock, failure("dropped"), takes=PATIENCE_SECONDS + 1)
    with pytest.raises(ModelError):
        await events_of(model, clock)
    assert model.asked == 1
