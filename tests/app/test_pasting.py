from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual import events

from learnchat.app import editor
from learnchat.app.application import Learnchat
from learnchat.app.locations import Locations
from learnchat.learning.clock import SystemClock
from learnchat.learning.transcripts.session import Transcript
from support.chat import SWITCH, Chat, open_chat
from support.commands import CommandLine
from support.model_server import ModelServer, Reply

MODEL = "anthropic/claude-test"
NOT_LISTENED_TO = "What you pasted is not listened to; /remember saves a sentence of it."
ARTICLE = "Our team decided to use Kafka instead of RabbitMQ.\nWe moved from npm to pnpm for all packages.\n"
LONG = f"{SWITCH}. {'It was a long day with much talk about it. ' * 5}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


async def paste(chat: Chat, text: str) -> None:
    before = chat.prompt.text
    chat.app.post_message(events.Paste(text))
    await chat.until(lambda: chat.prompt.text != before, "the paste")


async def observed(chat: Chat, before: Callable[[], object] = lambda: None) -> str:
    """Send what stands there; what /why-not says of it."""
    await chat.pilot.press("enter")
    await chat.until(lambda: chat.app.chat.observation is not before(), "the observation")
    await chat.until(lambda: not chat.app.chat.replies.active, "the reply")
    await chat.send("/why-not")
    await chat.until(lambda: "not listened to" in chat.said or "asked" in chat.said or "Nothing in" in chat.said)
    return chat.said


@pytest.mark.parametrize("text", [ARTICLE, LONG, ARTICLE * 30])
async def test_what_is_pasted_is_not_asked_about_and_why_not_says_so(project: Path, text: str) -> None:
    async with open_chat(project) as chat:
        await chat.type("is it so? ")
        await paste(chat, text)
        said = await observed(chat)
        assert NOT_LISTENED_TO in " ".join(said.split())
        assert chat.app.chat.observation.proposals == ()


async def test_what_is_typed_beside_a_paste_is_asked_about(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        chat.prompt.insert(SWITCH)
        await observed(chat)
        (proposal,) = chat.app.chat.observation.proposals
        assert proposal.statement == SWITCH
        assert proposal.source.start == len(ARTICLE)


async def test_a_short_line_that_is_pasted_is_heard(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, f"{SWITCH}\n")
        said = await observed(chat)
        assert NOT_LISTENED_TO not in " ".join(said.split())
        assert [each.statement for each in chat.app.chat.observation.proposals] == [SWITCH]


async def test_a_paste_that_is_sent_again_or_revised_is_still_a_paste(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        await observed(chat)
        first = chat.app.chat.observation
        chat.app.chat.revising.begin(chat.app.chat.session.path[0])
        await chat.type(" now")
        await observed(chat, lambda: first)
        assert chat.app.chat.observation.proposals == ()


async def test_a_paste_of_an_earlier_session_is_still_a_paste(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        await observed(chat)
    async with open_chat(project) as chat:
        await chat.until(lambda: chat.prompt.past, "the history")
        await chat.pilot.press("up")
        assert chat.prompt.draft == ARTICLE.rstrip()
        await observed(chat)
        assert chat.app.chat.observation.proposals == ()


async def leave(chat: Chat) -> None:
    chat.app.chat.leaving.leave()
    await chat.until(lambda: not chat.app.is_running, "the end")


async def call_back_and_observe(chat: Chat) -> tuple[str, ...]:
    """Send the draft that was left at the last start; what of it would be asked."""
    await chat.until(lambda: chat.prompt.past, "the draft that was left")
    await chat.pilot.press("up")
    await observed(chat)
    return tuple(each.statement for each in chat.app.chat.observation.proposals)


@pytest.mark.parametrize("text", [ARTICLE, LONG, ARTICLE * 30])
async def test_a_paste_in_a_draft_that_was_left_is_still_a_paste(project: Path, text: str) -> None:
    async with open_chat(project) as chat:
        await chat.type("look ")
        await chat.pilot.press("ctrl+j")
        await paste(chat, text)
        await leave(chat)
    async with open_chat(project) as chat:
        assert await call_back_and_observe(chat) == ()


async def test_a_paste_in_a_draft_that_was_cleared_before_leaving_is_still_a_paste(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        await chat.pilot.press("ctrl+c", "ctrl+c")
        await chat.until(lambda: not chat.app.is_running, "the end")
    async with open_chat(project) as chat:
        assert await call_back_and_observe(chat) == ()


async def test_what_was_typed_beside_a_paste_in_a_draft_is_asked_about(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        chat.prompt.insert(SWITCH)
        await leave(chat)
    async with open_chat(project) as chat:
        assert await call_back_and_observe(chat) == (SWITCH,)


async def test_a_paste_with_a_secret_in_a_draft_that_was_left_is_still_a_paste(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, f"{SWITCH} and the password is Tr0ub4" + f"dor&3.\n{ARTICLE}")
        await leave(chat)
    async with open_chat(project) as chat:
        assert await call_back_and_observe(chat) == ()
        assert chat.app.chat.observation.pasted


@pytest.mark.parametrize(
    ("left", "asked"), [(SWITCH, (SWITCH,)), (ARTICLE, ())], ids=["what may be typed", "what looks pasted"]
)
async def test_a_draft_that_an_older_version_left_is_taken(project: Path, left: str, asked: tuple[str, ...]) -> None:
    file = Locations.find().user_data.project(project).older_draft
    file.parent.mkdir(parents=True)
    file.write_text(left, encoding="utf-8")
    async with open_chat(project) as chat:
        assert await call_back_and_observe(chat) == asked
    assert not file.exists()


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"text": 3}', '{"text": ""}', '{"pasted": [[0, 9]]}'])
async def test_a_draft_file_that_holds_none_brings_nothing_back(project: Path, kept: str) -> None:
    file = Locations.find().user_data.project(project).draft
    file.parent.mkdir(parents=True)
    file.write_text(kept, encoding="utf-8")
    async with open_chat(project) as chat:
        assert (list(chat.prompt.past), file.exists()) == ([], False)


async def test_a_paste_in_a_message_that_waited_when_the_chat_was_left_is_still_a_paste(
    project: Path, server: ModelServer
) -> None:
    held = threading.Event()
    server.will(Reply(("Coming",), held=held))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("and?")
        await chat.until(lambda: chat.app.chat.replies.active, "the reply")
        await paste(chat, ARTICLE)
        await chat.pilot.press("enter")
        await chat.until(lambda: chat.app.chat.prompting.queue.waits, "what waits")
        await leave(chat)
        held.set()
    async with open_chat(project) as chat:
        assert await call_back_and_observe(chat) == ()


async def test_a_paste_in_a_message_that_waited_for_a_reply_is_still_a_paste(
    project: Path, server: ModelServer
) -> None:
    held = threading.Event()
    server.will(Reply(("Coming",), held=held))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("and?")
        await chat.until(lambda: chat.app.chat.observation is not None and chat.app.chat.replies.active, "the reply")
        first = chat.app.chat.observation
        await paste(chat, ARTICLE)
        await chat.pilot.press("enter")
        await chat.until(lambda: chat.app.chat.prompting.queue.waits, "what waits")
        held.set()
        await chat.until(lambda: chat.app.chat.observation is not first, "what waited is sent")
        assert chat.app.chat.observation.pasted
        assert chat.app.chat.observation.proposals == ()


async def test_a_paste_that_is_found_by_the_search_is_still_a_paste(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        await observed(chat)
    async with open_chat(project) as chat:
        await chat.pilot.press("ctrl+r")
        await chat.type("kafka")
        await chat.pilot.press("enter")
        assert chat.prompt.draft == ARTICLE.rstrip()
        await observed(chat)
        assert chat.app.chat.observation.proposals == ()


async def test_a_paste_that_came_back_by_undo_is_still_a_paste(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        chat.prompt.select_all()
        await chat.pilot.press("delete")
        await chat.until(lambda: not chat.prompt.text, "an empty prompt")
        await chat.pilot.press("ctrl+underscore")
        assert chat.prompt.draft == ARTICLE
        await observed(chat)
        assert chat.app.chat.observation.proposals == ()


async def test_a_paste_behind_a_command_that_is_none_is_still_a_paste(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.type("/remembr ")
        await paste(chat, LONG)
        await chat.pilot.press("enter")
        await chat.until(lambda: chat.prompt.text.startswith("/remember "), "what was meant")
        chat.prompt.replace("", (0, 0), (0, len("/remember ")))
        await observed(chat)
        assert chat.app.chat.observation.proposals == ()


async def test_a_paste_that_the_question_about_a_secret_gave_back_is_still_a_paste(
    project: Path, server: ModelServer
) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await paste(chat, f"{ARTICLE}password = 'Tr0ub4" + "dor&3'\n")
        await chat.pilot.press("enter")
        await chat.until(lambda: len(chat.app.screen_stack) == 2, "the question")
        await chat.pilot.press("escape")
        await chat.until(lambda: "Kafka" in chat.prompt.text, "the message in the prompt")
        chat.prompt.replace("", (2, 0), (3, 0))
        await observed(chat)
        assert chat.app.chat.observation.proposals == ()


async def test_a_paste_that_was_in_the_editor_is_still_a_paste(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Learnchat, "suspend", lambda app: nullcontext())
    monkeypatch.setattr(editor, "edit", lambda text, environment: editor.Edited(f"Look.\n{text}"))
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        chat.app.chat.prompting.edit()
        await chat.until(lambda: chat.prompt.text.startswith("Look."), "what was edited")
        await observed(chat)
        assert chat.app.chat.observation.proposals == ()


async def test_beside_a_secret_too_it_is_written_down_what_was_pasted(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        chat.prompt.insert("The password is Tr0ub4" + "dor&3")
        await observed(chat)
        path = chat.app.engine.call_now(lambda parts: parts.transcript.path)
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["pasted"] for line in lines if line.get("masked")] == [[[0, len(ARTICLE.strip())]]]


async def test_it_is_written_down_what_was_pasted(project: Path) -> None:
    async with open_chat(project) as chat:
        await paste(chat, ARTICLE)
        await observed(chat)
        path = chat.app.engine.call_now(lambda parts: parts.transcript.path)
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["pasted"] for line in lines if line.get("role") == "user"] == [[[0, len(ARTICLE.strip())]]]


def test_replay_does_not_listen_to_what_was_pasted(learnchat: CommandLine, shop: Path) -> None:
    transcript = Transcript.create(shop / "sessions", shop, SystemClock())
    transcript.append("user", f"{SWITCH}\n\n{ARTICLE}", pasted=[[len(SWITCH) + 2, len(SWITCH) + 2 + len(ARTICLE)]])

    result = learnchat("replay", str(transcript.path))

    asks = [line.split("\t") for line in result.lines if line.startswith("ask\t")]
    assert [ask[5] for ask in asks] == [SWITCH]
