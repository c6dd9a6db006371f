from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import Vertical
from textual.widgets import OptionList

from learnchat.app.screens.inbox import InboxScreen
from support.chat import Chat, open_chat


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


async def open_inbox(chat: Chat) -> None:
    await chat.be_asked()
    await chat.send("/inbox")
    await chat.until(lambda: isinstance(chat.app.screen, InboxScreen))
    await chat.until(lambda: chat.app.screen.query_one(OptionList).option_count == 1)


async def test_enter_saves_and_u_takes_it_back(project: Path) -> None:
    async with open_chat(project) as chat:
        await open_inbox(chat)
        await chat.pilot.press("enter")
        await chat.until(lambda: len(chat.insights()) == 1)
        await chat.pilot.press("u")
        await chat.until(lambda: chat.insights() == [], "the undoing")


async def test_the_border_names_the_keys(project: Path) -> None:
    async with open_chat(project) as chat:
        await open_inbox(chat)
        subtitle = str(chat.app.screen.query_one("#inbox", Vertical).border_subtitle)
        assert subtitle == "y remember · n skip · r reword · x never · u undo · esc close"
        await chat.pilot.press("escape")
        await chat.until(lambda: not isinstance(chat.app.screen, InboxScreen))
