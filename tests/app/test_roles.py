import json
from pathlib import Path

import pytest

from learnchat.app.roles import SIZE_LIMIT, read_role, role_names
from learnchat.learning.errors import LearnchatError
from support.chat import open_chat
from support.commands import CommandLine
from support.model_server import ModelServer

MODEL = "anthropic/claude-test"
TEXT = "Answer as a strict reviewer."


@pytest.fixture
def roles(isolation: Path) -> Path:
    folder = isolation / "configuration" / "roles"
    folder.mkdir(parents=True)
    (folder / "reviewer.md").write_text(f"{TEXT}\n")
    (folder / "notes.txt").write_text("no role")
    return folder


def test_a_role_is_a_file(roles: Path) -> None:
    assert role_names(roles) == ["reviewer"]
    assert read_role(roles, "reviewer").text == TEXT


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("reviever", "Did you mean reviewer?"),
        ("../config", "Known: reviewer."),
        ("empty", "is empty"),
        ("long", "is longer than"),
        ("binary", "no text in UTF-8"),
    ],
)
def test_what_is_no_role_is_said(roles: Path, name: str, sentence: str) -> None:
    (roles / "empty.md").write_text("\n")
    (roles / "long.md").write_text("x" * (SIZE_LIMIT + 1))
    (roles / "binary.md").write_bytes(b"\xff\xfe\x00")
    if name in ("reviever", "../config"):
        for path in roles.glob("[elb]*.md"):
            path.unlink()
    with pytest.raises(LearnchatError) as error:
        read_role(roles, name)
    assert sentence in str(error.value)


def test_in_a_question_it_goes_along(learnchat: CommandLine, server: ModelServer, roles: Path) -> None:
    assert learnchat("ask", "--model", MODEL, "--role", "reviewer", "hi").code == 0
    assert learnchat("ask", "--model", MODEL, "hi").code == 0
    with_role, without = (json.dumps(chat.body["system"]) for chat in server.chats)
    assert TEXT in with_role
    assert TEXT not in without
    assert learnchat("ask", "--role", "none", "hi").code == 2


async def test_in_the_chat_it_is_taken_and_dropped(project: Path, server: ModelServer, roles: Path) -> None:
    async with open_chat(project, model=MODEL, role="reviewer") as chat:
        await chat.send("one")
        await chat.until(lambda: "Hello, world." in chat.said)
        await chat.send("/role off")
        await chat.until(lambda: "No role from now on." in chat.said)
        await chat.send("two")
        await chat.until(lambda: chat.said.count("Hello, world.") == 2)
        await chat.send("/role reviwer")
        await chat.until(lambda: "Did you mean reviewer?" in chat.said)
        await chat.send("/role reviewer")
        await chat.until(lambda: "Role from now on: reviewer." in chat.said)
        await chat.send("three")
        await chat.until(lambda: chat.said.count("Hello, world.") == 3)
    assert [TEXT in json.dumps(request.body["system"]) for request in server.chats] == [True, False, True]
