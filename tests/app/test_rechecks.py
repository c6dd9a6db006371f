from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from learnchat.app.screens.inbox import InboxScreen
from learnchat.app.screens.one_line import OneLineScreen
from learnchat.learning.profile.insight import Means
from support.chat import Chat, open_chat
from support.proposals import make_proposal

FROZEN = "Prices are frozen for the sale"


@pytest.fixture
async def chat(project: Path) -> AsyncIterator[Chat]:
    async with open_chat(project) as chat:
        yield chat


async def run_out(chat: Chat) -> None:
    """An insight comes to its date while the chat is open; it is shown when nobody types."""
    expires = chat.clock.now() + timedelta(hours=1)
    proposal = make_proposal(FROZEN, id="frozen1", created=chat.clock.now(), expires=expires)
    await chat.app.chat.engine.call(lambda parts: parts.profiles.confirm(proposal, Means.TOAST))
    await chat.app.chat.rows._look()
    assert not chat.app.chat.asker.busy
    chat.clock.advance(3601)
    await chat.app.chat.rows._look()
    chat.clock.advance(0.7)
    await chat.until(lambda: chat.app.chat.asker.shown, "the toast")
    chat.clock.advance(0.5)


async def known(chat: Chat) -> list[tuple[str, bool]]:
    return await chat.app.chat.engine.call(
        lambda parts: [(each.statement, each.entry.expires is None) for each in parts.profiles.insights()]
    )


async def test_a_toast_asks_once_and_takes_no_focus(chat: Chat) -> None:
    await run_out(chat)
    assert chat.toast.border_title == "Still true?"
    for words in (FROZEN, "has come", "keep", "let it go", "new date", "No answer changes nothing."):
        assert words in chat.toast_text
    assert "replaces" not in chat.toast_text
    assert chat.app.focused is chat.prompt
    await chat.pilot.press("ctrl+y")
    await chat.until(lambda: f"Kept: {FROZEN}" in chat.said)
    assert await known(chat) == [(FROZEN, True)]
    await chat.app.chat.rows._look()
    assert not chat.app.chat.asker.shown


async def test_silence_changes_nothing_and_leaves_it_in_the_inbox(chat: Chat) -> None:
    chat.app.chat.focus_report(True)
    chat.app.chat.asker.seconds = 1.0
    await run_out(chat)
    for _ in range(3):
        chat.clock.advance(1)
        await chat.pilot.pause(0.11)
    await chat.until(lambda: "1 waiting" in chat.status, "the waiting line")
    assert await known(chat) == []
    await chat.app.chat.rows._look()
    assert not chat.app.chat.asker.busy
    await chat.send("/inbox")
    await chat.until(lambda: isinstance(chat.app.screen, InboxScreen))
    detail = chat.app.screen.query_one("#inbox-detail", Static)
    await chat.until(lambda: "Still true?" in str(detail.content))
    await chat.pilot.press("y")
    await chat.until(lambda: "Nothing waits." in str(detail.content))
    assert await known(chat) == [(FROZEN, True)]


async def test_no_lets_it_go(chat: Chat) -> None:
    await run_out(chat)
    await chat.pilot.press("ctrl+n")
    await chat.until(lambda: "Let go" in chat.toast_text)
    assert await known(chat) == []


async def test_a_new_date_lies_ahead(chat: Chat) -> None:
    await run_out(chat)
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, OneLineScreen))
    line = chat.app.screen.query_one(Input)
    problem = chat.app.screen.query_one("#one-line-problem", Static)
    for date, trouble in (("soon", "is not a date"), ("2026-03-31", "has passed")):
        line.value = date
        await chat.pilot.press("enter")
        await chat.until(lambda words=trouble: words in str(problem.content))
    line.value = "2026-06-30"
    await chat.pilot.press("enter")
    await chat.until(lambda: "Kept, best before 2026-06-30" in chat.said)
    assert await known(chat) == [(FROZEN, False)]


async def test_cancelling_the_date_leaves_the_question_waiting(chat: Chat) -> None:
    await run_out(chat)
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, OneLineScreen))
    await chat.pilot.press("escape")
    await chat.until(lambda: "1 waiting" in chat.status)
    assert await known(chat) == []
