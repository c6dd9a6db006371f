import json
from pathlib import Path

from learnchat.app.compacting import compacted
from learnchat.app.models.model import Turn
from learnchat.learning.transcripts.saved import Compaction, read_saved
from learnchat.learning.transcripts.session import SessionFile, list_sessions
from learnchat.learning.transcripts.shelf import fork
from support.chat import Chat, open_chat
from support.clock import FakeClock
from support.commands import CommandLine
from support.model_server import ModelServer, Reply
from support.talks import hold

MODEL = "anthropic/claude-test"
TURNS = [Turn("user", "one", "memory"), Turn("assistant", "two"), Turn("user", "three")]


def test_a_summary_stands_for_what_was_said_until_then() -> None:
    short = compacted(TURNS, ["a", "b", "c"], [Compaction("b", "We counted.")])
    assert [turn.role for turn in short] == ["user", "user"]
    assert "We counted." in short[0].text
    assert short[0].memory == "memory"
    assert short[1] == TURNS[2]


def test_on_another_branch_it_counts_for_nothing() -> None:
    assert compacted(TURNS, ["a", "b", "c"], [Compaction("x", "We counted.")]) == TURNS
    assert compacted(TURNS, ["a", "b", "c"], []) == TURNS
    both = [Compaction("b", "We counted."), Compaction("x", "On another branch.")]
    assert "We counted." in compacted(TURNS, ["a", "b", "c"], both)[0].text


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


def only_file(chat: Chat) -> SessionFile:
    return chat.app.engine.call_now(lambda parts: list_sessions(parts.data.sessions)[0])


async def test_a_resumed_conversation_goes_on_with_its_summary_and_says_so(project: Path, server: ModelServer) -> None:
    secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("the first question")
        await chat.until(lambda: "Hello, world." in chat.said)
        server.will(Reply(pieces=(f"We spoke about a question and {secret}.",)))
        await chat.send("/compact")
        await chat.until(lambda: "/compact undo takes it back" in chat.said)
        file = only_file(chat)
    assert secret not in contents(file)

    async with open_chat(project, model=MODEL, resume=file) as chat:
        await chat.until(lambda: "In place of the first 2 messages goes the summary" in chat.said, "that it does")
        await chat.send("the second question")
        await chat.until(lambda: chat.said.count("Hello, world.") == 2)
        await chat.send("/compact undo")
        await chat.until(lambda: "Taken back" in chat.said)
    short = json.dumps(server.chats[-1].body["messages"])
    assert "We spoke about a question" in short
    assert "the first question" not in short

    async with open_chat(project, model=MODEL, resume=file) as chat:
        assert "In place of" not in chat.said
        await chat.send("the third question")
        await chat.until(lambda: chat.said.count("Hello, world.") == 3)
    assert "the first question" in json.dumps(server.chats[-1].body["messages"])


def test_a_copy_has_the_summary_of_what_was_copied_alone(project: Path) -> None:
    file = hold(project, "one", "two", "three", "four")
    first, last = (read_saved(file).branches.path()[at].id for at in (1, 3))
    with file.path.open("a") as out:
        for until in (first, last):
            out.write(json.dumps(Compaction(until, f"until {until}").record()) + "\n")
    saved = read_saved(file)
    copied = read_saved(fork(saved, first, file.path.parent, project, FakeClock()))
    assert [each.until for each in saved.compactions] == [first, last]
    assert [each.until for each in copied.compactions] == [first]


def contents(file: SessionFile) -> str:
    return file.path.read_text()


async def test_the_summary_of_another_branch_is_not_taken_back(project: Path, server: ModelServer) -> None:
    elsewhere = Compaction("elsewhere", "We spoke of it there.")
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("the first question")
        await chat.until(lambda: "Hello, world." in chat.said)
        await chat.send("/compact")
        await chat.until(lambda: "/compact undo takes it back" in chat.said)
        chat.app.chat.session.compactions.append(elsewhere)
        await chat.send("/compact undo")
        await chat.until(lambda: "Taken back" in chat.said)
        assert chat.app.chat.session.compactions == [elsewhere]
        await chat.send("/compact undo")
        await chat.until(lambda: "There is no summary to take back." in chat.said)
        file = only_file(chat)
    assert read_saved(file).compactions == []


def test_of_several_summaries_the_one_that_was_named_is_taken_back(project: Path) -> None:
    file = hold(project, "one", "two", "three", "four")
    with file.path.open("a") as out:
        for until in ("a", "b", "c"):
            out.write(json.dumps(Compaction(until, "…").record()) + "\n")
        for fact in ({"compacted": False, "until": "b"}, {"compacted": False, "until": []}, {"compacted": False}):
            out.write(json.dumps(fact) + "\n")
    assert [each.until for each in read_saved(file).compactions] == ["a"]


def test_a_damaged_summary_is_left_out(project: Path) -> None:
    file = hold(project, "one", "two")
    with file.path.open("a") as out:
        for record in ({"compacted": False}, {"compacted": {"until": 3}}, {"compacted": "x"}, {"compacted": {}}):
            out.write(json.dumps(record) + "\n")
    assert read_saved(file).compactions == []
