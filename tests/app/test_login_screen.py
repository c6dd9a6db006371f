from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from learnchat.app.screens.login import LoginScreen
from learnchat.app.screens.model_picker import ModelPicker
from learnchat.learning.disk.files import writing_nothing
from support.chat import Chat, open_chat
from support.model_server import WRONG_KEY, ModelServer, Reply, unused_address

MODEL = "anthropic/claude-test"
KEY = "sk-test-0123456789abcdef"


@pytest.fixture
def service(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """Anthropic on loopback, and no key in the environment; what the chat sets there is taken back."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "")
    return server


@pytest.fixture
def file(isolation: Path) -> Path:
    return isolation / "configuration" / "keys.json"


def kept(file: Path) -> dict[str, str]:
    return json.loads(file.read_text())["keys"] if file.exists() else {}


def problem(chat: Chat) -> str:
    return str(chat.app.screen.query_one("#login-problem", Static).content)


async def open_login(chat: Chat, command: str = "/login anthropic") -> None:
    await chat.send(command)
    await chat.until(lambda: isinstance(chat.app.screen, LoginScreen), "the dialog")


async def give(chat: Chat, key: str) -> None:
    chat.app.screen.query_one(Input).value = key
    await chat.pilot.press("enter")


async def test_a_message_without_a_key_offers_login_after_which_it_is_sent_again(
    project: Path, service: ModelServer, file: Path
) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("how do we deploy?")
        await chat.until(lambda: "/login anthropic takes a key. Then /retry sends it again." in chat.said, "the offer")
        await open_login(chat)
        await give(chat, KEY)
        await chat.until(lambda: "Anthropic accepts the key. It is kept in" in chat.said, "the key")
        assert "It is used from now on. " in chat.said
        assert "/retry sends your last message again." in chat.said
        await chat.send("/retry")
        await chat.until(lambda: "Hello, world." in chat.said, "the reply")
        assert KEY not in chat.said
    assert service.chats[-1].headers["authorization"] == f"Bearer {KEY}"
    assert kept(file) == {"ANTHROPIC_API_KEY": KEY}


async def test_where_no_model_was_chosen_the_models_of_the_key_are_listed(
    project: Path, service: ModelServer, file: Path
) -> None:
    async with open_chat(project) as chat:
        await open_login(chat)
        await give(chat, KEY)
        await chat.until(lambda: isinstance(chat.app.screen, ModelPicker), "the list of models")
        assert "used from now on" not in chat.said
        listed = chat.app.screen.query_one(OptionList)
        await chat.until(
            lambda: "anthropic/model-large" in [str(option.prompt).strip() for option in listed.options], "its models"
        )
        assert all(str(option.prompt).startswith("anthropic/") for option in listed.options)
        await chat.pilot.press(*"model-large", "enter")
        await chat.until(lambda: "anthropic/model-large answers from now on" in chat.said, "the choice")
        await chat.send("hi")
        await chat.until(lambda: "Hello, world." in chat.said, "the reply")
    assert service.chats[-1].body["model"] == "model-large"


async def test_where_none_is_picked_after_it_that_is_said(project: Path, service: ModelServer) -> None:
    async with open_chat(project) as chat:
        await open_login(chat)
        await give(chat, KEY)
        await chat.until(lambda: isinstance(chat.app.screen, ModelPicker), "the list of models")
        await chat.pilot.press("escape")
        await chat.until(lambda: "No model is chosen yet. /model lists what the key offers." in chat.said, "the word")
        assert chat.app.chat.session.model.name == "offline"


async def test_another_model_goes_on_answering(project: Path, service: ModelServer) -> None:
    async with open_chat(project, model="openai/its-own") as chat:
        await open_login(chat)
        await give(chat, KEY)
        await chat.until(lambda: "openai/its-own answers as before; /model lists" in chat.said, "who answers")
        assert "used from now on" not in chat.said


async def test_login_may_be_typed_in_the_list_of_models(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/model")
        await chat.until(lambda: isinstance(chat.app.screen, ModelPicker), "the list of models")
        await chat.pilot.press(*"/login", "enter")
        await chat.until(lambda: isinstance(chat.app.screen, LoginScreen), "the dialog")


async def test_a_refused_key_offers_login_too(project: Path, server: ModelServer) -> None:
    server.will(Reply(status=401))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("how do we deploy?")
        await chat.until(lambda: "does not accept the key" in chat.said, "the failure")
        assert "/login anthropic takes a key." in chat.said


async def test_the_key_is_masked_and_a_refused_one_is_neither_kept_nor_used(
    project: Path, service: ModelServer, file: Path
) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await open_login(chat)
        await give(chat, WRONG_KEY)
        await chat.until(lambda: "Anthropic does not accept the key." in problem(chat), "the refusal")
        strips = chat.app.screen._compositor.render_strips()
        assert WRONG_KEY not in "".join(segment.text for line in strips for segment in line)
        await chat.pilot.press("enter")
        await chat.until(lambda: "Anthropic does not accept the key." in problem(chat), "the refusal again")
        await chat.pilot.press("escape")
        await chat.until(lambda: not isinstance(chat.app.screen, LoginScreen), "the chat")
        assert os.environ["ANTHROPIC_API_KEY"] == ""
    assert kept(file) == {}


async def test_without_a_network_a_second_enter_keeps_it_unchecked(
    project: Path, service: ModelServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", unused_address())
    async with open_chat(project, model=MODEL) as chat:
        await open_login(chat)
        await give(chat, KEY)
        await chat.until(lambda: "Enter again keeps the key unchecked." in problem(chat), "the failure")
        assert kept(file) == {}
        await chat.pilot.press("enter")
        await chat.until(lambda: "Not checked. It is kept in" in chat.said, "the key")
    assert kept(file) == {"ANTHROPIC_API_KEY": KEY}


async def test_a_key_of_the_environment_is_said_to_go_before_it_at_the_next_start(
    project: Path, server: ModelServer
) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await open_login(chat, "/login")
        listed = chat.app.screen.query_one(OptionList)
        await chat.until(
            lambda: "environment (ANTHROPIC_API_KEY)" in str(listed.get_option_at_index(0).prompt), "where keys are"
        )
        await give(chat, KEY)
        await chat.until(lambda: "At the next start ANTHROPIC_API_KEY of the environment" in chat.said, "the warning")
        await chat.send("hi")
        await chat.until(lambda: "Hello, world." in chat.said, "the reply")
    assert server.chats[-1].headers["authorization"] == f"Bearer {KEY}"


async def test_another_service_is_chosen_by_key(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await open_login(chat, "/login")
        await chat.pilot.press("down")
        await chat.until(lambda: "OpenAI" in chat.app.screen.query_one(Input).placeholder, "the second service")
        await chat.pilot.press("enter")
        await chat.until(lambda: "No key was given." in problem(chat), "the objection")


async def test_a_temporary_chat_uses_a_key_and_keeps_none(project: Path, service: ModelServer, file: Path) -> None:
    with writing_nothing("this conversation is temporary"):
        async with open_chat(project, model=MODEL, temporary=True) as chat:
            await open_login(chat)
            await give(chat, KEY)
            await chat.until(lambda: "It counts until you leave; it could not be kept" in chat.said, "the key")
            assert os.environ["ANTHROPIC_API_KEY"] == KEY
    assert kept(file) == {}


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("/login antropic", "There is no provider antropic. Did you mean anthropic?"),
        ("/login ollama", "Ollama is set up by its own variables, or needs no key."),
        (f"/login anthropic {KEY}", "A key is not written at the prompt"),
    ],
)
async def test_what_can_not_be_is_said(project: Path, command: str, sentence: str) -> None:
    async with open_chat(project) as chat:
        await chat.send(command)
        await chat.until(lambda: sentence in " ".join(chat.said.split()), "the sentence")
        assert KEY not in chat.said
