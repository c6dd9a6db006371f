from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from learnchat.app.screens.finding import RecallScreen, SearchScreen
from learnchat.app.screens.session import SessionScreen
from learnchat.learning.kinds import Kind
from learnchat.learning.transcripts.session import read_session
from learnchat.widgets.earlier import Earlier
from support.chat import SWITCH, Chat, open_chat
from support.model_server import ModelServer, Reply
from support.talks import hold

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


async def open_found(chat: Chat, query: str) -> None:
    """Search, and open the conversation of the first hit."""
    await chat.send(f"/search {query}")
    await chat.until(lambda: isinstance(chat.app.screen, SearchScreen) and listed(chat), "a hit")
    await chat.pilot.press("enter")
    await chat.until(lambda: isinstance(chat.app.screen, SessionScreen), "the conversation")


def top_row(chat: Chat) -> str:
    """The first row of the conversation that is in view and not blank."""
    rows = chat.app.screen._compositor.render_strips()[chat.app.chat.conversation.region.y :]
    return next(filter(str.strip, ("".join(segment.text for segment in row) for row in rows)), "")


async def test_a_conversation_that_was_found_is_gone_on_with_at_the_message(project: Path) -> None:
    said = [text for n in range(80) for text in (f"question {n} about the zebra{n}", f"answer {n} " + "word " * 60)]
    file = hold(project, *said)
    async with open_chat(project) as chat:
        await open_found(chat, "zebra40")
        await chat.pilot.press("enter")
        await chat.until(lambda: "question 40 about" in top_row(chat), "the message at the top")
        assert chat.app.focused is chat.prompt
        assert "Resumed “question 0 about the…” · 160 messages · ctrl+end leads to the end" in chat.status
        await chat.until(lambda: chat.app.chat.query_one(Earlier).measured, "all heights")
        assert "question 40 about" in top_row(chat)
        await chat.send("and the stripes?")
        await chat.until(lambda: len(read_session(file.path)) == 162, "the new exchange in its file")


async def test_in_the_conversation_that_is_open_a_hit_is_only_shown(project: Path) -> None:
    said = [text for n in range(30) for text in (f"question {n} about the zebra{n}", f"answer {n} " + "word " * 60)]
    async with open_chat(project, resume=hold(project, *said)) as chat:
        await open_found(chat, "zebra3")
        await chat.pilot.press("enter")
        await chat.until(lambda: "question 3 about" in top_row(chat), "the message at the top")
        assert "This conversation, at the message that was found" in chat.status
        await chat.pilot.press("ctrl+end")
        await chat.until(lambda: chat.app.chat.conversation.is_vertical_scroll_end, "the end")


async def test_a_hit_in_another_variant_brings_that_into_view(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("The first is a zebra.",)), Reply(pieces=("The second is a gnu.",)))
    async with open_chat(project, model="anthropic/claude-test") as chat:
        await chat.send("which animal?")
        await chat.until(lambda: "zebra" in chat.said and not chat.app.chat.replies.active)
        await chat.send("/retry")
        await chat.until(lambda: "gnu" in chat.said and not chat.app.chat.replies.active)
        await open_found(chat, "zebra")
        await chat.pilot.press("enter")
        await chat.until(lambda: "zebra" in chat.said and "gnu" not in chat.said, "the first variant")
        assert [text.text for text in chat.app.chat.session.path][-1] == "The first is a zebra."


async def test_a_conversation_of_another_project_is_only_read(chat: Chat, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    hold(elsewhere, "the zebra crossing is drawn twice", "Once.")
    await chat.send("/search zebra")
    await chat.until(lambda: isinstance(chat.app.screen, SearchScreen))
    await chat.pilot.press("ctrl+a")
    await chat.until(lambda: listed(chat) and "elsewhere" in listed(chat)[0], "the other project")
    await chat.pilot.press("enter")
    await chat.until(lambda: isinstance(chat.app.screen, SessionScreen))
    assert "resume" not in str(chat.app.screen.query_one("#session").border_subtitle)
    await chat.pilot.press("enter", "escape", "escape")
    assert chat.app.focused is chat.prompt
    assert "zebra" not in chat.said
