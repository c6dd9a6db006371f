from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnchat.app.drafts import keep_draft
from learnchat.app.models.remote import is_remote
from support.chat import open_chat
from support.model_server import ModelServer
from support.secret_shapes import SECRETS

MODEL = "anthropic/claude-test"
TOKEN = SECRETS["GitHub personal"]
MESSAGE = f"why does {TOKEN} not work?"


def kept(home: Path) -> bytes:
    """All that was written anywhere."""
    return b"\n".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


async def test_a_message_with_a_secret_is_sent_to_a_remote_model_after_one_key(
    project: Path, server: ModelServer, isolation: Path
) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await chat.send(MESSAGE)
        await chat.until(lambda: len(chat.app.screen_stack) == 2, "the question")
        await chat.pilot.press("ctrl+y")
        assert len(chat.app.screen_stack) == 2, "a key that was on its way answers nothing"
        assert server.chats == []
        chat.clock.advance(0.5)
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: "Hello, world." in chat.said, "the reply")
        assert "A secret was seen (GitHub token) and not stored" in chat.said
        assert not chat.toast.display
        await chat.send("and now?")
        await chat.until(lambda: len(server.chats) == 2, "the second request, unasked")
    assert TOKEN in json.dumps(server.chats[0].body)
    assert TOKEN.encode() not in kept(isolation)
    assert b"why does [GitHub token] not work?" in kept(isolation)


@pytest.mark.parametrize("key", ["escape", "ctrl+n"])
async def test_a_message_that_is_not_to_be_sent_stands_in_the_prompt_again_and_nowhere_else(
    project: Path, server: ModelServer, isolation: Path, key: str
) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await chat.send(MESSAGE)
        await chat.until(lambda: len(chat.app.screen_stack) == 2, "the question")
        await chat.pilot.press("y", "enter", key)
        await chat.until(lambda: "Not sent." in chat.said, "the answer")
        assert chat.prompt.text == MESSAGE
        assert TOKEN not in chat.said
        chat.prompt.load_text("hello?")
        await chat.pilot.press("enter")
        await chat.until(lambda: "Hello, world." in chat.said)
    assert TOKEN not in json.dumps([request.body for request in server.chats])
    assert TOKEN.encode() not in kept(isolation)


async def test_what_a_local_model_was_told_is_asked_about_before_a_remote_one_gets_it(
    project: Path, server: ModelServer
) -> None:
    async with open_chat(project) as chat:
        await chat.send(MESSAGE)
        await chat.until(lambda: "A secret was seen" in chat.said, "offline is asked without a question")
        await chat.send(f"/model {MODEL}")
        await chat.until(lambda: "answers from now on" in chat.said)
        await chat.send("and you?")
        await chat.until(lambda: len(chat.app.screen_stack) == 2, "the question")
        await chat.pilot.press("escape")
        await chat.until(lambda: "/new begins without it" in chat.said)
        await chat.send("/retry")
        await chat.until(lambda: len(chat.app.screen_stack) == 2, "the same before a message is sent again")
        await chat.pilot.press("escape")
        await chat.until(lambda: chat.said.count("Not sent.") == 2)
    assert server.chats == []


async def test_a_draft_with_a_secret_is_kept_without_it(project: Path, isolation: Path) -> None:
    async with open_chat(project) as chat:
        await chat.app.engine.call(keep_draft, f"deploy with {TOKEN}")
    assert TOKEN.encode() not in kept(isolation)
    assert b"deploy with [GitHub token]" in kept(isolation)


@pytest.mark.parametrize(
    ("name", "host", "remote"),
    [
        ("offline", "", False),
        ("ollama/llama3", "", False),
        ("ollama/llama3", "localhost:11434", False),
        ("ollama/llama3", "0.0.0.0", False),
        ("ollama/llama3", "gpu.example.org:11434", True),
        ("ollama/gpt-oss:120b-cloud", "", True),
        ("openai/gpt-6", "", True),
        ("ollama/llama3, offline", "", False),
        ("ollama/llama3, anthropic/claude-test", "", True),
    ],
)
def test_local_are_offline_and_an_ollama_on_this_machine(name: str, host: str, remote: bool) -> None:
    assert is_remote(name, {"OLLAMA_HOST": host}) is remote
