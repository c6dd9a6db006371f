from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.screen import UPDATE_PERIOD

from learnchat.app.screens import frames
from learnchat.app.screens.frames import FrameTimer
from support.chat import Chat, open_chat


class FakeScreen:
    """What a timer needs of a screen; the clock is its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = self
        self._exit = False
        self.is_running = True
        self.drawn = 0
        self.fails = False
        self.failures: list[Exception] = []
        self.now = 100.0
        monkeypatch.setattr(frames.time, "monotonic", lambda: self.now)

    def _on_timer_update(self) -> None:
        self.drawn += 1
        if self.fails:
            raise ValueError("broken")

    def _handle_exception(self, error: Exception) -> None:
        self.failures.append(error)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> FakeScreen:
    return FakeScreen(monkeypatch)


@pytest.fixture
def timer(screen: FakeScreen) -> FrameTimer:
    made: Any = screen
    return FrameTimer(made)


async def waits(timer: FrameTimer, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it waits when it is told to draw."""
    found: list[float] = []
    loop = asyncio.get_running_loop()
    with monkeypatch.context() as patched:
        patched.setattr(loop, "call_later", lambda wait, function: found.append(wait))
        timer.resume()
    return found


async def test_what_changed_is_drawn_at_once_and_once(screen: FakeScreen, timer: FrameTimer) -> None:
    timer.resume()
    timer.resume()
    assert screen.drawn == 0, "not within whoever changes it"
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert screen.drawn == 1


async def test_the_next_frame_comes_a_frame_s_time_after_the_last(
    screen: FakeScreen, timer: FrameTimer, monkeypatch: pytest.MonkeyPatch
) -> None:
    timer._draw()
    screen.now += UPDATE_PERIOD / 4
    assert await waits(timer, monkeypatch) == [pytest.approx(UPDATE_PERIOD * 3 / 4)]
    timer._draw()
    screen.now += UPDATE_PERIOD * 2
    assert await waits(timer, monkeypatch) == [0]


async def test_nothing_is_drawn_after_a_pause_or_the_end(screen: FakeScreen, timer: FrameTimer) -> None:
    timer.resume()
    timer.pause()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    screen._exit = True
    timer._draw()
    screen._exit, screen.is_running = False, False
    timer._draw()
    assert screen.drawn == 0


async def test_a_failure_is_the_program_s(screen: FakeScreen, timer: FrameTimer) -> None:
    screen.fails = True
    timer._draw()
    assert [str(error) for error in screen.failures] == ["broken"]
    screen.fails = False
    timer._draw()
    assert screen.drawn == 2


async def test_a_frame_amid_a_removal_draws_what_is_left(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        screen, conversation = chat.app.chat, chat.app.chat.conversation
        await chat.send("how do we deploy?")
        await chat.until(lambda: "how do we deploy?" in chat.said)
        removal = conversation.clear()
        for _ in range(100):
            await asyncio.sleep(0)
            screen._dirty_widgets.update(screen._compositor.visible_widgets)
            screen._update_timer._draw()
        await removal
        await chat.send("/remember the API returns cents")
        await chat.until(lambda: "how do we deploy?" not in screen_text(chat))
        assert chat.app.is_running


async def test_a_dialog_that_opens_amid_a_removal_stands_over_what_is_left(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        screen, conversation = chat.app.chat, chat.app.chat.conversation
        await chat.send("how do we deploy?")
        await chat.until(lambda: "how do we deploy?" in chat.said)
        await chat.send("/settings")
        await chat.until(lambda: chat.app.screen is not screen and chat.app.screen.query("*"))
        removal = conversation.clear()
        for _ in range(100):
            await asyncio.sleep(0)
            screen_text(chat)
            screen._compositor.render_strips()
        await removal
        assert chat.app.is_running


def screen_text(chat: Chat) -> str:
    strips = chat.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
