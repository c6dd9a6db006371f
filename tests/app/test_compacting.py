import json
from pathlib import Path

from learnchat.app.compacting import Compaction, compacted
from learnchat.app.models.model import Turn
from support.chat import open_chat
from support.commands import CommandLine
from support.model_server import ModelServer, Reply

MODEL = "anthropic/claude-test"
TURNS = [Turn("user", "one", "memory"), Turn("assistant", "two"), Turn("user", "three")]


def test_a_summary_stands_for_what_was_said_until_then() -> None:
    short = compacted(TURNS, ["a", "b", "c"], Compaction("b", "We counted."))
    assert [turn.role for turn in short] == ["user", "user"]
    assert "We counted." in short[0].text
    assert short[0].memory == "memory"
    assert short[1] == TURNS[2]


def test_on_another_branch_it_counts_for_nothing() -> None:
    assert compacted(TURNS, ["a", "b", "c"], Compaction("x", "We counted.")) == TURNS
    assert compacted(TURNS, ["a", "b", "c"], None) == TURNS


async def test_the_chat_goes_on_with_a_summary_and_takes_it_back(
    project: Path, server: ModelServer, learnchat: CommandLine
) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("/compact")
        await chat.until(lambda: "nothing to summarise yet" in chat.said)
        await chat.send("the first question")
        await chat.until(lambda: "Hello, world." in chat.said)
        server.will(Reply(pieces=("We spoke about", " a question.")))
        await chat.send("/compact")
        await chat.until(lambda: "/compact undo takes it back" in chat.said)
        assert "We spoke about a question." in chat.said
        await chat.send("the second question")
        await chat.until(lambda: chat.said.count("Hello, world.") == 2)
        await chat.send("/compact undo")
        await chat.until(lambda: "Taken back" in chat.said)
        await chat.send("the third question")
        await chat.until(lambda: chat.said.count("Hello, world.") == 3)
    wish, short, whole = (json.dumps(request.body["messages"]) for request in server.chats[1:])
    assert "the first question" in wish
    assert "Write a summary" in wish
    assert "the first question" not in short
    assert "We spoke about a question." in short
    assert "the first question" in whole
    assert "We spoke about a question." not in whole
    session = learnchat("sessions", "--json").json[0]["id"]
    said = [each["text"] for each in learnchat("sessions", "show", session, "--json").json]
    assert said[::2] == ["the first question", "the second question", "the third question"]


async def test_a_summary_that_broke_off_counts_for_nothing(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("the first question")
        await chat.until(lambda: "Hello, world." in chat.said)
        server.will(Reply(pieces=("We spoke",), ends="dropped"))
        await chat.send("/compact")
        await chat.until(lambda: "broke off" in chat.said)
        await chat.send("the second question")
        await chat.until(lambda: chat.said.count("Hello, world.") == 2)
    assert "the first question" in json.dumps(server.chats[2].body)
