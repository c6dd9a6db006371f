from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from itertools import pairwise
from pathlib import Path

import pytest

from learnchat.app.chat_session import ChatSession
from learnchat.app.engine import Engine
from learnchat.app.locations import Locations
from learnchat.app.models.model import Done, Event, Request, TextPiece
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.profile.insight import Means
from learnchat.learning.recall.giving import estimate_tokens
from support.large import WORDS, fill

# On none of these does anything bear that is known: not by a word, or only by one of many.
NOTHING_BEARS = (
    "hello",
    "thanks, that works",
    "how do I reverse a linked list in Haskell?",
    "explain monads with an example, please, and say what they are good for in a language like OCaml",
    "what should we use?",
)


class Listening:
    """A model that keeps what it is asked."""

    name = "listening"

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def warm(self) -> None:
        pass

    async def stream(self, request: Request) -> AsyncGenerator[Event, None]:
        self.requests.append(request)
        yield TextPiece("Yes.")
        yield Done()


def locations(folder: Path) -> Locations:
    return Locations(folder / "configuration", folder / "data")


async def requests(folder: Path, *messages: str) -> list[Request]:
    """What a model is sent for some messages, in a conversation of their own."""
    (folder / "shop").mkdir(parents=True, exist_ok=True)
    engine = Engine(folder / "shop", locations(folder), SystemClock())
    model = Listening()
    chat = ChatSession(engine, model)
    try:
        for message in messages:
            received = await chat.receive(message)
            async for _ in chat.reply(received):
                pass
    finally:
        await asyncio.to_thread(engine.close)
    return model.requests


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place whose profile is far over the budget, with nothing pinned."""
    folder = tmp_path_factory.mktemp("large")
    fill(folder / "shop", UserData(folder / "data"), 200)
    return folder


async def test_where_nothing_bears_a_request_is_that_of_an_empty_profile(large: Path, tmp_path: Path) -> None:
    known = await requests(large, *NOTHING_BEARS)
    empty = await requests(tmp_path, *NOTHING_BEARS)

    assert known == empty
    assert repr(known).encode() == repr(empty).encode()
    assert all(request.stable == "" for request in known)


async def test_what_bears_stands_in_its_message_and_stays_there_unchanged(large: Path) -> None:
    first, second = await requests(large, "which port does the service 17 listen on, 9017?", "hello")

    assert '":"The' in first.turns[0].memory
    assert "9017" in first.turns[0].memory
    assert second.turns[0] == first.turns[0]
    assert second.turns[-1].memory == ""


async def test_the_remembered_part_never_exceeds_the_budget(large: Path) -> None:
    asked = [f"why must {one} not wait for {two}?" for one, two in pairwise(WORDS)]

    for request in await requests(large, *asked[:12]):
        remembered = [request.stable, *(turn.memory for turn in request.turns)]
        assert sum(map(estimate_tokens, remembered)) <= 1500


async def test_pinned_insights_stand_first_in_every_request(large: Path, tmp_path: Path) -> None:
    fill(tmp_path / "shop", UserData(tmp_path / "data"), 100)
    engine = Engine(tmp_path / "shop", locations(tmp_path), SystemClock())
    try:
        name = await engine.call(lambda parts: parts.profiles.insights().ids()[5])
        await engine.call(lambda parts: parts.profiles.pin(name, Means.COMMAND))
    finally:
        await asyncio.to_thread(engine.close)

    first, second = await requests(tmp_path, "hello", "thanks")

    assert name in first.stable
    assert second.stable == first.stable
    assert first.stable not in first.system


async def test_what_is_forgotten_leaves_the_conversation_at_once(large: Path, tmp_path: Path) -> None:
    fill(tmp_path / "shop", UserData(tmp_path / "data"), 100)
    engine = Engine(tmp_path / "shop", locations(tmp_path), SystemClock())
    model = Listening()
    chat = ChatSession(engine, model)
    try:
        question = "which port does the service 17 listen on, 9017?"
        async for _ in chat.reply(await chat.receive(question)):
            pass
        [given] = {*chat.given}
        await engine.call(lambda parts: parts.decide(lambda each: each.profiles.forget(given, Means.COMMAND)))
        async for _ in chat.reply(await chat.receive(question)):
            pass
    finally:
        await asyncio.to_thread(engine.close)

    assert "9017" in model.requests[0].turns[0].memory
    assert all("9017" not in turn.memory for turn in model.requests[1].turns)


async def test_what_another_window_learns_goes_with_the_next_message(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    here, there = (Engine(tmp_path / "shop", locations(tmp_path), SystemClock()) for _ in range(2))
    model = Listening()
    chat = ChatSession(here, model)

    async def say(message: str) -> Request:
        async for _ in chat.reply(await chat.receive(message)):
            pass
        return model.requests[-1]

    try:
        await there.call(lambda parts: parts.profiles.remember("The API returns cents"))
        first = await say("hello")
        await there.call(lambda parts: parts.profiles.remember("We use uv, never pip"))
        second = await say("thanks")
        third = await say("thanks again")
        [learned] = second.turns[2].memory.splitlines()[1:-1]
        name = next(iter(json.loads(learned)))
        await there.call(lambda parts: parts.profiles.edit(name, Means.COMMAND, statement="We use pixi"))
        fourth = await say("and again")
    finally:
        await asyncio.gather(*(asyncio.to_thread(each.close) for each in (here, there)))

    assert "cents" in first.stable
    assert {each.stable for each in model.requests} == {first.stable}
    assert "never pip" in second.turns[2].memory
    assert [bool(turn.memory) for turn in third.turns] == [False, False, True, False, False]
    assert "pixi" in fourth.turns[-1].memory
    assert all("never pip" not in turn.memory for turn in fourth.turns)


async def test_what_another_window_reworded_bears_on_a_message_by_its_new_words(tmp_path: Path) -> None:
    fill(tmp_path / "shop", UserData(tmp_path / "data"), 100)
    here, there = (Engine(tmp_path / "shop", locations(tmp_path), SystemClock()) for _ in range(2))
    model = Listening()
    chat = ChatSession(here, model)
    question = "which port does the service 17 listen on, 9017?"
    try:
        async for _ in chat.reply(await chat.receive("hello")):
            pass
        [found] = await there.call(lambda parts: parts.recall.for_message(question).ids)
        statement = f"The service 17 listens on port 9017, as of today ({found})"
        await there.call(lambda parts: parts.profiles.edit(found, Means.COMMAND, statement=statement))
        async for _ in chat.reply(await chat.receive(question)):
            pass
    finally:
        await asyncio.gather(*(asyncio.to_thread(each.close) for each in (here, there)))

    assert "as of today" in model.requests[-1].turns[-1].memory


async def test_what_was_said_in_the_conversation_is_not_given_with_it_again(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    engine = Engine(tmp_path / "shop", locations(tmp_path), SystemClock())
    model = Listening()
    chat = ChatSession(engine, model)
    try:
        received = await chat.receive("We're switching from npm to pnpm in this project")
        async for _ in chat.reply(received):
            pass
        assert received.observation is not None
        [proposal] = received.observation.proposals
        await engine.call(lambda parts: parts.profiles.confirm(proposal, Means.TOAST))
        async for _ in chat.reply(await chat.receive("are we switching from npm to pnpm?")):
            pass
    finally:
        await asyncio.to_thread(engine.close)

    assert (model.requests[-1].stable, {turn.memory for turn in model.requests[-1].turns}) == ("", {""})
