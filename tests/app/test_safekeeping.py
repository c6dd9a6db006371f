from __future__ import annotations

import json
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from learnchat.app import safekeeping
from learnchat.app.locations import Locations
from learnchat.app.safekeeping import LONGEST_WORD, Safekeeping, whole_words
from learnchat.app.sessions.finding import LAST, find_session, sessions_folder
from learnchat.learning.transcripts.session import Transcript, Utterance, read_session
from learnchat.learning.transcripts.unfinished import UnfinishedReply
from support.chat import open_chat
from support.commands import CommandLine
from support.model_server import ModelServer, Reply
from support.terminal import Terminal

MODEL = "anthropic/claude-test"
TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.fixture
def held(server: ModelServer) -> threading.Event:
    """Lets a reply end that has come but for its end."""
    held = threading.Event()
    server.will(Reply(("The first half, ", f"{TOKEN} and ", "so on"), reasoning=("Let me see.",), held=held))
    return held


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes is written down at once."""
    monkeypatch.setattr(safekeeping, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(safekeeping, "LARGEST_SHARE", 1.0)


def kept(project: Path) -> str:
    """What stands on the disk of replies that are coming."""
    return "".join(path.read_text() for path in sessions_folder(project, Locations.find()).glob("*.coming"))


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


def said(project: Path) -> Sequence[Utterance]:
    return read_session(find_session(sessions_folder(project, Locations.find()), LAST).path)


@pytest.mark.usefixtures("hasty")
async def test_what_came_is_on_the_disk_without_secrets_until_the_reply_is_recorded(
    project: Path, held: threading.Event
) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: "so " in kept(project), "what came")
        assert TOKEN not in kept(project)
        assert [each.role for each in said(project)] == ["user"]
        held.set()
        await chat.until(lambda: len(said(project)) == 2, "the reply in the transcript")
        await chat.until(lambda: kept(project) == "")
    assert [each.facts["stopped"] for each in said(project)[1:]] == [False]


@pytest.mark.usefixtures("hasty")
async def test_of_a_temporary_conversation_nothing_is_written(
    project: Path, held: threading.Event, monkeypatch: pytest.MonkeyPatch, isolation: Path
) -> None:
    looked: list[str] = []
    keep = Safekeeping._keep

    def watched(self: Safekeeping, parts: Any) -> float:
        took = keep(self, parts)
        looked.append(self._came.text)
        return took

    monkeypatch.setattr(Safekeeping, "_keep", watched)
    async with open_chat(project, model=MODEL, temporary=True) as chat:
        before = files_in(isolation)
        await chat.send("tell me")
        await chat.until(lambda: any("so on" in text for text in looked), "a look at all that came")
        assert files_in(isolation) == before
        held.set()
        await chat.until(lambda: not chat.app.chat.replies.active)


@pytest.mark.usefixtures("hasty")
async def test_what_goes_on_from_a_stopped_reply_is_kept_with_it(project: Path, server: ModelServer) -> None:
    held = threading.Event()
    server.will(Reply(("The first half, ",), ends="cut short"), Reply(("and the second one ",), held=held))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: len(said(project)) == 2, "the first half in the transcript")
        await chat.until(lambda: not chat.app.chat.replies.active)
        await chat.send("/continue")
        await chat.until(lambda: "second" in kept(project), "what came")
        first, whole = said(project)[1].id, json.loads(kept(project).splitlines()[0])
        assert whole["text"].startswith("The first half, ")
        assert whole["facts"]["continues"] == first
        held.set()
        await chat.until(lambda: len(said(project)) == 3, "the whole in the transcript")


@pytest.mark.usefixtures("hasty")
async def test_with_a_full_disk_the_reply_goes_on_and_is_tried_again_later(
    project: Path, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def full(self: UnfinishedReply, text: str, *_: object) -> None:
        tried.append(text)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(UnfinishedReply, "keep", full)
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: tried and "so on" in chat.said, "the reply")
        held.set()
        await chat.until(lambda: len(said(project)) == 2, "the reply in the transcript")
    assert len(tried) == 1


@pytest.mark.usefixtures("hasty")
async def test_a_reply_that_the_transcript_had_no_room_for_is_found_when_it_has(
    project: Path, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Transcript.append

    def full(self: Transcript, role: Any, text: str, **facts: Any) -> str:
        if role == "assistant":
            raise OSError(28, "No space left on device")
        return append(self, role, text, **facts)

    monkeypatch.setattr(Transcript, "append", full)
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: "so " in kept(project), "what came")
        held.set()
        await chat.until(lambda: len(said(project)) == 2, "the reply in the transcript")
    assert said(project)[1].text.startswith("The first half")


async def test_a_reply_that_is_there_before_the_pause_is_over_is_written_once(
    project: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "PAUSE_SECONDS", 3600.0)
    kept: list[str] = []
    monkeypatch.setattr(UnfinishedReply, "keep", lambda self, text, *_: kept.append(text))
    server.will(Reply(("piece ",) * 500))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: len(said(project)) == 2, "the reply in the transcript")
    assert kept == []


@pytest.mark.parametrize("mode", [[], ["--plain"]], ids=["screen", "plain"])
def test_a_killed_chat_has_what_came_when_it_is_gone_on_with(
    project: Path, held: threading.Event, learnchat: CommandLine, mode: list[str]
) -> None:
    with Terminal([*mode, "--model", MODEL], project) as terminal:
        terminal.wait_for("You:" if mode else "Ask, or say what is so.")
        terminal.send("tell me\r")
        terminal.wait_for("The first half")
        terminal.wait(lambda: "so " in kept(project), "what came, on the disk")
        terminal.process.kill(signal.SIGKILL)
        terminal.wait_for_end()
    held.set()

    assert "The first half" in learnchat("search", "half").out
    [listed] = learnchat("sessions", "--json").json
    assert listed["messages"] == 2
    exported = learnchat("sessions", "export", listed["id"], "--format", "json").json
    [question, reply] = exported["messages"]
    assert (question["text"], reply["stopped"], reply["model"]) == ("tell me", True, MODEL)
    assert reply["text"].startswith("The first half, ")
    [_, recorded] = said(project)
    assert recorded.facts["thought"] == "Let me see."
    assert recorded.facts["usage"]["output"] > 0
    with Terminal([*mode, "-c", "--model", MODEL], project) as terminal:
        terminal.wait_for("The first half")
        terminal.wait_for("stopped")
    assert len(said(project)) == 2
    assert kept(project) == ""


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("We use uv", "We use "),
        ("the key is sk-abc", "the key is "),
        ("ends here. ", "ends here. "),
        ("line\n", "line\n"),
        ("word", ""),
        ("我们使用", "我们使用"),
        ("x" * (LONGEST_WORD + 1), "x" * (LONGEST_WORD + 1)),
    ],
)
def test_the_word_that_is_still_coming_is_not_written(text: str, whole: str) -> None:
    assert whole_words(text) == whole
