from __future__ import annotations

import asyncio
import errno
from pathlib import Path

import pytest

from learnchat.app import engine as engine_module
from learnchat.app import parts as parts_module
from learnchat.app.engine import Engine
from learnchat.app.locations import Locations
from learnchat.app.parts import Parts
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.user_data import UserData
from support.clock import FakeClock
from support.large import fill


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr(engine_module, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(engine_module, "RETRY_SECONDS", 0.01)
    (tmp_path / "shop").mkdir()
    return Engine(tmp_path / "shop", Locations(tmp_path / "configuration", tmp_path / "data"), FakeClock())


def written(tmp_path: Path) -> bool:
    return (tmp_path / "shop" / ".learnchat" / "LEARNED_INSIGHTS.md").exists()


def remember(parts: Parts) -> str:
    act = parts.decide(lambda each: each.profiles.remember("We use pnpm"))
    assert act is not None
    return act.sentence


async def test_a_decision_does_not_wait_for_the_files_which_follow_by_themselves(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "IDLE_SECONDS", 3600.0)
    assert await engine.call(remember) == "Learned: We use pnpm · Fact"
    assert not written(tmp_path)
    monkeypatch.setattr(engine_module, "IDLE_SECONDS", 0.01)
    loop, caught_up = asyncio.get_running_loop(), asyncio.Event()
    real = Parts.catch_up

    def catch_up(parts: Parts) -> str | None:
        failure = real(parts)
        loop.call_soon_threadsafe(caught_up.set)
        return failure

    monkeypatch.setattr(Parts, "catch_up", catch_up)
    await engine.call(lambda parts: None)
    async with asyncio.timeout(5):
        await caught_up.wait()
    assert written(tmp_path)
    engine.close()


async def test_what_was_begun_is_written_when_the_chat_closes(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "IDLE_SECONDS", 3600.0)
    await engine.call(remember)
    await asyncio.to_thread(engine.close)
    assert written(tmp_path)


async def test_a_full_disk_is_told_and_tried_again_until_there_is_room(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes: list[str | None] = []
    changed = asyncio.Event()

    def note() -> None:
        changes.append(engine._failure)
        changed.set()

    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    engine.failure_changed = note
    with monkeypatch.context() as full:
        full.setattr(Directory, "replace", fail)
        assert await engine.call(remember) == "Learned: We use pnpm · Fact"
        async with asyncio.timeout(5):
            await changed.wait()
        assert changes == ["no space left on device"]
        assert await engine.call(lambda parts: parts.profiles.unwritable) == "no space left on device"
        assert await engine.call(lambda parts: len(parts.profiles.insights())) == 1
        changed.clear()
    async with asyncio.timeout(5):
        await changed.wait()
    assert changes[-1] is None
    assert written(tmp_path)
    await asyncio.to_thread(engine.close)


async def test_no_message_waits_for_the_index_which_is_made_between_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts_module, "PATIENCE_SECONDS", 0.0)
    fill(tmp_path / "shop", UserData(tmp_path / "data"), 60)
    engine = Engine(tmp_path / "shop", Locations(tmp_path / "configuration", tmp_path / "data"), SystemClock())
    asked = "which port does the invoice service listen on, and the cart?"

    def bear(parts: Parts) -> int:
        return len(parts.finder.bearings.find(asked))

    def bear_when_whole(parts: Parts) -> int:
        return bear(parts) if parts.finder.read_on(0.0) else 0

    first = await engine.call(bear)
    found = 0
    async with asyncio.timeout(10):
        while not found:
            found = await engine.call(bear_when_whole)
    engine.close()

    assert first < found
