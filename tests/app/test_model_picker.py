from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from learnchat.app.screens.model_picker import ModelPicker
from support.chat import Chat, open_chat
from support.model_server import WRONG_KEY, ModelServer

MODEL = "anthropic/claude-test"


def rows(chat: Chat) -> list[str]:
    listed = chat.app.screen.query_one(OptionList)
    return [str(listed.get_option_at_index(at).prompt).split()[0] for at in range(listed.option_count)]


def detail(chat: Chat) -> str:
    return str(chat.app.screen.query_one("#find-detail", Static).content)


async def open_picker(chat: Chat) -> None:
    await chat.send("/model")
    await chat.until(lambda: isinstance(chat.app.screen, ModelPicker), "the picker")
    await chat.until(lambda: "Asking" not in detail(chat), "the lists")


async def test_what_is_offered_is_listed_found_by_typing_and_chosen(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await open_picker(chat)
        assert rows(chat)[0] == MODEL
        assert {"anthropic/model-large", "anthropic/model-small"} <= set(rows(chat))
        chat.app.screen.query_one(Input).value = "small anth"
        await chat.until(lambda: rows(chat) == ["anthropic/model-small"])
        await chat.pilot.press("enter")
        await chat.until(lambda: "anthropic/model-small answers from now on in this project" in chat.said)
        assert chat.app.chat.session.model.name == "anthropic/model-small"
    assert server.chats == []


async def test_a_name_that_nobody_lists_can_be_typed(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await open_picker(chat)
        chat.app.screen.query_one(Input).value = "openai/its-own"
        await chat.until(lambda: rows(chat) == [])
        await chat.pilot.press("enter")
        await chat.until(lambda: "openai/its-own answers from now on" in chat.said)


async def test_a_service_that_refuses_is_named(
    project: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", WRONG_KEY)
    async with open_chat(project, model=MODEL) as chat:
        await open_picker(chat)
        assert "Anthropic does not accept the key." in detail(chat)
        assert WRONG_KEY not in detail(chat)
        await chat.pilot.press("escape")
        await chat.until(lambda: not isinstance(chat.app.screen, ModelPicker))
        assert chat.app.chat.session.model.name == MODEL


async def test_aliases_are_offered(project: Path, isolation: Path) -> None:
    (isolation / "configuration").mkdir()
    (isolation / "configuration" / "config.toml").write_text(f'[aliases]\nfast = "{MODEL}"\n')
    async with open_chat(project) as chat:
        await open_picker(chat)
        assert rows(chat) == ["offline", "fast"]
        assert "/login, typed here too, takes a key" in detail(chat)
        await chat.pilot.press("down", "enter")
        await chat.until(lambda: chat.app.chat.session.model.name == MODEL)
