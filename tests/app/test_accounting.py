from pathlib import Path

import pytest

from learnchat.app import accounting
from learnchat.app.accounting import Account, Spent, in_dollars, price, recorded, spent
from learnchat.app.models.model import Usage
from learnchat.app.models.price_list import facts_of, window_of
from learnchat.learning.transcripts.session import list_sessions
from support.chat import open_chat
from support.commands import CommandLine
from support.model_server import ModelServer, Reply

KNOWN = "anthropic/claude-test"


@pytest.fixture(autouse=True)
def prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list with one model: a dollar for a million tokens in, four for a million out, a tenth from the cache."""
    facts = {"input_cost_per_token": 1e-6, "output_cost_per_token": 4e-6, "cache_read_input_token_cost": 1e-7}
    monkeypatch.setattr(accounting, "facts_of", lambda name: facts if name == KNOWN else {})
    monkeypatch.setattr(accounting, "window_of", lambda name: 1000 if name == KNOWN else None)


def test_the_list_that_comes_with_litellm_is_read_without_it() -> None:
    assert facts_of("openai/gpt-4o")["input_cost_per_token"] > 0
    assert (window_of("openai/gpt-4o") or 0) > 10_000
    assert facts_of("anthropic/gpt-4o") == {}
    assert window_of("nobody/nothing") is None


def test_cached_tokens_cost_what_the_cache_costs() -> None:
    assert price(Usage(1000, 100, 900), KNOWN) == pytest.approx(100e-6 + 900e-7 + 400e-6)
    assert price(Usage(1000, 100), "nobody/nothing") is None
    assert price(Usage(1000, 100), "ollama/llama3") == 0.0


def test_replies_add_up_and_what_is_unknown_is_said() -> None:
    account = Account()
    first = account.add(Usage(200, 100), KNOWN)
    assert account.line(first) == "200 tokens in, 100 out · context 30% · about $0.0006"
    second = account.add(Usage(400, 100), KNOWN)
    assert account.line(second) == "400 tokens in, 100 out · context 50% · about $0.0008 · session $0.0014"
    unknown = account.add(Usage(400, 100), "nobody/nothing")
    assert account.line(unknown) == "400 tokens in, 100 out"
    third = account.add(Usage(400, 100), KNOWN)
    assert "session $0.0022 and more" in account.line(third)


def test_who_replied_is_charged_and_the_users_size_counts() -> None:
    bill = Account().add(Usage(400, 100, model=KNOWN), "nobody/nothing, anthropic/claude-test", window=2000)
    assert bill.dollars == pytest.approx(0.0008)
    assert bill.filled == 0.25


def test_a_context_that_is_nearly_full_is_told_once() -> None:
    account = Account()
    full, empty = account.add(Usage(800, 50), KNOWN), account.add(Usage(100, 50), KNOWN)
    assert "85%" in account.warning(full, KNOWN)
    assert account.warning(full, KNOWN) == ""
    assert account.warning(empty, KNOWN) == ""
    assert account.warning(full, KNOWN) != ""


@pytest.mark.parametrize(
    ("dollars", "shown"),
    [(0.0, "$0.00"), (0.00001, "under $0.0001"), (0.0123, "$0.0123"), (0.5, "$0.5"), (12.345, "$12.35")],
)
def test_an_amount_is_never_a_zero_that_costs_something(dollars: float, shown: str) -> None:
    assert in_dollars(dollars) == shown


async def test_the_chat_says_what_a_reply_took(project: Path, server: ModelServer) -> None:
    async with open_chat(project, model=KNOWN) as chat:
        await chat.send("hi")
        await chat.until(lambda: "tokens in" in chat.status, "the bill")
        assert "about" in chat.status
        assert "context" in chat.status


def test_a_question_says_it_in_json(learnchat: CommandLine, server: ModelServer) -> None:
    answer = learnchat("ask", "--model", KNOWN, "--json", "hi").json
    assert answer["dollars"] > 0


def test_what_was_recorded_adds_up_to_what_was_spent() -> None:
    usages = [recorded(Usage(200, 100), KNOWN), recorded(Usage(400, 100, model=KNOWN), "a, b")]
    assert spent(usages) == Spent(800, pytest.approx(0.0014), True)
    assert spent([*usages, recorded(Usage(10, 5), "nobody/nothing")]) == Spent(815, pytest.approx(0.0014), False)
    assert Spent(815, 0.0, False).words() == "815 tokens so far"
    assert Spent(815, 0.0014, False).words() == "815 tokens, about $0.0014 and more so far"
    assert Spent().words() == ""


def test_a_damaged_record_counts_for_nothing() -> None:
    broken = {"input": "many", "output": float("inf"), "dollars": -1}
    assert spent([broken, {}]) == Spent(0, 0.0, False)


async def test_a_resumed_conversation_counts_what_it_took_before(
    project: Path, server: ModelServer, learnchat: CommandLine
) -> None:
    async with open_chat(project, model=KNOWN) as chat:
        await chat.send("one")
        await chat.until(lambda: "tokens in" in chat.status, "the bill")
        before = chat.status
        folder = chat.app.engine.call_now(lambda parts: parts.data.sessions)
    file = list_sessions(folder)[0]
    [listed] = learnchat("sessions", "--json").json
    assert listed["tokens"] > 0
    assert listed["dollars"] > 0
    took = f"{listed['tokens']} tokens, about {in_dollars(listed['dollars'])} so far"
    async with open_chat(project, (120, 24), model=KNOWN, resume=file) as chat:
        await chat.until(lambda: took in chat.status, "what it took")
        await chat.send("two")
        await chat.until(lambda: chat.said.count("Hello, world.") == 2, "the reply")
        # What was said on opening has been read by now.
        chat.clock.advance(60)
        await chat.until(lambda: "tokens in" in chat.status, "the bill")
        assert f"session {in_dollars(2 * listed['dollars'])}" in chat.status
        assert "session" not in before


async def test_a_stopped_reply_is_counted_about(project: Path, server: ModelServer, learnchat: CommandLine) -> None:
    server.will(Reply(pieces=("The first half of it",), ends="stalled"))
    async with open_chat(project, (120, 24), model=KNOWN) as chat:
        await chat.send("tell me")
        await chat.until(lambda: "The first half" in chat.said, "the beginning")
        await chat.pilot.press("escape")
        await chat.until(lambda: "Stopped" in chat.status, "the end")
        chat.clock.advance(60)
        await chat.until(lambda: "tokens in, 7 out" in chat.status, "the bill")
        assert "about" in chat.status.partition("tokens in")[0]
    [listed] = learnchat("sessions", "--json").json
    assert listed["tokens"] > 7
    assert listed["dollars"] > 0
    [_, reply] = learnchat("sessions", "show", listed["id"], "--json").json
    assert reply["usage"]["estimated"] is True
    assert spent([reply["usage"]]).words().startswith("about ")


def test_a_reply_that_broke_off_says_about_what_it_took_in_json(learnchat: CommandLine, server: ModelServer) -> None:
    server.will(Reply(pieces=("The first half of it",), ends="dropped"), Reply())
    usage = learnchat("ask", "--model", KNOWN, "--json", "tell me").json["usage"]
    assert (usage["output"], usage["estimated"]) == (7, True)
    assert learnchat("ask", "--model", KNOWN, "--json", "tell me").json["usage"]["estimated"] is False
