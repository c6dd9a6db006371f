from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.app.sessions.finding import LAST, find_session, sessions_folder
from learnchat.learning.disk.files import writing_nothing
from learnchat.learning.transcripts import attached as attached_files
from learnchat.learning.transcripts.attached import attached_file
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import SessionFile
from learnchat.learning.transcripts.shelf import delete, drop_deleted, fork
from support.chat import open_chat
from support.clock import FakeClock
from support.commands import CommandLine
from support.model_server import ModelServer
from support.secret_shapes import made

MODEL = "anthropic/claude-test"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
LOST = "The files that went along with a message were not kept"


@pytest.fixture
def files(project: Path) -> Path:
    (project / "main.py").write_text("print('as it was')\n")
    (project / "shot.png").write_bytes(PNG)
    return project


def last(project: Path) -> SessionFile:
    return find_session(sessions_folder(project, Locations.find()), LAST)


def sent(server: ModelServer) -> str:
    return json.dumps(server.chats[-1].body["messages"])


async def talk(project: Path, *texts: str, model: str = MODEL, resume: SessionFile | None = None) -> str:
    """Say some things, and wait for their replies; returns what stood in the chat."""
    async with open_chat(project, model=model, resume=resume) as chat:
        for text in texts:
            count = chat.said.count("Hello, world.")
            await chat.send(text)
            await chat.until(lambda before=count: chat.said.count("Hello, world.") > before, "the reply")
        return chat.said


async def test_a_resumed_conversation_sends_what_was_attached_as_it_was(files: Path, server: ModelServer) -> None:
    await talk(files, "why @main.py and @shot.png?")
    first = sent(server)
    (files / "main.py").write_text("print('as it is now')\n")
    (files / "shot.png").unlink()
    said = await talk(files, "and now?", resume=last(files))

    again = server.chats[-1].body["messages"]
    assert [turn["role"] for turn in again] == ["user", "assistant", "user"]
    assert json.dumps(again[0]["content"]).replace(', "cache_control": {"type": "ephemeral"}', "") in first.replace(
        ', "cache_control": {"type": "ephemeral"}', ""
    )
    assert "as it was" in sent(server)
    assert '"type": "image"' in sent(server)
    assert "not kept" not in said


async def test_a_secret_in_a_file_is_not_kept(files: Path, server: ModelServer) -> None:
    secret = "ghp_" + made(36)
    (files / "main.py").write_text(f"TOKEN = '{secret}'\nprint('hi')\n")
    async with open_chat(files, model=MODEL) as chat:
        await chat.send("why @main.py?")
        await chat.until(lambda: len(chat.app.screen_stack) > 1, "the question")
        chat.clock.advance(1)
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: "Hello, world." in chat.said, "the reply")
    assert secret in sent(server)
    file = last(files)
    assert secret not in attached_file(file.path).read_text() + file.path.read_text()
    await talk(files, "and now?", resume=file)
    assert secret not in sent(server)
    assert "print('hi')" in sent(server)


async def test_what_has_no_room_is_said_when_it_is_sent_and_when_it_is_resumed(
    files: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attached_files, "MOST_KEPT", 50)
    said = await talk(files, "why @main.py?")
    assert "What goes along is not kept (the conversation has no room for it)" in " ".join(said.split())
    assert "as it was" in sent(server)
    said = await talk(files, "and now?", resume=last(files))
    assert LOST in " ".join(said.split())
    assert "as it was" not in sent(server)


async def test_what_a_summary_stands_for_is_not_missed(
    files: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attached_files, "MOST_KEPT", 50)
    await talk(files, "why @main.py?", "/compact")
    said = await talk(files, resume=last(files))
    assert "In place of the first 2 messages" in " ".join(said.split())
    assert LOST not in " ".join(said.split())


async def test_a_model_that_can_not_see_gets_no_picture_of_before_and_that_is_said_once(
    files: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk(files, "what is on @shot.png?")
    monkeypatch.setenv("OPENAI_API_KEY", "test-key")
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
    said = await talk(files, "and now?", "and then?", model="openai/gpt-3.5-turbo", resume=last(files))
    assert said.count("The pictures of earlier messages stay behind") == 1
    assert "what is on @shot.png?" in sent(server)
    assert '"type": "image' not in sent(server)


async def test_a_temporary_conversation_keeps_nothing_of_it(files: Path, server: ModelServer, isolation: Path) -> None:
    with writing_nothing("this conversation is temporary"):
        async with open_chat(files, model=MODEL, temporary=True) as chat:
            await chat.send("why @main.py?")
            await chat.until(lambda: "Hello, world." in chat.said, "the reply")
            assert "not kept" not in chat.said
    assert not attached_in(isolation)


def attached_in(folder: Path) -> list[Path]:
    return list(folder.rglob("*.attached"))


async def test_a_copy_has_it_and_what_is_deleted_for_good_has_it_no_more(
    files: Path, server: ModelServer, isolation: Path
) -> None:
    await talk(files, "why @main.py?", "and @shot.png?")
    saved = read_saved(last(files))
    clock = FakeClock()
    copy = fork(saved, saved.branches.path()[1].id, saved.file.path.parent, files, clock)
    kept = [json.loads(line)["message"] for line in attached_file(copy.path).read_text().splitlines()]
    assert kept == [saved.branches.path()[0].id]

    for file in (saved.file, copy):
        delete(file, clock)
    clock.advance(2 * 86_400)
    assert drop_deleted(copy.path.parent, clock) == 2
    assert attached_in(isolation) == []


async def test_purge_deletes_it(files: Path, server: ModelServer, learnchat: CommandLine, isolation: Path) -> None:
    await talk(files, "why @main.py?")
    assert attached_in(isolation)
    assert learnchat("purge", "--yes").code == 0
    assert attached_in(isolation) == []


async def test_what_is_damaged_is_left_out(files: Path, server: ModelServer) -> None:
    await talk(files, "why @main.py?")
    file = last(files)
    no_picture = {"name": "a", "kind": "image", "bytes": 1, "type": "t", "data": "?"}
    lines = ["{torn", '{"message": 3, "items": []}', json.dumps({"message": "x", "items": [no_picture, 4]})]
    with attached_file(file.path).open("a") as out:
        out.write("\n".join(lines) + "\n")
    await talk(files, "and now?", resume=file)
    assert "as it was" in sent(server)
