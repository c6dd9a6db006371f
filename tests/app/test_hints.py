from __future__ import annotations

from pathlib import Path

from learnchat.app.screens.hints import HINT_SECONDS, READ_SECONDS
from support.chat import Chat, open_chat
from support.model_server import ModelServer


def shown(chat: Chat) -> str:
    return chat.status.strip()


async def test_a_hint_leaves_after_its_time_and_what_is_so_stands_again(project: Path) -> None:
    async with open_chat(project) as chat:
        chat.app.chat.show_state("12 tokens in, 30 out")
        chat.app.chat.show_hint("ctrl+t takes it back")
        assert "ctrl+t takes it back" in shown(chat)
        chat.clock.advance(HINT_SECONDS)
        await chat.until(lambda: shown(chat) == "12 tokens in, 30 out", "the state")


async def test_a_key_ends_a_hint_that_could_be_read(project: Path) -> None:
    async with open_chat(project) as chat:
        chat.app.chat.show_hint("ctrl+t takes it back")
        await chat.pilot.press("a")
        assert "ctrl+t takes it back" in shown(chat)
        chat.clock.advance(READ_SECONDS)
        await chat.pilot.press("b")
        await chat.until(lambda: not shown(chat), "no hint")


async def test_a_state_that_changes_below_a_hint_is_seen_after_it(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model="anthropic/claude-sonnet-5-5") as chat:
        await chat.send("how do we deploy?")
        chat.app.chat.show_hint("ctrl+t takes it back")
        await chat.until(lambda: chat.app.chat.session.last_reply and not chat.app.chat.replies.active, "the reply")
        assert "ctrl+t takes it back" in shown(chat)
        chat.clock.advance(HINT_SECONDS)
        await chat.until(lambda: "tokens in" in shown(chat), "what it took")


async def test_a_new_conversation_does_not_show_what_the_last_one_took(project: Path) -> None:
    async with open_chat(project) as chat:
        chat.app.chat.show_state("12 tokens in, 30 out")
        await chat.send("/new")
        await chat.until(lambda: not shown(chat), "an empty row")
