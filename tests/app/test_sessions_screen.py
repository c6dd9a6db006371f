from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from learnchat.app.locations import Locations
from learnchat.app.screens.one_line import OneLineScreen
from learnchat.app.screens.sessions import SessionsScreen
from learnchat.app.sessions.finding import sessions_folder
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import list_sessions
from support.chat import Chat, open_chat
from support.clock import FakeClock
from support.talks import hold


class Listing:
    """The screen of conversations in a test."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    @property
    def screen(self) -> SessionsScreen:
        assert isinstance(self.chat.app.screen, SessionsScreen)
        return self.chat.app.screen

    @property
    def rows(self) -> list[str]:
        return [str(option.prompt) for option in self.screen.query_one(OptionList).options]

    @property
    def detail(self) -> str:
        return str(self.screen.query_one("#sessions-detail", Static).content)

    async def until(self, text: str) -> None:
        await self.chat.until(lambda: text in self.detail, text)


@pytest.fixture
async def listing(project: Path) -> AsyncIterator[Listing]:
    """Two conversations, the newer one about CSS; the chat itself has said nothing yet."""
    clock = FakeClock()
    hold(project, "how do we deploy?", "By hand.", clock=clock)
    clock.advance(3600)
    hold(project, "why is [the] CSS slow?", clock=clock)
    async with open_chat(project) as chat:
        await chat.send("/resume")
        await chat.until(lambda: isinstance(chat.app.screen, SessionsScreen), "the screen")
        listing = Listing(chat)
        await chat.until(lambda: len(listing.rows) == 2, "the conversations")
        yield listing


async def test_conversations_are_listed_newest_first_and_filtered_as_one_types(listing: Listing) -> None:
    assert ["[the] CSS" in row for row in listing.rows] == [True, False]
    await listing.until("1 message ·")

    await listing.chat.type("hand")
    await listing.until("Nothing matches.")
    listing.screen.query_one(Input).value = "deploy 2026-04"
    await listing.until("2 messages ·")
    assert len(listing.rows) == 1


async def test_what_was_asked_on_the_command_line_is_folded_until_it_is_looked_for(project: Path) -> None:
    hold(project, "how do we deploy?", "By hand.")
    hold(project, "what is 2+2?", "4", asked=True)
    hold(project, "what is 3+3?", asked=True)
    async with open_chat(project) as chat:
        await chat.send("/resume")
        await chat.until(lambda: isinstance(chat.app.screen, SessionsScreen), "the screen")
        listing = Listing(chat)
        await chat.until(lambda: len(listing.rows) == 2, "the conversation, and a row for the others")
        assert "how do we deploy?" in listing.rows[0]
        assert listing.rows[1] == "2 questions of `learnchat ask`: type “asked” to list them"

        await chat.type("asked")
        await chat.until(lambda: len(listing.rows) == 2 and "(asked) what is 2+2?" in "".join(listing.rows), "both")
        assert any("(asked, no answer) what is 3+3?" in row for row in listing.rows)


async def test_where_nothing_else_was_said_what_was_asked_is_listed(project: Path) -> None:
    hold(project, "what is 2+2?", "4", asked=True)
    async with open_chat(project) as chat:
        await chat.send("/resume")
        await chat.until(lambda: isinstance(chat.app.screen, SessionsScreen), "the screen")
        await chat.until(lambda: "what is 2+2?" in "".join(Listing(chat).rows), "the question")


async def test_enter_goes_on_with_the_marked_one(listing: Listing) -> None:
    await listing.chat.pilot.press("down", "enter")
    await listing.chat.until(lambda: "Resumed “how do we deploy?”" in listing.chat.status, "the conversation")

    await listing.chat.send("/resume")
    await listing.chat.until(lambda: isinstance(listing.chat.app.screen, SessionsScreen), "the screen")
    await listing.chat.until(lambda: any("(open)" in row for row in listing.rows), "which one is open")
    await listing.chat.pilot.press("down", "ctrl+d")
    await listing.until("This one is open")


async def test_a_deleted_one_is_brought_back(listing: Listing, project: Path) -> None:
    folder = sessions_folder(project, Locations.find())
    await listing.chat.pilot.press("ctrl+d")
    await listing.until("Deleted. ctrl+t brings it back")
    assert len(listing.rows) == len(list_sessions(folder)) == 1

    await listing.chat.pilot.press("ctrl+t")
    await listing.until("Brought back: why is [the] CSS slow?")
    assert len(listing.rows) == len(list_sessions(folder)) == 2
    await listing.chat.pilot.press("ctrl+t")
    await listing.until("Nothing was deleted here.")


async def test_one_is_called_by_another_title(listing: Listing, project: Path) -> None:
    await listing.chat.pilot.press("ctrl+r")
    await listing.chat.until(lambda: isinstance(listing.chat.app.screen, OneLineScreen), "the dialog")
    listing.chat.app.screen.query_one(Input).value = "Slow [CSS]"
    await listing.chat.pilot.press("enter")
    await listing.chat.until(lambda: isinstance(listing.chat.app.screen, SessionsScreen), "the list")
    await listing.chat.until(lambda: "Slow [CSS]" in listing.rows[0], "the title")

    newest = list_sessions(sessions_folder(project, Locations.find()))[0]
    assert read_saved(newest).title == "Slow [CSS]"


async def test_one_is_exported_beside_what_is_there(listing: Listing, project: Path) -> None:
    (project / "why-is-the-css-slow.md").write_text("mine")
    await listing.chat.pilot.press("ctrl+e")
    await listing.until("Written: ")

    assert (project / "why-is-the-css-slow.md").read_text() == "mine"
    assert (project / "why-is-the-css-slow-2.md").read_text().startswith("# why is [the] CSS slow?\n")


async def test_escape_leaves_everything_as_it_was(listing: Listing) -> None:
    await listing.chat.pilot.press("escape")
    await listing.chat.until(lambda: listing.chat.app.screen is listing.chat.app.chat, "the chat")
    assert listing.chat.app.chat.session.path == []
