from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.screens.chat import ChatScreen
from support.chat import open_chat


def rows(screen: ChatScreen) -> list[str]:
    return ["".join(segment.text for segment in strip).rstrip() for strip in screen._compositor.render_strips()]


@pytest.mark.parametrize("before", [0, 3])
async def test_help_is_read_from_its_beginning(project: Path, before: int) -> None:
    async with open_chat(project) as chat:
        for number in range(before):
            await chat.app.chat.conversation.add_note("\n".join(f"{number} {line}" for line in range(9)))
        await chat.send("/help")
        await chat.until(lambda: "Whatever lasts is asked about once" in rows(chat.app.chat)[2], "the beginning")
        assert "pagedown reads on" in chat.status
        assert any("/remember    save a statement now" in row for row in rows(chat.app.chat))
        # Whoever sends the next message sees what comes of it.
        await chat.send("how do we deploy?")
        await chat.until(lambda: chat.app.chat.conversation.following, "the end")


async def test_one_command_is_explained(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/help share")
        await chat.until(lambda: "/share on|off: share .learnchat/ with the repository" in chat.said, "what it does")
        assert "What is asked" not in chat.said


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/why-not", "You have not said anything yet"),
        ("/copy code", "There is no reply yet"),
        ("/nosuch", "/nosuch"),
        ("/remember we use uv", "Learned: we use uv"),
        ("/share", "/share takes on or off"),
        ("/help share", "share .learnchat/ with"),
    ],
)
async def test_what_a_command_answers_is_seen_by_who_reads_further_up(project: Path, command: str, answer: str) -> None:
    async with open_chat(project) as chat:
        conversation = chat.app.chat.conversation
        for number in range(6):
            await conversation.add_note("\n".join(f"{number} {line}" for line in range(9)))
        conversation.scroll_home(animate=False)
        await chat.until(lambda: not conversation.following, "the beginning")
        chat.app.chat.say("Not asked for.")
        await chat.until(lambda: "Not asked for." in chat.said, "what nobody asked for")
        assert not conversation.following
        await chat.send(command)
        await chat.until(lambda: any(answer in row for row in rows(chat.app.chat)[:-4]), "the answer")
        assert conversation.following


async def test_a_page_that_a_command_shows_is_read_from_its_beginning_further_up_too(project: Path) -> None:
    async with open_chat(project) as chat:
        conversation = chat.app.chat.conversation
        for number in range(6):
            await conversation.add_note("\n".join(f"{number} {line}" for line in range(9)))
        conversation.scroll_home(animate=False)
        await chat.until(lambda: not conversation.following, "the beginning")
        await chat.send("/help")
        await chat.until(lambda: "Whatever lasts is asked about once" in rows(chat.app.chat)[2], "the page's beginning")
