from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual import events

from learnchat.app import editor
from learnchat.app.application import Learnchat
from learnchat.learning.clock import SystemClock
from learnchat.learning.transcripts.session import Transcript
from support.chat import SWITCH, Chat, open_chat
from support.commands import CommandLine

NOT_LISTENED_TO = "What you pasted is not listened to; /remember saves a sentence of it."
ARTICLE = "Our team decided to use Kafka instead of RabbitMQ.\nWe moved from npm to pnpm for all packages.\n"
LONG = f"{SWITCH}. {'It was a long day with much talk about it. ' * 5}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


async def paste(chat: Chat, text: str) -> None:
    chat.app.post_message(events.Paste(text))
    await chat.until(lambda: chat.prompt.text, "the paste")


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
