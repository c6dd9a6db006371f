import json
from pathlib import Path

import pytest

from learnchat.app.chat_session import ChatSession
from learnchat.app.models import retrying_model
from learnchat.app.screens.judging import ScreenJudging
from support.chat import SWITCH, open_chat
from support.model_server import ModelServer, Reply, unused_address

MODEL = "anthropic/claude-test"


async def test_the_next_conversation_gives_the_provider_what_was_confirmed(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await chat.be_asked()
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: len(chat.insights()) == 1)
        await chat.until(lambda: "Hello, world." in chat.said)
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("what do we use for CSS?")
        await chat.until(lambda: "knew 1 insight" in chat.said, "the reply")
    first, second = (request.body for request in server.chats)
    assert SWITCH not in json.dumps(first["messages"][0]["content"][:-1])
    opening = second["messages"][0]
    assert opening["role"] == "user"
    assert SWITCH in opening["content"][0]["text"]
    assert SWITCH not in json.dumps(second["system"])


async def test_what_was_forgotten_is_in_no_later_request(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("/remember we use Tailwind for the dashboard")
        await chat.until(lambda: len(chat.insights()) == 1)
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("what about the dashboard?")
        await chat.until(lambda: "knew 1 insight" in chat.said)
        await chat.pilot.press("ctrl+t")
        await chat.until(lambda: chat.insights() == [])
        await chat.send("and now?")
        await chat.until(lambda: len(server.chats) == 2)
    assert "Tailwind" in json.dumps(server.chats[0].body)
    assert "Tailwind" not in json.dumps(server.chats[1].body)


async def test_escape_stops_a_reply_and_keeps_what_came(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("The first half",), ends="stalled"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: "The first half" in chat.said)
        await chat.pilot.press("escape")
        await chat.until(lambda: "stopped" in chat.said)
        assert "The first half" in chat.said
        await chat.send("go on")
        await chat.until(lambda: "Hello, world." in chat.said)
    assert "The first half" in json.dumps(server.chats[1].body)


async def test_ctrl_d_while_a_reply_comes_says_what_to_do_first(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("The first half",), ends="stalled"))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("tell me")
        await chat.until(lambda: "The first half" in chat.said)
        await chat.pilot.press("ctrl+d", "ctrl+d")
        assert "A reply is coming: escape stops it, then ctrl+d leaves" in chat.status
        assert chat.app.chat.replies.active


@pytest.mark.parametrize(
    "trouble",
    [
        Reply(status=401, message="invalid x-api-key"),
        Reply(status=429, headers={"retry-after": "30"}),
        Reply(status=529, message="Overloaded"),
        Reply(ends="dropped"),
    ],
    ids=["401", "429", "529", "dropped"],
)
async def test_a_failed_reply_is_one_sentence_and_can_be_sent_again(
    project: Path, server: ModelServer, trouble: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying_model, "PAUSES", ())
    server.will(trouble)
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("are you there?")
        await chat.until(lambda: "/retry sends it again" in chat.said, "the error")
        assert "Traceback" not in chat.said
        await chat.send("/retry")
        await chat.until(lambda: chat.said.count("Hello, world.") >= 1 and len(server.chats) == 2)
        assert chat.app.is_running
    questions = [turn for turn in server.chats[1].body["messages"] if turn["role"] == "user"]
    assert "are you there?" in json.dumps(questions[-1])
    assert len(questions) == 1


@pytest.mark.parametrize("trouble", [Reply(status=529, message="Overloaded"), Reply(ends="dropped", pieces=())])
async def test_what_passes_by_itself_is_asked_again_while_a_countdown_is_shown(
    project: Path, server: ModelServer, trouble: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying_model, "PAUSES", (1,))
    server.will(trouble)
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("are you there?")
        await chat.until(lambda: "Again in 1 s · esc stops" in chat.status, "the countdown")
        await chat.until(lambda: "Hello, world." in chat.said)
        assert "Again in" not in chat.status
    assert len(server.chats) == 2


async def test_the_countdown_can_be_stopped(project: Path, server: ModelServer) -> None:
    server.will(Reply(status=429, headers={"retry-after": "30"}))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("are you there?")
        await chat.until(lambda: "Again in 30 s" in chat.status, "the countdown")
        await chat.pilot.press("escape")
        await chat.until(lambda: "takes no more requests for now" in chat.said, "what was wrong")
        assert "/retry sends it again." in chat.said
        await chat.send("/retry")
        await chat.until(lambda: "Hello, world." in chat.said)
    assert len(server.chats) == 2


async def test_without_a_network_the_chat_goes_on(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", unused_address())
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("hello?")
        await chat.until(lambda: "/retry sends it again" in chat.said)
        await chat.send("/remember the proxy is in the cellar")
        await chat.until(lambda: len(chat.insights()) == 1)


async def test_a_model_is_chosen_for_the_project_and_kept(project: Path, server: ModelServer) -> None:
    async with open_chat(project) as chat:
        await chat.send(f"/model {MODEL}")
        await chat.until(lambda: "answers from now on in this project" in chat.said)
    async with open_chat(project) as chat:
        await chat.send("hi")
        await chat.until(lambda: "Hello, world." in chat.said)
    assert not (project / ".learnchat").exists()


async def test_a_bad_model_name_is_refused_with_the_nearest(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/model antropic/claude-test")
        await chat.until(lambda: "anthropic" in chat.said.replace("antropic", ""))
        assert chat.app.chat.session.model.name == "offline"


async def test_two_messages_at_once_are_answered_in_order(project: Path, server: ModelServer) -> None:
    server.will(Reply(pieces=("one",)), Reply(pieces=("two",)))
    async with open_chat(project, model=MODEL) as chat:
        await chat.send("first question")
        await chat.send("second question")
        await chat.until(lambda: len(server.chats) == 2)
        await chat.until(lambda: "two" in chat.said)
    assert [turn["role"] for turn in server.chats[1].body["messages"]] == ["user", "assistant", "user"]


async def test_what_can_not_be_loaded_before_the_first_reply_keeps_nothing_from_opening(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def fail(session: ChatSession) -> None:
        raise FileNotFoundError("no such certificate")

    monkeypatch.setattr(ChatSession, "warm", fail)
    monkeypatch.setattr(ScreenJudging, "opened", lambda judging: opened.append(judging))
    async with open_chat(project) as chat:
        await chat.until(lambda: opened, "the judge, which is last")
        assert "Something went wrong" not in chat.said


async def test_without_a_model_what_may_be_meant_is_shown_and_nobody_knew_it(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("/remember we use pnpm, never npm")
        await chat.until(lambda: len(chat.insights()) == 1)
        await chat.send("/new")
        await chat.send("which package manager do we use?")
        await chat.until(lambda: "Perhaps:" in chat.said, "the likeliest")
        assert "we use pnpm, never npm" in chat.said
        await chat.send("what colour is the sky?")
        await chat.until(lambda: "Nothing that you confirmed bears on this" in chat.said, "the other reply")
        await chat.until(lambda: not chat.app.chat.replies.active, "its end")
        assert "knew" not in chat.said
