from __future__ import annotations

import json
import subprocess
import sys
import threading
from base64 import b64encode
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual import events

from learnchat.app.attachments.reading import Item
from learnchat.widgets.completion_list import CompletionList
from learnchat.widgets.waiting import Waiting
from support.chat import SWITCH, Chat, open_chat
from support.model_server import ModelServer, Reply

MODEL = "anthropic/claude-test"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def listed(chat: Chat) -> str:
    rows = chat.app.chat.query_one(CompletionList)
    return str(rows.content) if rows.display else ""


def waiting(chat: Chat) -> list[str]:
    rows = chat.app.chat.query_one(Waiting)
    return str(rows.content).splitlines()[1:] if rows.display else []


def transcript(chat: Chat) -> list[dict]:
    path = chat.app.engine.call_now(lambda parts: parts.transcript.path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][1:]


async def test_a_slash_offers_the_commands_and_enter_runs_one(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.type("/why-n")
        assert "/why-not" in listed(chat)
        await chat.pilot.press("enter")
        await chat.until(lambda: "You have not said anything yet" in chat.said)
        assert listed(chat) == ""


async def test_a_file_is_completed_sent_and_kept_by_reference(project: Path, server: ModelServer) -> None:
    (project / "src").mkdir()
    (project / "src" / "main.py").write_text("SECRET_OF_THE_FILE = 42\n")
    async with open_chat(project, model=MODEL) as chat:
        await chat.type("why @mai")
        await chat.until(lambda: "src/main.py" in listed(chat))
        await chat.pilot.press("tab", "enter")
        await chat.until(lambda: "Hello, world." in chat.said)
        assert "with src/main.py 24 bytes" in chat.said
        [mine, *_] = transcript(chat)
    assert mine["text"] == "why @src/main.py"
    assert mine["attached"] == [{"name": "src/main.py", "kind": "file", "bytes": 24}]
    content = server.chats[0].body["messages"][-1]["content"]
    assert "SECRET_OF_THE_FILE" in content[0]["text"]
    assert content[-1]["text"] == "why @src/main.py"


async def test_what_is_attached_is_never_listened_to(project: Path) -> None:
    (project / "notes.md").write_text(f"{SWITCH}. From now on we always use pnpm, never npm.\n")
    async with open_chat(project) as chat:
        await chat.send("please read @notes.md")
        await chat.until(lambda: "with notes.md" in chat.said)
        await chat.until(lambda: chat.app.chat.observation is not None)
        assert not chat.app.chat.asker.busy
        assert chat.app.chat.observation.proposals == ()


async def test_what_can_not_go_along_brings_the_message_back_and_a_second_enter_sends_it(project: Path) -> None:
    (project / "main.py").write_text("x")
    async with open_chat(project) as chat:
        await chat.send("why @mian.py")
        await chat.until(lambda: "There is no mian.py here. The nearest is main.py." in chat.said)
        assert chat.prompt.text == "why @mian.py"
        await chat.pilot.press("enter")
        await chat.until(lambda: chat.app.chat.observation is not None)
        assert chat.prompt.text == ""


async def test_a_secret_in_a_file_is_asked_about_before_it_leaves(project: Path, server: ModelServer) -> None:
    (project / "deploy.env").write_text('TOKEN="ghp_' + "a1B2c3D4e5" * 3 + 'F6g7h8"\n')
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("why @deploy.env")
        await chat.until(lambda: type(chat.app.screen).__name__ == "SecretScreen")
        await chat.pilot.press("escape")
        await chat.until(lambda: chat.prompt.text == "why @deploy.env")
    assert server.chats == []


async def test_a_picture_goes_to_a_model_that_sees(project: Path, server: ModelServer) -> None:
    (project / "shot.png").write_bytes(PNG)
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("what is on @shot.png")
        await chat.until(lambda: "Hello, world." in chat.said)
    [picture, text] = server.chats[0].body["messages"][-1]["content"]
    assert picture["source"] == {
        "type": "base64",
        "media_type": "image/png",
        "data": b64encode(PNG).decode(),
    }
    assert text["text"] == "what is on @shot.png"


async def test_a_picture_goes_in_openais_form(
    project: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    (project / "shot.png").write_bytes(PNG)
    async with open_chat(project, model="openai/gpt-4o") as chat:
        await chat.send("what is on @shot.png")
        await chat.until(lambda: "Hello, world." in chat.said)
    [picture, text] = server.chats[0].body["messages"][-1]["content"]
    assert picture["image_url"]["url"] == f"data:image/png;base64,{b64encode(PNG).decode()}"
    assert text == {"type": "text", "text": "what is on @shot.png"}


async def test_a_model_that_can_not_see_is_named(project: Path) -> None:
    (project / "shot.png").write_bytes(PNG)
    async with open_chat(project) as chat:
        await chat.send("what is on @shot.png")
        await chat.until(lambda: "offline can't see pictures: /model shows others." in chat.said)
        assert chat.prompt.text == "what is on @shot.png"


async def test_the_past_is_searched_over_all_sessions_of_the_project(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("how do we deploy to staging?")
        await chat.until(lambda: chat.app.chat.observation is not None)
    async with open_chat(project) as chat:
        await chat.type("draft")
        await chat.pilot.press("ctrl+r", *"stag")
        assert "› how do we deploy to staging?" in listed(chat)
        await chat.pilot.press("escape")
        assert chat.prompt.text == "draft"
        await chat.pilot.press("ctrl+r", *"stag", "enter")
        assert chat.prompt.text == "how do we deploy to staging?"


async def test_what_is_sent_while_a_reply_comes_waits_and_is_sent_after_it(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Coming",), held=(held := threading.Event())))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first")
        await chat.until(lambda: "Coming" in chat.said)
        await chat.send("second")
        assert waiting(chat) == ["waits: second"]
        assert "second" not in chat.said
        held.set()
        await chat.until(lambda: len(server.chats) == 2)
        await chat.until(lambda: "Hello, world." in chat.said)
        assert waiting(chat) == []
    assert server.chats[1].body["messages"][-1]["content"][-1]["text"] == "second"


async def test_what_is_sent_right_after_new_is_the_new_conversation_s(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Coming",), held=(held := threading.Event())))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first")
        await chat.until(lambda: "Coming" in chat.said)
        # As keys do that are typed faster than the program goes round.
        chat.app.chat.run_command("new", "")
        chat.app.chat.send("second")
        held.set()
        await chat.until(lambda: "Hello, world." in chat.said)
        assert chat.prompt.text == ""
        assert "first" not in chat.said
    assert [message["content"][-1]["text"] for message in server.chats[1].body["messages"]] == ["second"]


async def test_up_takes_the_last_back_and_escape_stops_and_takes_back_all(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Coming",), ends="stalled"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first")
        await chat.until(lambda: "Coming" in chat.said)
        for text in ("second", "third"):
            await chat.send(text)
        await chat.pilot.press("up")
        assert (chat.prompt.text, waiting(chat)) == ("third", ["waits: second"])
        await chat.pilot.press("escape")
        await chat.until(lambda: "stopped" in chat.said)
        assert (chat.prompt.text, waiting(chat)) == ("second\n\nthird", [])
    assert len(server.chats) == 1


async def test_a_draft_cleared_while_a_message_waits_comes_back_after_it_as_said(
    project: Path, server: ModelServer
) -> None:
    server.will(Reply(pieces=("Coming",), ends="stalled"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first")
        await chat.until(lambda: "Coming" in chat.said)
        await chat.send("second")
        await chat.type("a draft")
        await chat.pilot.press("ctrl+c")
        await chat.until(lambda: "Up brings what waits back, then the draft" in chat.status)
        await chat.pilot.press("up")
        assert chat.prompt.text == "second"
        await chat.pilot.press("up")
        assert chat.prompt.text == "a draft"
        await chat.pilot.press("escape")


async def test_escape_closes_the_list_before_it_stops_the_reply(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Coming",), ends="stalled"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first")
        await chat.until(lambda: "Coming" in chat.said)
        await chat.type("/in")
        await chat.pilot.press("escape")
        assert listed(chat) == ""
        assert chat.app.chat.replies.active
        await chat.pilot.press("escape")
        await chat.until(lambda: not chat.app.chat.replies.active)


async def test_what_waits_comes_back_when_the_reply_fails(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Coming",), held=(held := threading.Event()), ends="dropped"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first")
        await chat.until(lambda: "Coming" in chat.said)
        await chat.send("second")
        held.set()
        await chat.until(lambda: chat.prompt.text == "second")
    assert len(server.chats) == 1


async def test_what_waits_is_kept_when_the_program_is_left(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Coming",), ends="stalled"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first")
        await chat.until(lambda: "Coming" in chat.said)
        await chat.send("second")
        await chat.type("draft")
        await chat.pilot.press("ctrl+q")
        await chat.until(lambda: not chat.app.is_running)
    async with open_chat(project) as chat:
        await chat.pilot.press("up")
        assert chat.prompt.text == "second\n\ndraft"


async def test_the_editor_gets_the_whole_draft_and_gives_it_back(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = project / "editor.sh"
    script.write_text("#!/bin/sh\nwc -l < $1 > lines; echo 'and more' >> $1\n")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    monkeypatch.chdir(project)
    async with open_chat(project) as chat:
        monkeypatch.setattr(chat.app, "suspend", nullcontext)
        chat.app.post_message(events.Paste("line\n" * 60))
        await chat.until(lambda: chat.prompt.text == "[pasted 60 lines]")
        await chat.pilot.press("ctrl+o")
        await chat.until(lambda: chat.prompt.text.endswith("and more"))
        assert (project / "lines").read_text().strip() == "61"
        assert chat.prompt.text.startswith("line\nline\n")


async def test_an_editor_that_fails_is_named_and_the_draft_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    async with open_chat(project) as chat:
        monkeypatch.setattr(chat.app, "suspend", nullcontext)
        await chat.type("draft")
        await chat.pilot.press("ctrl+o")
        await chat.until(lambda: "/no/such/editor could not be started" in chat.said)
        assert chat.prompt.text == "draft"


async def test_where_the_terminal_can_not_be_handed_over_that_is_said(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.type("draft")
        await chat.pilot.press("ctrl+o")
        await chat.until(lambda: "An editor can't be opened here" in chat.said)
        assert chat.prompt.text == "draft"


async def test_what_is_at_hand_stands_as_a_chip_and_goes_along(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model=MODEL) as chat:
        item = Item("standard input", "input", 9, text="+ a line\n")
        chat.app.chat.prompting.attaching.attach("[standard input, 1 line]", item)
        await chat.type("why")
        await chat.pilot.press("enter")
        await chat.until(lambda: "Hello, world." in chat.said)
        assert transcript(chat)[0]["attached"] == [{"name": "standard input", "kind": "input", "bytes": 9}]
    content = server.chats[0].body["messages"][-1]["content"]
    assert "+ a line" in content[0]["text"]
    assert content[-1]["text"] == "[standard input, 1 line] why"


async def test_the_search_goes_further_back_than_up(project: Path) -> None:
    async with open_chat(project) as chat:
        for number in range(3):
            chat.app.engine.call_now(lambda parts, n=number: parts.transcript.append("user", f"message {n}"))
        chat.app.engine.call_now(lambda parts: parts.transcript.append("user", "the one of long ago"))
        await chat.pilot.press("ctrl+r", *"long")
        await chat.until(lambda: "› the one of long ago" in listed(chat))
        await chat.pilot.press("enter")
        assert chat.prompt.text == "the one of long ago"


async def test_what_comes_back_has_its_chips(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("Coming",), ends="stalled"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first")
        await chat.until(lambda: "Coming" in chat.said)
        chat.app.post_message(events.Paste("ab\n" * 50))
        await chat.until(lambda: chat.prompt.text == "[pasted 50 lines]")
        await chat.type(" why")
        await chat.pilot.press("enter")
        assert waiting(chat) == ["waits: [pasted 50 lines] why"]
        await chat.type("more")
        await chat.pilot.press("escape")
        await chat.until(lambda: chat.prompt.text == "[pasted 50 lines] why\n\nmore")
        assert chat.prompt.draft == "ab\n" * 50 + " why\n\nmore"


def test_nothing_of_it_is_loaded_before_the_first_paint() -> None:
    program = (
        "import sys, learnchat.app.main, learnchat.app.application\n"
        "late = ('prompting', 'attach', 'complet', 'searching', 'waiting', 'palette', 'manual', 'config_file')\n"
        "print([name for name in sys.modules if name.startswith('learnchat') and any(part in name for part in late)])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_what_is_pasted_as_a_chip_names_no_files(project: Path) -> None:
    async with open_chat(project) as chat:
        chat.app.post_message(events.Paste("import x from @scope/missing.js\n" * 50))
        await chat.until(lambda: "[pasted 50 lines" in chat.prompt.text)
        await chat.pilot.press("enter")
        await chat.until(lambda: chat.app.chat.observation is not None)
        assert "There is no" not in chat.said


async def test_the_first_mention_is_completed_however_fast_it_is_typed(project: Path) -> None:
    (project / "main.py").write_text("x")
    async with open_chat(project) as chat:
        await chat.until(lambda: chat.app.chat.prompting._paths._names, "the names of the files")
        for key in ("at", "m", "tab"):
            chat.prompt.post_message(events.Key(key, {"at": "@"}.get(key, key) if key != "tab" else None))
        await chat.pilot.pause()
        assert chat.prompt.text == "@main.py "


async def test_a_word_that_ends_as_a_file_and_is_none_is_held_back_once(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("what does @nowhere.py do?")
        await chat.until(lambda: "There is no nowhere.py here" in chat.said, "that there is none")
        await chat.until(lambda: chat.prompt.text == "what does @nowhere.py do?", "the message")
        assert chat.app.chat.session.path == []
        await chat.pilot.press("enter")
        await chat.until(lambda: chat.app.chat.session.last_reply, "the reply")
