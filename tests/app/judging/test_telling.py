from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from learnchat.app.judging.candidates import Candidate, candidates
from learnchat.app.judging.consent import ConsentFile
from learnchat.app.judging.ledger import Ledger
from learnchat.app.judging.prices import price_of
from learnchat.app.judging.telling import RECORDED, price_sentence
from learnchat.learning.clock import SystemClock
from learnchat.learning.judging.reading import WINDOW_LIMIT, Depth, Reading
from learnchat.learning.judging.request import DOUBT
from support.clock import FakeClock
from support.commands import CommandLine

KEYS = {"ANTHROPIC_API_KEY": "k", "OPENAI_API_KEY": "k"}


def names(configured: str | None, chat: str, environment: dict[str, str], *ollama: str) -> list[str]:
    return [each.name for each in candidates(configured, chat, environment, ollama)]


def test_the_configured_model_comes_first_then_the_chats_small_one_then_ollamas() -> None:
    ollama = ("ollama/llama3.2:3b", "ollama/qwen2.5:3b")

    assert names("openai/gpt-6-luna", "anthropic/x", KEYS, *ollama) == ["openai/gpt-6-luna", "ollama/qwen2.5:3b"]
    assert names(None, "anthropic/x", KEYS, *ollama) == ["anthropic/claude-haiku-5-5", "ollama/qwen2.5:3b"]
    assert names(None, "anthropic/x", {}, *ollama) == ["ollama/qwen2.5:3b"]
    assert names(None, "offline", KEYS) == []
    assert names("no model at all", "offline", KEYS) == []


@pytest.mark.parametrize(
    ("there", "chosen"),
    [
        (("phi3:mini", "llama3.2:3b"), "llama3.2:3b"),
        (("mistral:7b", "qwen3:4b", "nomic-embed-text"), "qwen3:4b"),
        (("llama3.3:70b", "qwen3:32b"), None),
        (("llama3",), "llama3"),
        (("nomic-embed-text", "gpt-oss:120b-cloud"), None),
    ],
)
def test_of_ollamas_models_a_small_one_that_can_answer_is_taken(there: tuple[str, ...], chosen: str | None) -> None:
    assert names(None, "offline", {}, *(f"ollama/{each}" for each in there)) == ([f"ollama/{chosen}"] if chosen else [])


def test_the_local_model_that_the_user_talks_to_is_asked_before_another_would_push_it_out() -> None:
    there = ("ollama/qwen2.5:3b", "ollama/llama3.1:8b", "ollama/llama3.3:70b")

    assert names(None, "ollama/llama3.1:8b", {}, *there) == ["ollama/llama3.1:8b"]
    assert names(None, "ollama/llama3.3:70b", {}, *there) == ["ollama/qwen2.5:3b"]
    assert names(None, "ollama/not-there", {}, *there) == ["ollama/qwen2.5:3b"]


def test_every_small_model_has_a_price_in_the_list() -> None:
    from learnchat.app.judging.candidates import SMALL_MODELS

    for provider, model in SMALL_MODELS.items():
        price = price_of(f"{provider}/{model}")
        assert price is not None, model
        assert 0 < price.input < 1e-6, model
    assert price_of("openai/no-such-model") is None


def test_the_price_is_told_in_tokens_and_dollars_and_is_the_measured_one_once_there_is_one(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "judge.jsonl", FakeClock())
    candidate = Candidate("anthropic/claude-haiku-5-5", "", remote=True)

    recorded = price_sentence(candidate, ledger)
    for _ in range(10):
        ledger.note(candidate.name, Depth.SINGLE, 2000, 100, 0.0003, remote=True)
        ledger.note(candidate.name, DOUBT, 300, 5, 0.0001, remote=True)
    measured = price_sentence(candidate, ledger)

    assert "A reading takes about 1,080 tokens, 100 messages 164 thousand (by recorded requests and answers): $0.0" in (
        recorded
    )
    # What was not measured, deep readings, is as recorded.
    assert "A reading takes about 2,100 tokens, 100 messages 266 thousand (measured here): $0.0" in measured
    assert ledger.today().readings == 10
    for _ in range(10):
        ledger.note(candidate.name, Depth.DEEP, 5000, 100, 0.0003, remote=True)
    assert "100 messages 312 thousand (measured here)" in price_sentence(candidate, ledger)
    assert "on this machine" in price_sentence(Candidate("ollama/m", "", remote=False), ledger)


def test_the_sizes_that_are_told_are_those_of_the_recorded_answers() -> None:
    from learnchat.learning.judging.request import question_about
    from support.judging import recorded_sizes

    one, two = (recorded_sizes(events) for events in (1, 2))

    assert RECORDED[Depth.SINGLE][1] == round(mean(one))
    assert RECORDED[Depth.DEEP][1] == round(mean(two))
    # A request without a word of a conversation: the rest of it is what is said.
    for depth, (into, _) in RECORDED.items():
        empty = question_about(Reading(depth, ()))
        assert len(empty.instructions) / 3 < into < (len(empty.instructions) + WINDOW_LIMIT + 1000) / 3


def test_consent_is_by_service_and_a_damaged_file_is_none(tmp_path: Path) -> None:
    file = ConsentFile(tmp_path / "judge.json")
    file.allow("anthropic")
    file.switch(off=True)

    assert (file.read().off, file.read().providers) == (True, ("anthropic",))
    file.allow("openai")
    assert (file.read().off, file.read().providers) == (False, ("anthropic", "openai"))
    for text in ("", "[]", '{"remote": "anthropic"}', '{"remote": [1, {}]}', "{" * 90_000):
        (tmp_path / "judge.json").write_text(text)
        assert file.read().providers == ()


def test_damaged_lines_of_the_ledger_cost_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "judge.jsonl"
    ledger = Ledger(path, FakeClock())
    ledger.note("m", Depth.SINGLE, 10, 1, 0.0, remote=True)
    with path.open("a") as file:
        file.write('{"at": 5}\n{"at": "2026-04-01T09:00:00Z", "model": "m", "in": "x"}\n[]\n{"mo')

    assert Ledger(path, FakeClock()).today().tokens == 11


def test_a_row_of_failures_is_a_longer_rest_and_a_success_ends_it(tmp_path: Path) -> None:
    clock = FakeClock()
    ledger = Ledger(tmp_path / "judge.jsonl", clock)
    rests = []
    for _ in range(6):
        ledger.note_failure("m", "overloaded")
        begun = clock.now()
        while ledger.rests("m"):
            clock.advance(10)
        rests.append((clock.now() - begun).total_seconds())
    ledger.note("m", Depth.SINGLE, 1, 1, 0.0, remote=False)

    assert rests == [60, 120, 240, 480, 900, 900]
    assert ledger.rests("m") is None
    ledger.note_failure("m", "refused_key")
    clock.advance(1800)
    assert ledger.rests("m")
    ledger.note_failure("n", "limit", 300.0)
    clock.advance(200)
    assert ledger.rests("n")


def test_doctor_says_who_reads_along_and_what_it_took(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, isolation: Path
) -> None:
    learnchat = CommandLine(capsys, monkeypatch, tmp_path)
    quiet = learnchat("doctor", "--offline").out
    Ledger(isolation / "data" / "judge.jsonl", SystemClock()).note(
        "anthropic/m", Depth.SINGLE, 1000, 50, 0.002, remote=True
    )
    spent = learnchat("doctor", "--offline").out

    assert "rules read along" in quiet
    assert "0 of 500,000 tokens" in quiet
    assert "1,050 of 500,000 tokens, $0.0020 of $0.25" in spent
