from __future__ import annotations

from pathlib import Path

import pytest
from textual.screen import ModalScreen

from learnchat.app.screens.chat import ChatScreen
from learnchat.app.screens.leaving import QUIT_SECONDS
from support.chat import Chat, open_chat


async def opened(chat: Chat, command: str) -> None:
    await chat.send(command)
    await chat.until(lambda: isinstance(chat.app.screen, ModalScreen), "the dialog")


@pytest.mark.parametrize(
    "command",
    ["/inbox", "/insights", "/recall", "/search", "/review", "/resume", "/settings", "/model", "/login", "/theme"],
)
async def test_ctrl_c_closes_a_dialog_and_leaves_the_draft_as_it_was(project: Path, command: str) -> None:
    async with open_chat(project) as chat:
        await opened(chat, command)
        chat.prompt.load_text("half a thought")
        await chat.pilot.press("ctrl+c")
        await chat.until(lambda: isinstance(chat.app.screen, ChatScreen), "the chat")
        assert chat.prompt.text == "half a thought"
        # The command that opened it has ended too: the chat takes the next one.
        chat.clock.advance(QUIT_SECONDS + 1)
        await opened(chat, command)


@pytest.mark.parametrize("command", ["/inbox", "/insights", "/review", "/resume", "/settings", "/theme"])
async def test_escape_and_a_sentence_typed_at_once_close_a_dialog_and_begin_a_message(
    project: Path, command: str
) -> None:
    async with open_chat(project) as chat:
        await opened(chat, command)
        # As tmux sends them: Escape and the first letter are one key.
        await chat.pilot.press("alt+o", "n", "u", "y")
        await chat.until(lambda: isinstance(chat.app.screen, ChatScreen), "the chat")
        await chat.until(lambda: chat.prompt.text == "onuy", "the message")


async def test_pressed_again_it_leaves_the_chat(project: Path) -> None:
    async with open_chat(project) as chat:
        await opened(chat, "/inbox")
        await chat.pilot.press("ctrl+c")
        await chat.until(lambda: isinstance(chat.app.screen, ChatScreen), "the chat")
        assert "again leaves" in chat.status
        await chat.pilot.press("ctrl+c")
        await chat.until(lambda: not chat.app.is_running, "the end")


async def test_what_is_selected_in_a_field_is_copied(project: Path) -> None:
    async with open_chat(project) as chat:
        await opened(chat, "/recall tailwind")
        await chat.pilot.press("shift+home", "ctrl+c")
        assert chat.app.clipboard == "tailwind"
        assert isinstance(chat.app.screen, ModalScreen)


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize(
    ("command", "last"),
    [
        ("/review", "esc close"),
        ("/resume", "esc cancel"),
        ("/inbox", "esc close"),
        ("/insights", "esc cancel"),
        ("/search", "esc cancel"),
        ("/settings", "esc close"),
        ("/model", "esc cancel"),
        ("/login", "esc cancel"),
    ],
)
async def test_the_key_that_closes_can_be_read_at_any_width(
    project: Path, command: str, last: str, columns: int
) -> None:
    async with open_chat(project, size=(columns, 24)) as chat:
        await opened(chat, command)
        await chat.pilot.pause()
        strips = chat.app.screen._compositor.render_strips()
        rows = ["".join(segment.text for segment in strip) for strip in strips]
        assert any(f" {last} ─" in row for row in rows)


@pytest.mark.parametrize(("marked", "said"), [("one\ntwo\nthree", "Copied 2 lines"), ("one", "Copied 3 characters")])
async def test_ctrl_c_says_what_was_taken(project: Path, marked: str, said: str) -> None:
    async with open_chat(project) as chat:
        chat.prompt.load_text(marked)
        chat.prompt.move_cursor((0, 0))
        await chat.pilot.press(*["shift+down"] * 2 if "\n" in marked else ["shift+end"], "ctrl+c")
        await chat.until(lambda: said in chat.status, "what was taken")
        assert chat.prompt.text == marked
