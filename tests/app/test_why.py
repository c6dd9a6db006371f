from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Button, Input, OptionList, Static

from learnchat.app.locations import Locations
from learnchat.app.screens.one_line import OneLineScreen
from learnchat.app.screens.session import SessionScreen
from learnchat.app.screens.why import WhyScreen
from learnchat.app.sessions.finding import sessions_folder
from learnchat.learning.transcripts.session import list_sessions
from support.chat import SWITCH, Chat, open_chat

CENTS = "The API returns cents, not dollars"


@pytest.fixture
async def chat(project: Path) -> AsyncIterator[Chat]:
    """Two things are known from an earlier conversation, one of them said in a message; and a reply has come."""
    async with open_chat(project) as chat:
        await chat.be_asked()
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: len(chat.insights()) == 1, "the insight")
        await chat.send(f"# {CENTS}")
        await chat.until(lambda: len(chat.insights()) == 2, "the other one")
        await chat.send("/new")
        await chat.until(lambda: SWITCH not in chat.said)
        await chat.send("what do we use for CSS?")
        await chat.until(lambda: "‹" in chat.said, "the chips")
        yield chat


async def why(chat: Chat) -> WhyScreen:
    await chat.send("/why")
    await chat.until(lambda: isinstance(chat.app.screen, WhyScreen) and detail(chat))
    assert isinstance(chat.app.screen, WhyScreen)
    return chat.app.screen


def detail(chat: Chat) -> str:
    return str(chat.app.screen.query_one("#why-text", Static).content)


async def uses(chat: Chat) -> dict[str, int]:
    """Of the first insight that was given."""
    return await chat.app.chat.engine.call(
        lambda parts: {
            name: getattr(use, name)
            for use in parts.usage.all().values()
            for name in ("given", "used", "useful", "wrong", "outdated", "not_here")
            if getattr(use, name)
        }
    )


async def known(chat: Chat) -> list[str]:
    return await chat.app.chat.engine.call(lambda parts: [each.statement for each in parts.profiles.insights()])


async def test_chips_name_what_the_reply_took_up(chat: Chat) -> None:
    # Nobody knew the other one: without a model what is known is searched.
    assert "found ‹We're switching from…›" in chat.said
    assert "knew" not in chat.said
    assert await uses(chat) == {"given": 1, "used": 1}


async def test_why_shows_the_words_and_the_decision_behind_each(chat: Chat) -> None:
    await why(chat)
    shown = detail(chat)
    assert shown.startswith(SWITCH)
    for words in ("the reply took it up", "you said just that", "you said yes to a toast", "in       conversation "):
        assert words in shown
    await chat.pilot.press("down")
    await chat.until(lambda: detail(chat).startswith(CENTS))
    assert "you told learnchat to remember it" in detail(chat)
    assert "took it up" not in detail(chat)
    await chat.pilot.press("escape")
    assert chat.app.focused is chat.prompt


async def test_a_click_on_a_chip_opens_it_there(chat: Chat) -> None:
    await chat.send("is Tailwind used in the dashboard, and does the API return cents?")
    await chat.until(lambda: "› ‹" in chat.said, "two chips")
    foot = chat.app.chat.query(".reply--foot").last()
    await chat.pilot.click(foot, offset=(foot.text.index("› ‹") + 5, 0))
    second = SWITCH if foot.text.index("‹The API") < foot.text.index("‹We're") else CENTS
    await chat.until(lambda: isinstance(chat.app.screen, WhyScreen) and second in detail(chat), "the second one")


async def test_a_new_conversation_has_nothing_of_the_one_before(chat: Chat) -> None:
    await chat.send("/new")
    await chat.until(lambda: "‹" not in chat.said)
    await chat.send("/why")
    await chat.until(lambda: "Nothing was given to a reply in this conversation" in chat.said)


async def test_where_nothing_was_given_it_says_so(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/why")
        await chat.until(lambda: "Nothing was given to a reply in this conversation" in chat.said)


async def test_forget_takes_it_away_and_undo_brings_it_back(chat: Chat) -> None:
    await why(chat)
    await chat.pilot.press("f")
    await chat.until(lambda: detail(chat).startswith(CENTS))
    assert await known(chat) == [CENTS]
    await chat.pilot.press("u")
    await chat.until(lambda: chat.app.screen.query_one(OptionList).option_count == 2)


async def test_outdated_asks_for_what_holds_now(chat: Chat) -> None:
    await why(chat)
    await chat.pilot.press("o")
    await chat.until(lambda: isinstance(chat.app.screen, OneLineScreen))
    line = chat.app.screen.query_one(Input)
    assert line.value == SWITCH
    for text, trouble in (
        (SWITCH, "already"),
        ("", "empty"),
        ("Token ghp_" + "a1B2c3D4e5F6" * 3, "looks like a secret"),
    ):
        line.value = text
        await chat.pilot.press("enter")
        problem = chat.app.screen.query_one("#one-line-problem", Static)
        await chat.until(lambda words=trouble, at=problem: words in str(at.content), trouble)
    line.value = "The dashboard uses UnoCSS"
    await chat.pilot.press("enter")
    await chat.until(lambda: isinstance(chat.app.screen, WhyScreen) and detail(chat).startswith(CENTS))
    assert sorted(await known(chat)) == [CENTS, "The dashboard uses UnoCSS"]
    assert {(each["statement"], each.get("state", "active")) for each in chat.insights()} == {
        (SWITCH, "replaced"),
        (CENTS, "active"),
        ("The dashboard uses UnoCSS", "active"),
    }
    assert (await uses(chat))["outdated"] == 1


@pytest.mark.parametrize(("text", "left"), [("We moved to UnoCSS", ["We moved to UnoCSS", CENTS]), ("", [CENTS])])
async def test_wrong_is_put_right_or_forgotten(chat: Chat, text: str, left: list[str]) -> None:
    await why(chat)
    await chat.pilot.press("w")
    await chat.until(lambda: isinstance(chat.app.screen, OneLineScreen))
    chat.app.screen.query_one(Input).value = text
    await chat.pilot.press("enter")
    await chat.until(lambda: isinstance(chat.app.screen, WhyScreen) and not detail(chat).startswith(SWITCH))
    assert sorted(await known(chat)) == sorted(left)
    assert (await uses(chat))["wrong"] == 1


async def test_not_here_is_kept_as_feedback_and_ends_its_giving(chat: Chat) -> None:
    screen = await why(chat)
    screen.query_one("#answer-not_here", Button).press()
    await chat.until(lambda: "does not bear here" in detail(chat))
    await chat.pilot.press("y")
    await chat.until(lambda: "Noted: useful." in detail(chat))
    await chat.pilot.press("escape")
    assert len(await known(chat)) == 2
    given = chat.app.chat.session.given
    await chat.send("and for the API?")
    await chat.until(lambda: len(chat.app.chat.session.given) == len(given) - 1, "the next reply")
    counts = await uses(chat)
    assert (counts["not_here"], counts["useful"]) == (1, 1)
    await chat.send("/undo")
    await chat.send("and for the dashboard?")
    await chat.until(lambda: len(chat.app.chat.session.given) == len(given), "what was taken back")


async def test_the_conversation_behind_it_opens_at_the_message(chat: Chat) -> None:
    await why(chat)
    await chat.pilot.press("s")
    await chat.until(lambda: isinstance(chat.app.screen, SessionScreen))
    listed = chat.app.screen.query_one(OptionList)
    assert listed.highlighted == 0
    assert SWITCH in str(listed.get_option_at_index(0).prompt)
    await chat.pilot.press("escape")
    await chat.pilot.press("down")
    await chat.until(lambda: detail(chat).startswith(CENTS))
    await chat.pilot.press("s")
    await chat.until(lambda: "Its conversation is not here" in detail(chat))


async def test_a_resumed_conversation_says_what_its_replies_were_given(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send(f"# {CENTS}")
        await chat.until(lambda: len(chat.insights()) == 1, "the insight")
        await chat.send("/new")
        await chat.send("does the API return cents?")
        await chat.until(lambda: "‹" in chat.said, "the chip")
    [file] = list_sessions(sessions_folder(project, Locations.find()))
    async with open_chat(project, resume=file) as chat:
        await chat.until(lambda: "does the API return cents?" in chat.said, "what was said")
        assert "knew" not in chat.said
        await why(chat)
        assert detail(chat).startswith(CENTS)
        assert "before the conversation was resumed" in detail(chat)
