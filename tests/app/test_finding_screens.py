from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from learnchat.app.screens.finding import RecallScreen, SearchScreen
from learnchat.app.screens.session import SessionScreen
from learnchat.learning.kinds import Kind
from support.chat import SWITCH, Chat, open_chat

CENTS = "The API returns cents, not dollars"


@pytest.fixture
async def chat(project: Path) -> AsyncIterator[Chat]:
    async with open_chat(project) as chat:
        await chat.be_asked()
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: len(chat.insights()) == 1, "the insight")
        await chat.app.chat.engine.call(lambda parts: parts.profiles.remember(CENTS, kind=Kind.BUG_FIXED))
        yield chat


def part(chat: Chat, name: str) -> str:
    return str(chat.app.screen.query_one(f"#find-{name}", Static).content)


def listed(chat: Chat) -> list[str]:
    found = chat.app.screen.query_one(OptionList)
    return [str(found.get_option_at_index(place).prompt) for place in range(found.option_count)]


async def search_for(chat: Chat, query: str) -> None:
    chat.app.screen.query_one(Input).value = query


async def test_recall_finds_insights_and_shows_what_stands_behind_them(chat: Chat) -> None:
    await chat.send("/recall tailwind")
    await chat.until(lambda: isinstance(chat.app.screen, RecallScreen) and listed(chat))
    assert SWITCH in listed(chat)[0]
    await chat.until(lambda: "you said yes to a toast" in part(chat, "text"))
    await search_for(chat, "type:bug_fixed")
    await chat.until(lambda: len(listed(chat)) == 1 and CENTS in listed(chat)[0], "the filter")
    await search_for(chat, "type:bug_fixed zebra")
    await chat.until(lambda: "Nothing is known about that." in part(chat, "text"))
    assert listed(chat) == []


async def test_a_filter_that_is_none_is_said_in_place(chat: Chat) -> None:
    await chat.send("/recall type:fakt")
    await chat.until(lambda: isinstance(chat.app.screen, RecallScreen) and "There is no kind" in part(chat, "hint"))
    assert "type:fact" in part(chat, "hint")
    await search_for(chat, "")
    await chat.until(lambda: len(listed(chat)) == 2, "all of them")
    assert "narrow a search" in part(chat, "hint")


async def test_search_marks_the_words_and_opens_the_conversation_there(chat: Chat) -> None:
    await chat.until(lambda: not chat.app.chat.replies.active)
    await chat.send("/search bootstrap")
    await chat.until(lambda: isinstance(chat.app.screen, SearchScreen) and listed(chat))
    found = chat.app.screen.query_one(OptionList).get_option_at_index(0).prompt
    assert SWITCH in str(found)
    marked = [str(found)[span.start : span.end] for span in found.spans if "underline" in str(span.style)]  # type: ignore[union-attr]
    assert "Bootstrap" in marked
    await chat.pilot.press("enter")
    await chat.until(lambda: isinstance(chat.app.screen, SessionScreen))
    messages = chat.app.screen.query_one(OptionList)
    await chat.until(lambda: messages.highlighted == 0, "the message that was found")
    assert SWITCH in str(messages.get_option_at_index(0).prompt)
    await chat.pilot.press("escape", "escape")
    assert chat.app.focused is chat.prompt


async def test_search_looks_in_all_projects_when_told(chat: Chat, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    async with open_chat(elsewhere) as other:
        await other.send("the zebra crossing is drawn twice")
        await other.until(lambda: "zebra" in other.said and not other.app.chat.replies.active)
    await chat.send("/search zebra")
    await chat.until(lambda: isinstance(chat.app.screen, SearchScreen) and "Nothing like that" in part(chat, "text"))
    await chat.pilot.press("ctrl+a")
    await chat.until(lambda: listed(chat) and "elsewhere" in listed(chat)[0], "the other project")


async def test_what_only_insights_have_is_refused_in_a_search_of_messages(chat: Chat) -> None:
    await chat.send("/search type:fact x")
    await chat.until(
        lambda: isinstance(chat.app.screen, SearchScreen) and "Messages have no type" in part(chat, "hint")
    )


async def test_guide_says_what_bears_on_a_task_or_plainly_nothing(chat: Chat) -> None:
    await chat.send("/guide fix how cents of the API are rounded")
    await chat.until(lambda: "Past causes and fixes" in chat.said)
    assert f"• {CENTS}" in chat.said
    assert "(confidence " in chat.said
    await chat.send("/guide water the plants")
    await chat.until(lambda: "Nothing known bears on “water the plants”." in chat.said)
    await chat.send("/guide")
    await chat.until(lambda: "What are you about to do?" in chat.said)
