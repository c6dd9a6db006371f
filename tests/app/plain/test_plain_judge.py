from __future__ import annotations

import re
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import CommandLine
from support.judging import FOUND, HEARD, NOTHING, SAID
from support.model_server import ModelServer, Reply
from support.terminal import Terminal, leave

SWITCH = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
GOOD = Reply((FOUND,))

pytestmark = pytest.mark.terminal


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """An Ollama with a model that reads along."""
    with ModelServer(Reply((NOTHING,)), ollama_models=("qwen2.5:3b",)) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        yield server


def plain(shop: Path, *arguments: str, uncertain: float = 0.15) -> Terminal:
    """The plain chat, with a judge that begins at once. When the chat has been told of a proposal a file says so."""
    program = (
        "import sys\n"
        "from learnchat.app.judging import following\n"
        "from learnchat.learning.judging import second_reader\n"
        f"following.AFTER_SECONDS, second_reader.UNCERTAIN = 0.0, {uncertain}\n"
        "from learnchat.app.plain.judging import PlainJudging\n"
        "propose = PlainJudging._propose\n"
        "def proposed(self, proposals):\n"
        "    propose(self, proposals)\n"
        f"    open({str(shop.parent / 'told')!r}, 'w').close()\n"
        "PlainJudging._propose = proposed\n"
        "from learnchat.app.main import main\n"
        "main()\n"
    )
    return Terminal(["--plain", *arguments], shop, (100, 60), program=(sys.executable, "-c", program))


def waiting(learnchat: CommandLine) -> list[str]:
    return [each.statement for each in learnchat.profiles().inbox.pending()]


def was_told(shop: Path) -> bool:
    return (shop.parent / "told").exists()


def until_read(terminal: Terminal, judge: ModelServer, requests: int = 1) -> None:
    terminal.wait(lambda: len(judge.chats) >= requests, "the judge")


def test_what_the_judge_proposes_is_asked_at_the_end_of_a_turn_and_says_who(
    shop: Path, learnchat: CommandLine, judge: ModelServer
) -> None:
    judge.will(GOOD)
    with plain(shop) as terminal:
        terminal.wait_for("You:")
        terminal.send(f"{SAID}\r")
        terminal.wait(lambda: was_told(shop), "the proposal")
        assert waiting(learnchat) == [HEARD]
        terminal.send("/insights\r")
        terminal.wait_for("Remember this? 1. The workspaces are run by pnpm (Fact, this project, judge)")
        terminal.wait_for("You said: it is pnpm that runs the workspaces")
        terminal.wait_for("The judge, ollama/qwen2.5:3b: Commands differ")
        terminal.send("1 y\r")
        terminal.wait_for("Learned: The workspaces are run by pnpm")
        terminal.send("/judge off\r")
        terminal.wait_for("The judge is off")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
        assert "Traceback" not in terminal.raw.decode()


def test_what_came_while_nobody_typed_is_asked_when_the_session_ends(
    shop: Path, learnchat: CommandLine, judge: ModelServer
) -> None:
    judge.will(GOOD)
    with plain(shop) as terminal:
        terminal.wait_for("You:")
        terminal.send(f"{SAID}\r")
        terminal.wait(lambda: was_told(shop), "the proposal")
        leave(terminal)
        terminal.wait_for("1. The workspaces are run by pnpm")
        terminal.wait_for("Answer, or press Enter to leave:")
        terminal.send("\r")
        assert terminal.wait_for_end() == 0
    assert waiting(learnchat) == [HEARD]
    assert learnchat("insights", "--json").json == []


def test_leaving_does_not_wait_for_a_judge_and_the_next_start_reads_what_is_left(
    shop: Path, learnchat: CommandLine, judge: ModelServer
) -> None:
    judge.will(Reply(ends="silent"))
    with plain(shop) as terminal:
        terminal.wait_for("You:")
        terminal.send(f"{SAID}\r")
        until_read(terminal, judge)
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
        assert judge.hung_up.wait(10)
        assert not re.search("Traceback|Task was destroyed", terminal.raw.decode())
    judge.usual = GOOD
    with plain(shop) as terminal:
        terminal.wait_for("You:")
        terminal.wait(lambda: bool(waiting(learnchat)), "what was left")
        terminal.send("/quiet\r")
        terminal.wait_for("The judge found something in an earlier conversation.")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("filed", [False, True])
def test_killed_after_an_answer_nothing_is_lost_and_nothing_is_proposed_twice(
    shop: Path, learnchat: CommandLine, judge: ModelServer, filed: bool
) -> None:
    judge.usual = GOOD
    with plain(shop) as terminal:
        terminal.wait_for("You:")
        terminal.send(f"{SAID}\r")
        until_read(terminal, judge)
        if filed:
            terminal.wait(lambda: bool(waiting(learnchat)), "the proposal on the disk")
        terminal.process.kill(signal.SIGKILL)
    read = len(judge.chats)
    with plain(shop) as terminal:
        until_read(terminal, judge, read + 1)
        terminal.wait(lambda: bool(waiting(learnchat)), "the proposal on the disk")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0

    assert waiting(learnchat) == [HEARD]
    assert learnchat("insights", "--json").json == []


def test_an_uncertain_question_goes_to_the_inbox_when_the_judge_would_rather_not_ask(
    shop: Path, learnchat: CommandLine, judge: ModelServer
) -> None:
    judge.usual = Reply(('{"hold": true}',))
    with plain(shop, uncertain=1.0) as terminal:
        terminal.wait_for("You:")
        terminal.send("/judge\r")
        terminal.wait_for("The judge is ollama/qwen2.5:3b")
        terminal.send(f"{SWITCH}\r")
        terminal.wait_for("1 thing was heard and not asked (the judge would rather not ask).")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    assert waiting(learnchat) == [SWITCH]


def test_no_service_is_asked_before_a_yes_with_the_price_told(
    shop: Path, server: ModelServer, learnchat: CommandLine
) -> None:
    with plain(shop, "--model", "anthropic/claude-sonnet-5-5") as terminal:
        terminal.wait_for("You:")
        terminal.send("/judge\r")
        terminal.wait_for("anthropic/claude-haiku-5-5 may be asked once you say /judge on.")
        terminal.send("/judge on\r")
        terminal.wait_for("anthropic/claude-haiku-5-5 would be given what is said.")
        terminal.wait_for("by recorded requests and answers")
        terminal.send("n\r")
        terminal.wait_for("No service reads along.")
        terminal.send("/judge on\r")
        terminal.wait(lambda: terminal.text.count("Let it read along? y or n:") == 2, "the question again")
        terminal.send("y\r")
        terminal.wait_for("The judge is anthropic/claude-haiku-5-5")
        terminal.send(f"{SAID}\r")
        terminal.wait(lambda: len(server.chats) == 2, "the reply and the judge")
        terminal.send("/judge off\r")
        terminal.wait_for("The judge is off")
        terminal.send("/judge perhaps\r")
        terminal.wait_for("It takes on, off or status.")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    assert [each.body["model"] for each in server.chats] == ["claude-sonnet-5-5", "claude-haiku-5-5"]


def test_a_single_question_has_no_judge(
    shop: Path, learnchat: CommandLine, judge: ModelServer, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(threading.enumerate())
    for arguments in (["ask", SAID], ["ask", "-c", SAID], ["ask", "--json", SAID]):
        assert learnchat(*arguments, "--model", "anthropic/claude-test").code == 0

    assert len(server.chats) == 3
    assert judge.chats == []
    assert not [each for each in threading.enumerate() if each not in before and each.name == "judge"]


def test_a_temporary_conversation_is_not_read(shop: Path, judge: ModelServer) -> None:
    with plain(shop, "--temporary") as terminal:
        terminal.wait_for("You:")
        terminal.send(f"{SAID}\r")
        terminal.wait(lambda: terminal.text.count("You:") == 2, "the prompt again")
        terminal.send("/judge\r")
        terminal.wait_for("The judge is ollama/qwen2.5:3b")
        terminal.send("/quit\r")
        assert terminal.wait_for_end() == 0
    assert judge.chats == []
