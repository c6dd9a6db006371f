from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.app.sessions.finding import LAST, find_session, sessions_folder
from learnchat.learning.errors import LearnchatError
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import list_sessions, read_session
from support.chat import Chat, open_chat
from support.clock import FakeClock
from support.commands import CommandLine
from support.model_server import ModelServer, Reply
from support.talks import hold
from support.terminal import Terminal


def shown(chat: Chat) -> str:
    """All that is drawn of the conversation, row by row."""
    screen = chat.app.screen
    return "\n".join("".join(segment.text for segment in line) for line in screen._compositor.render_strips())


def texts(file: object) -> Sequence[str]:
    return [said.text for said in read_saved(file).branches.path()]  # type: ignore[arg-type]


async def test_a_resumed_session_shows_what_was_said_and_goes_on_in_its_file(project: Path) -> None:
    file = hold(project, "how do we deploy?", "By **hand**.")
    async with open_chat(project, resume=file) as chat:
        await chat.until(lambda: "By hand." in shown(chat), "the old reply")
        assert "how do we deploy?" in shown(chat)
        assert "anthropic/claude-test" in shown(chat)
        assert "Resumed “how do we deploy?” · 2 messages" in chat.status

        await chat.send("and test?")
        await chat.until(lambda: len(read_session(file.path)) == 4, "the new exchange in the file")

    folder = sessions_folder(project, Locations.find())
    assert [each.session for each in list_sessions(folder)] == [file.session]
    assert texts(file)[:3] == ["how do we deploy?", "By **hand**.", "and test?"]


async def test_what_it_took_can_be_read_however_long_its_title(project: Path) -> None:
    file = hold(project, "why is the total of a cart with three of one thing and shipping off by a cent?", "It rounds.")
    async with open_chat(project, resume=file) as chat:
        await chat.until(lambda: "2 messages" in shown(chat), "how much was said")
        assert "Resumed “why is the total" in shown(chat)


async def test_the_model_gets_the_old_exchanges_as_turns(project: Path, server: ModelServer) -> None:
    file = hold(project, "how do we deploy?", "By hand.")
    server.will(Reply(pieces=("Rarely.",)))
    async with open_chat(project, resume=file, model="anthropic/claude-test") as chat:
        await chat.send("and test?")
        await chat.until(lambda: "Rarely." in shown(chat), "the reply")

    turns = [(turn["role"], json.dumps(turn["content"])) for turn in server.received[-1].body["messages"]]
    assert [role for role, _ in turns] == ["user", "assistant", "user"]
    for (_, content), text in zip(turns, ("how do we deploy?", "By hand.", "and test?"), strict=True):
        assert text in content


async def test_a_session_of_a_thousand_exchanges_shows_its_end_and_has_its_beginning(project: Path) -> None:
    said = [text for number in range(1000) for text in (f"question {number}", f"answer {number} " + "word " * 60)]
    file = hold(project, *said)
    async with open_chat(project, resume=file) as chat:
        await chat.until(lambda: "answer 999" in shown(chat), "the end")
        assert len(chat.app.query("*")) < 60

        chat.app.chat.conversation.scroll_home(animate=False)
        await chat.until(lambda: "question 0" in shown(chat), "the beginning")


def test_the_last_session_is_the_one_that_was_written_to_last(project: Path) -> None:
    clock = FakeClock()
    first = hold(project, "one", clock=clock)
    clock.advance(60)
    second = hold(project, "two", clock=clock)
    folder = sessions_folder(project, Locations.find())
    os.utime(second.path, (1, 1))

    assert find_session(folder, LAST) == first
    assert find_session(folder, second.session[:7]) == second


def test_an_id_that_is_none_is_an_error_with_the_nearest(project: Path) -> None:
    file = hold(project, "one")
    near = file.session[:5] + ("0" if file.session[5] != "0" else "1")

    with pytest.raises(LearnchatError) as raised:
        find_session(sessions_folder(project, Locations.find()), near)

    assert raised.value.title == f"There is no conversation with the id {near} here."
    assert f"The nearest is {file.session} “one”. `learnchat sessions` lists them." in raised.value.hint


def test_a_word_of_a_title_in_place_of_an_id_names_the_conversations_that_have_it(project: Path) -> None:
    files = [hold(project, title) for title in ("how do we deploy?", "rounding in the checkout")]

    with pytest.raises(LearnchatError) as raised:
        find_session(sessions_folder(project, Locations.find()), "Deploy")

    assert raised.value.hint.startswith(f"The nearest is {files[0].session} “how do we deploy?”.")


def test_the_command_line_names_a_conversation_that_is_not_there(shop: Path) -> None:
    for arguments, sentence in (
        (["-c"], "There is no conversation here to go on with."),
        (["--resume", "zzz"], "There are no conversations here yet."),
    ):
        with Terminal(arguments, shop) as terminal:
            terminal.wait_for(sentence)
            assert terminal.wait_for_end() == 1


def test_continue_and_resume_are_two_conversations(learnchat: CommandLine) -> None:
    result = learnchat("-c", "--resume", "abc")

    assert result.code == 2
    assert "--continue and --resume" in result.err


def test_in_a_real_terminal_the_last_conversation_goes_on(shop: Path) -> None:
    with Terminal([], shop) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send("what do we use for CSS?\r")
        terminal.wait_for("Nothing is remembered yet")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    [file] = list_sessions(sessions_folder(shop, Locations.find()))
    for messages, arguments in ((4, ["-c"]), (6, ["--resume", file.session[:6]])):
        with Terminal(arguments, shop) as terminal:
            terminal.wait_for("what do we use for CSS?")
            terminal.wait_for("Resumed “what do we use for CSS?”")
            terminal.send("and again\r")
            terminal.wait(lambda count=messages: len(texts(file)) == count, "the exchange in the file")
            terminal.send("/quit\r")
            assert terminal.wait_for_end() == 0
    assert [text for text in texts(file) if "again" in text] == ["and again"] * 2
    assert len(list_sessions(sessions_folder(shop, Locations.find()))) == 1


async def test_two_windows_that_resume_one_session_write_two_branches(project: Path) -> None:
    file = hold(project, "how do we deploy?", "By hand.")
    async with open_chat(project, resume=file) as one, open_chat(project, resume=file) as other:
        await one.send("here")
        await other.send("there")
        await one.until(lambda: len(read_session(file.path)) == 6, "both exchanges in the file")

    branches = read_saved(file).branches
    below = branches.path()[1].id
    assert sorted(said.text for said in branches.all() if branches.parent(said.id) == below) == ["here", "there"]


async def test_a_session_whose_last_line_is_torn_is_resumed_without_it(project: Path) -> None:
    file = hold(project, "how do we deploy?", "By hand.")
    with file.path.open("ab") as stream:
        stream.write(b'{"id":"x","role":"user","text":"half')
    async with open_chat(project, resume=file) as chat:
        await chat.send("and test?")
        await chat.until(lambda: "and test?" in texts(file), "the message in the file")

    assert texts(file)[:3] == ["how do we deploy?", "By hand.", "and test?"]


def test_plain_goes_on_with_a_conversation_too(shop: Path) -> None:
    hold(shop, "how do we deploy?", "By hand.")
    with Terminal(["--plain", "-c"], shop) as terminal:
        terminal.wait_for("Going on with “how do we deploy?”.")
        terminal.wait_for("anthropic/claude-test: By hand.")


def test_what_was_sent_just_before_leaving_is_in_the_transcript(shop: Path) -> None:
    file = hold(shop, "how do we deploy?", "By hand.")
    with Terminal(["-c"], shop) as terminal:
        terminal.wait_for("Resumed “how do we deploy?”")
        terminal.send("one more thing\r")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0

    assert "one more thing" in texts(file)


def test_the_last_chat_is_no_question_of_the_command_line(learnchat: CommandLine, project: Path) -> None:
    chat = hold(project, "how do we deploy?", "By hand.")
    assert learnchat("ask", "-m", "offline", "what is 2+2?").code == 0
    folder = sessions_folder(project, Locations.find())

    asked = find_session(folder, LAST)
    assert asked != chat
    assert find_session(folder, LAST, chats_only=True) == chat
    assert learnchat("ask", "-m", "offline", "-c", "and 3+3?").code == 0
    assert len(texts(asked)) == 4
    assert find_session(folder, LAST, chats_only=True) == chat


async def test_a_question_that_the_chat_goes_on_with_is_a_chat(project: Path) -> None:
    file = hold(project, "what is 2+2?", "4", asked=True)
    folder = sessions_folder(project, Locations.find())
    with pytest.raises(LearnchatError, match="no conversation here to go on with"):
        find_session(folder, LAST, chats_only=True)

    async with open_chat(project, resume=file) as chat:
        await chat.send("and 3+3?")
        await chat.until(lambda: len(texts(file)) == 4, "the exchange in the file")

    assert find_session(folder, LAST, chats_only=True) == file


def test_what_was_only_imported_comes_after_what_was_said_here(learnchat: CommandLine, shop: Path) -> None:
    said = hold(shop, "said here")
    assert learnchat("sessions", "import", "-", stdin='{"role": "user", "content": "said elsewhere"}\n').code == 0

    assert find_session(sessions_folder(shop, Locations.find()), LAST) == said
