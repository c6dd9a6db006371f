from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from learnchat.app.judging import chain, following
from learnchat.app.locations import Locations
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.proposal import JUDGE
from support.chat import SWITCH, Chat, open_chat
from support.judging import EVENT, FOUND, HEARD, NOTHING, SAID
from support.model_server import ModelServer, Reply

GOOD = Reply((FOUND,))
IDLE = Reply((NOTHING,))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    monkeypatch.setattr(following, "AFTER_SECONDS", 0.0)
    with ModelServer(IDLE, ollama_models=("qwen2.5:3b",)) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


def profiles(project: Path) -> Profiles:
    return Profiles.open(find_project(project), Locations.find().user_data, SystemClock())


@asynccontextmanager
async def opened(project: Path, **arguments: Any) -> Any:
    async with open_chat(project, **arguments) as chat:
        await chat.until(lambda: chat.app.chat.judging.following.judging is not None, "the judge")
        yield chat


def proposed(chat: Chat) -> list[str]:
    found: list[str] = chat.app.engine.call_now(
        lambda parts: [each.statement for each in parts.profiles.inbox.pending() if each.detector == JUDGE]
    )
    return found


async def test_after_an_exchange_what_the_judge_proposes_is_a_toast_that_says_who(
    server: ModelServer, project: Path
) -> None:
    server.will(GOOD)
    async with opened(project) as chat:
        await chat.send(SAID)
        await chat.until(lambda: chat.app.chat.asker.busy, "something to ask")
        chat.clock.advance(0.7)
        await chat.until(lambda: chat.app.chat.asker.shown, "the toast")

        assert HEARD in chat.toast_text
        assert "judge" in chat.toast_text
        assert "it is pnpm that runs the workspaces" in chat.toast_text
        assert proposed(chat) == [HEARD]
        assert chat.insights() == []

        chat.clock.advance(0.5)
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: chat.insights(), "the insight")


@pytest.mark.parametrize(
    "failure",
    [
        Reply(status=401),
        Reply(status=500),
        Reply(ends="silent"),
        Reply(("{",), ends="dropped"),
        Reply(("Sorry, no.",)),
        Reply((json.dumps({"events": [{**EVENT, "evidence": [{"message": 1, "quote": "we all use bun here"}]}]}),)),
    ],
)
async def test_the_chat_never_notices_a_failure(
    server: ModelServer, project: Path, failure: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only what stands still is waited for in vain.
    monkeypatch.setattr(chain, "LOCAL_PATIENCE_SECONDS", 1.5 if failure.ends == "silent" else 30.0)
    server.will(failure)
    async with opened(project) as chat:
        before = chat.said
        await chat.send(SAID)
        await chat.until(lambda: server.chats, "the judge was asked")
        await chat.until(lambda: not chat.app.chat.judging.following.busy, "the end of the reading")

        assert proposed(chat) == []
        assert "went wrong" not in chat.said
        assert "judge" not in chat.said[len(before) :]
        await chat.send("the chat goes on")
        await chat.until(lambda: "the chat goes on" in chat.said)


async def test_what_was_not_read_when_the_program_ended_is_read_at_the_next_start(
    server: ModelServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(following, "AFTER_SECONDS", 3600.0)
        async with opened_without_reading(project) as chat:
            await chat.send(SAID)
            await chat.until(lambda: not chat.app.chat.replies.active and chat.app.chat.session.last_reply, "a reply")
    assert server.chats == []
    server.usual = GOOD

    async with open_chat(project) as chat:
        await chat.until(lambda: proposed(chat), "the proposal")

    assert [each.statement for each in profiles(project).inbox.all()] == [HEARD]
    assert profiles(project).insights() == []


@asynccontextmanager
async def opened_without_reading(project: Path) -> Any:
    # The test's clock stands in the past of the files' own times: the session counts as one of today.
    async with open_chat(project) as chat:
        yield chat


async def test_killed_between_answer_and_toast_nothing_is_lost(server: ModelServer, project: Path) -> None:
    server.will(GOOD)
    async with opened(project) as chat:
        chat.app.chat.judging.following._propose = lambda proposals: None
        await chat.send(SAID)
        await chat.until(lambda: proposed(chat), "the proposal on the disk")

    [waiting] = profiles(project).inbox.all()
    assert waiting.detector == JUDGE


async def test_no_service_is_asked_before_the_user_said_yes_with_the_price_told(
    server: ModelServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.ollama_models = ()
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k" * 20)
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    async with opened(project, model="anthropic/claude-sonnet-5-5") as chat:
        await chat.send(SAID)
        await chat.until(lambda: len(server.chats) == 1 and not chat.app.chat.replies.active, "the reply alone")
        await chat.until(lambda: not chat.app.chat.judging.following.busy, "the end of the reading")
        assert len(server.chats) == 1

        await chat.send("/judge")
        await chat.until(lambda: "claude-haiku-5-5 may be asked once you say /judge on" in chat.said)
        assert "$" in chat.said
        await chat.send("/judge on")
        await chat.until(lambda: chat.app.chat.asker.busy, "the question")
        chat.clock.advance(0.7)
        await chat.until(lambda: chat.app.chat.asker.shown, "the toast")
        assert "claude-haiku-5-5" in chat.toast_text
        assert "$" in chat.toast_text
        chat.clock.advance(0.5)
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: "The judge is anthropic/claude-haiku-5-5" in chat.said)

        await chat.send("and the parser is written by hand, as you see")
        await chat.until(lambda: len(server.chats) >= 3, "the judge")
    assert [request.body["model"] for request in server.chats[1:3]] == ["claude-sonnet-5-5", "claude-haiku-5-5"]


async def test_switched_off_nobody_reads(server: ModelServer, project: Path) -> None:
    async with opened(project) as chat:
        await chat.send("/judge off")
        await chat.until(lambda: "The judge is off" in chat.said)
        await chat.send(SAID)
        await chat.until(lambda: chat.app.chat.session.last_reply and not chat.app.chat.replies.active, "a reply")
        await chat.until(lambda: not chat.app.chat.judging.following.busy, "the end")

        assert server.chats == []
        await chat.send("/judge perhaps")
        await chat.until(lambda: "It takes on, off or status" in chat.said)


async def test_one_setting_switches_it_off(server: ModelServer, project: Path, isolation: Path) -> None:
    (isolation / "configuration").mkdir()
    (isolation / "configuration" / "config.toml").write_text("[judge]\nenabled = false\n")
    async with opened(project) as chat:
        await chat.send("/judge on")
        await chat.until(lambda: "off in the configuration" in chat.said)
        await chat.send(SAID)
        await chat.until(lambda: chat.app.chat.session.last_reply and not chat.app.chat.replies.active, "a reply")
        await chat.until(lambda: not chat.app.chat.judging.following.busy, "the end")

    assert server.chats == []


async def test_an_uncertain_question_may_be_held_back_to_the_inbox_and_is_not_lost(
    server: ModelServer, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from learnchat.learning.judging import second_reader

    monkeypatch.setattr(second_reader, "UNCERTAIN", 1.0)
    server.usual = Reply(('{"hold": true}',))
    async with opened(project) as chat:
        await chat.until(lambda: chat.app.chat.judging.following.has_model, "the model")
        await chat.send(SWITCH)
        await chat.until(lambda: "waits in the inbox" in chat.status, "the mark")
        await chat.send("/why-not")
        await chat.until(lambda: "the judge would rather not ask" in chat.said)

        assert not chat.app.chat.asker.shown
    assert len(profiles(project).inbox.all()) == 1


async def test_a_late_second_reader_holds_nothing_up(
    server: ModelServer, project: Path, isolation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from learnchat.learning.judging import second_reader

    (isolation / "configuration").mkdir()
    (isolation / "configuration" / "config.toml").write_text("[judge]\ndeadline = 0.1\n")
    monkeypatch.setattr(second_reader, "UNCERTAIN", 1.0)
    server.usual = Reply(ends="silent")
    async with opened(project) as chat:
        await chat.until(lambda: chat.app.chat.judging.following.has_model, "the model")
        await chat.be_asked()

        assert "Tailwind" in chat.toast_text


async def test_a_message_with_a_secret_is_not_read(server: ModelServer, project: Path) -> None:
    from support.secret_shapes import made

    async with opened(project) as chat:
        await chat.send(f"the deploy of this shop uses {''.join(('ghp_', made(36)))}, mind you")
        await chat.until(lambda: chat.app.chat.session.last_reply and not chat.app.chat.replies.active, "a reply")
        await chat.until(lambda: not chat.app.chat.judging.following.busy, "the end of the reading")

    assert server.chats == []


async def test_a_conversation_that_ends_is_read_to_its_end_in_the_background(
    server: ModelServer, project: Path
) -> None:
    async with opened(project) as chat:
        await chat.send(SAID)
        await chat.until(lambda: len(server.chats) == 1, "the reading of the exchange")
        await chat.until(lambda: not chat.app.chat.judging.following.busy, "its end")
        server.usual = GOOD
        await chat.send("/new")
        await chat.until(lambda: proposed(chat), "what came of the whole")

    assert "as a whole" in server.chats[1].body["messages"][0]["content"]


async def test_a_judge_of_this_machine_lets_the_next_message_go_first_and_reads_later(
    server: ModelServer, project: Path
) -> None:
    server.will(Reply(ends="silent"), GOOD)
    async with opened(project) as chat:
        await chat.send(SAID)
        await chat.until(lambda: len(server.chats) == 1, "the judge was asked")
        await chat.send("and what do you think of the parser?")
        await chat.until(server.hung_up.is_set, "the judge was hung up on")
        await chat.until(lambda: proposed(chat), "what came of it after the next reply")
