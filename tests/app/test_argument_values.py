from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from learnchat.widgets.completion_list import CompletionList
from support.chat import Chat, open_chat
from support.talks import hold

CODE = "First:\n\n```python\nprint('one')\n```\n\nthen\n\n```sh\nmake test\n```\n"


@pytest.fixture
async def talk(project: Path, isolation: Path) -> AsyncIterator[Chat]:
    """A conversation of two exchanges, another one beside it, a role and a file."""
    (isolation / "configuration" / "roles").mkdir(parents=True)
    (isolation / "configuration" / "roles" / "reviewer.md").write_text("Be short.")
    (project / "notes.md").write_text("x")
    hold(project, "moving the dashboard to Tailwind", "Good.")
    file = hold(project, "how do we deploy?", CODE, "and test?", "Rarely.")
    async with open_chat(project, resume=file) as chat:
        yield chat


def offered(chat: Chat) -> str:
    listed = chat.app.chat.query_one(CompletionList)
    return " ".join(str(listed.render()).split()) if listed.display else ""


async def complete(chat: Chat, text: str, *wanted: str) -> None:
    """Type a command and wait until all of what is wanted is offered."""
    chat.prompt.load_text("")
    chat.prompt.insert(text)
    await chat.until(lambda: all(each in offered(chat) for each in wanted), f"{wanted} for {text}")


async def test_conversations_are_offered_by_id_and_title(talk: Chat) -> None:
    await complete(talk, "/resume ", "moving the dashboard to Tailwind", "how do we deploy?", "· open")
    await complete(talk, "/resume tailwind", "moving the dashboard")
    await talk.until(lambda: "deploy" not in offered(talk), "only that one")
    await talk.pilot.press("enter")
    await talk.until(lambda: "Good." in talk.said, "the other conversation")


async def test_messages_are_offered_by_their_numbers(talk: Chat) -> None:
    await complete(talk, "/edit ", "1 and test?", "2 how do we deploy?")
    await complete(talk, "/fork ", "1 and test?", "2 how do we deploy?")
    await complete(talk, "/copy ", "1 Rarely.", "code 1 print('one')", "code 2 make test", "all")
    await complete(talk, "/quote code ", "code 2 make test")
    await complete(talk, "/role ", "reviewer", "off")


async def test_a_file_to_save_in_is_offered_and_not_taken_by_enter_alone(talk: Chat, project: Path) -> None:
    await complete(talk, "/save all no", "notes.md")
    await talk.pilot.press("tab")
    assert talk.prompt.text == "/save all notes.md"
    await complete(talk, "/save no", "notes.md")
    await talk.pilot.press("enter")
    await talk.until(lambda: saved(project) == "Rarely.\n", "the file")


def saved(project: Path) -> str:
    file = project / "no"
    return file.read_text() if file.exists() else ""


async def test_variants_are_offered_where_there_are_any(talk: Chat) -> None:
    await talk.send("/retry")
    await talk.until(lambda: talk.app.chat.session.path[-1].text != "Rarely.", "another reply")
    await talk.until(lambda: not talk.app.chat.replies.active)
    await complete(talk, "/variant ", "1 Rarely.", "2 ")
