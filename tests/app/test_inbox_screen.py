from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from learnchat.app.screens.inbox import InboxScreen
from learnchat.learning.profile.insight import Means
from support.chat import Chat, open_chat
from support.proposals import make_proposal


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
        assert subtitle == "y remember · n skip · r reword · x never · u undo · … · esc close"
        await chat.pilot.press("escape")
        await chat.until(lambda: not isinstance(chat.app.screen, InboxScreen))


async def test_all_is_skipped_by_one_key_and_had_back_by_another(project: Path) -> None:
    async with open_chat(project) as chat:
        more = [make_proposal(f"We use tool {number}", id=f"tool{number}") for number in range(3)]
        await chat.app.engine.call(lambda parts: parts.profiles.add(more))
        await chat.send("/inbox")
        await chat.until(lambda: isinstance(chat.app.screen, InboxScreen))
        listed = chat.app.screen.query_one(OptionList)
        await chat.until(lambda: listed.option_count == 3)
        title = str(chat.app.screen.query_one("#inbox", Vertical).border_title)
        assert title == "Waiting for your decision (3) · c skips all"
        await chat.pilot.press("c")
        await chat.until(lambda: listed.option_count == 0, "the skipping")
        await chat.pilot.press("u")
        await chat.until(lambda: listed.option_count == 3, "the undoing")
        assert chat.insights() == []
        await chat.pilot.press("c")
        await chat.until(lambda: listed.option_count == 0, "the skipping")
        await chat.pilot.press("escape", "ctrl+t")
        await chat.until(lambda: len(chat.app.engine.call_now(lambda parts: parts.profiles.inbox.pending())) == 3)


async def test_what_may_replace_what_was_learned_meanwhile_is_confirmed_and_says_so(project: Path) -> None:
    async with open_chat(project) as chat:
        waiting = [make_proposal("we do not use bun", id="bun"), make_proposal("Prices are in cents", id="cents")]
        await chat.app.engine.call(lambda parts: parts.profiles.add(waiting))
        await chat.send("/remember we use bun")
        await chat.until(lambda: len(chat.insights()) == 1)
        await chat.send("/inbox")
        await chat.until(lambda: isinstance(chat.app.screen, InboxScreen))
        listed = chat.app.screen.query_one(OptionList)
        detail = chat.app.screen.query_one("#inbox-detail", Static)
        await chat.until(lambda: listed.option_count == 2)
        await chat.pilot.press("enter")
        words = "This may replace: we use bun. Both are kept; /insights forgets one."
        above = f"Learned: we do not use bun\n{words}\n\nPrices are in cents"
        await chat.until(lambda: str(detail.content).startswith(above), "what it may replace")
        assert words in " ".join(chat.said.split())
        assert len(chat.insights()) == 2
        await chat.pilot.press("enter")
        await chat.until(lambda: str(detail.content) == "Nothing waits.", "nothing more to say")


async def test_an_answer_that_can_not_be_carried_out_says_why_in_its_place(project: Path) -> None:
    async with open_chat(project) as chat:
        await open_inbox(chat)
        detail = chat.app.screen.query_one("#inbox-detail", Static)
        await chat.app.engine.call(lambda parts: parts.profiles.skip(parts.profiles.inbox.pending()[0], Means.COMMAND))
        await chat.pilot.press("enter")
        await chat.until(lambda: "decided" in str(detail.content), "why nothing was saved")
