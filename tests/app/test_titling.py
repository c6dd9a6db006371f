from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from learnchat.app.sessions.titling import cleaned
from learnchat.learning.transcripts.saved import TITLE_LENGTH, read_saved
from learnchat.learning.transcripts.session import SessionFile
from support.chat import Chat, open_chat
from support.commands import CommandLine
from support.model_server import ModelServer, Reply
from support.secret_shapes import made
from support.talks import hold

MODEL = "anthropic/claude-test"


@pytest.fixture
def talk(project: Path) -> SessionFile:
    return hold(project, "how do we deploy?", "By hand.")


def title(file: SessionFile) -> str:
    return read_saved(file).title


def told(chat: Chat, sentence: str) -> bool:
    return sentence in " ".join(chat.said.split())


@pytest.mark.parametrize(
    ("reply", "wanted"),
    [
        ("Deploying by hand", "Deploying by hand"),
        ('\n"Deploying by hand."\nIt is about …', "Deploying by hand"),
        ("# **Title:** Deploying by hand", "Deploying by hand"),
        ("**Deploying `by` hand**", "Deploying `by` hand"),
        ("\x1b[31mred\x1b[0m and [b]bold[/b]", "red and [b]bold[/b]"),
        ("  \n\n", ""),
        ("“”", ""),
    ],
)
def test_what_stands_around_a_title_is_taken_off(reply: str, wanted: str) -> None:
    assert cleaned(reply) == wanted


def test_a_line_of_nothing_but_marks_is_read_at_once() -> None:
    begun = time.process_time()
    assert cleaned("Rounding" + "." * 300_000 + "x") == "Rounding"
    assert time.process_time() - begun < 1


def test_a_title_is_no_longer_than_a_row() -> None:
    assert len(cleaned("word " * 100)) <= TITLE_LENGTH


async def test_the_model_is_asked_for_a_title(project: Path, server: ModelServer, talk: SessionFile) -> None:
    server.will(Reply(pieces=("“Deploying ", "by hand”")))
    async with open_chat(project, model=MODEL, resume=talk) as chat:
        await chat.send("/rename")
        await chat.until(lambda: "This conversation is “Deploying by hand”" in chat.status, "the title")
        assert chat.app.chat.session.path[-1].text == "By hand."
        assert "Deploying" not in chat.said
    assert title(talk) == "Deploying by hand"
    assert read_saved(talk).usages[0]["output"] > 0


async def test_no_secret_is_sent_for_a_title(project: Path, server: ModelServer) -> None:
    secret = "ghp_" + made(36)
    talk = hold(project, f"is {secret} still good?", "No.")
    async with open_chat(project, model=MODEL, resume=talk) as chat:
        await chat.send("/rename")
        await chat.until(lambda: server.chats, "the request")
        await chat.until(lambda: not chat.app.chat.asides.active, "the answer")
    assert secret not in json.dumps(server.chats[-1].body)
    assert "still good?" in json.dumps(server.chats[-1].body)


async def test_a_secret_in_a_title_is_not_written_down(project: Path, talk: SessionFile) -> None:
    secret = "ghp_" + made(36)
    async with open_chat(project, resume=talk) as chat:
        await chat.send(f"/rename the old key {secret}")
        await chat.until(lambda: "This conversation is “the old key" in chat.status, "the title")
        assert secret not in chat.status
    assert secret not in talk.path.read_text()
    assert title(talk).startswith("the old key")


async def test_escape_stops_asking_and_the_first_message_stays_the_title(
    project: Path, server: ModelServer, talk: SessionFile
) -> None:
    server.will(Reply(pieces=("Deploy",), ends="stalled"))
    async with open_chat(project, model=MODEL, resume=talk) as chat:
        await chat.send("/rename")
        await chat.until(lambda: "esc stops" in chat.status or server.chats, "the question")
        await chat.until(lambda: chat.app.chat.asides.active)
        await chat.pilot.press("escape")
        await chat.until(lambda: not chat.app.chat.asides.active, "its end")
        assert "keeps the title it has" in chat.status
    assert title(talk) == "how do we deploy?"


async def test_what_fails_is_said_and_the_first_message_stays_the_title(
    project: Path, server: ModelServer, talk: SessionFile
) -> None:
    server.will(Reply(status=401), Reply(pieces=("  ",)))
    async with open_chat(project, model=MODEL, resume=talk) as chat:
        await chat.send("/rename")
        await chat.until(lambda: told(chat, "The conversation keeps the title it has."), "the failure")
        await chat.send("/rename")
        await chat.until(lambda: told(chat, "found no title. The conversation keeps the title it has."), "the other")
    assert title(talk) == "how do we deploy?"


async def test_without_a_model_or_a_word_nobody_is_asked(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/rename")
        await chat.until(lambda: told(chat, "Nothing was said yet. The conversation keeps the title it has."))
        await chat.send("how do we deploy?")
        await chat.until(lambda: told(chat, "Nothing is remembered yet"), "the reply")
        await chat.send("/rename")
        await chat.until(lambda: told(chat, "No model is set up that could find a title."))


async def test_a_title_that_comes_late_is_that_of_the_conversation_it_was_asked_for(
    project: Path, server: ModelServer, talk: SessionFile
) -> None:
    other = hold(project, "another one", "Yes.")
    server.will(Reply(pieces=("Deploying by hand",), held=(held := threading.Event())))
    async with open_chat(project, model=MODEL, resume=talk) as chat:
        await chat.send("/rename")
        await chat.until(lambda: server.chats, "the question")
        await chat.app.chat.past.resume(other)
        held.set()
        await chat.until(lambda: not chat.app.chat.asides.active, "the title")
    assert title(other) == "another one"


def test_the_command_line_asks_for_a_title(learnchat: CommandLine, server: ModelServer, talk: SessionFile) -> None:
    server.will(Reply(pieces=("Deploying by hand",)))
    result = learnchat("sessions", "rename", talk.session, "--ask", "--model", MODEL)
    assert result.out == f"{talk.session} is “Deploying by hand” now.\n"
    server.will(Reply(status=401))
    result = learnchat("sessions", "rename", talk.session, "--ask", "--model", MODEL)
    assert (result.code, "It is still “Deploying by hand”." in result.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [([], "What shall it be called?"), (["--ask", "x"], "A title and --ask are two titles.")],
)
def test_a_title_is_given_or_asked_for(
    learnchat: CommandLine, talk: SessionFile, arguments: list[str], sentence: str
) -> None:
    result = learnchat("sessions", "rename", talk.session, *arguments)
    assert (result.code, sentence in result.err) == (2, True)
