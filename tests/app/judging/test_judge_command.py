from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import CommandLine
from support.model_server import ModelServer


@pytest.fixture
def learnchat(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    return CommandLine(capsys, monkeypatch, tmp_path)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "k" * 20)
    monkeypatch.setenv("LEARNCHAT_MODEL", "anthropic/claude-sonnet-5-5")


def test_a_service_reads_along_after_a_yes_with_the_price_told(learnchat: CommandLine, service: None) -> None:
    before = learnchat("judge", "status", "--json").json
    refused = learnchat("judge", "on")
    agreed = learnchat("judge", "on", "--yes")
    after = learnchat("judge", "status", "--json").json

    assert (before["models"], before["not_allowed"]) == ([], ["anthropic/claude-haiku-5-5"])
    assert refused.code == 1
    assert "$" in refused.err
    assert "by recorded requests and answers" in agreed.err
    assert "The judge is anthropic/claude-haiku-5-5" in agreed.out
    assert (after["models"], after["services"]) == (["anthropic/claude-haiku-5-5"], ["anthropic"])


def test_off_is_off_for_everybody(learnchat: CommandLine, service: None) -> None:
    learnchat("judge", "on", "--yes")

    assert learnchat("judge", "off").code == 0

    status = learnchat("judge", "status", "--json").json
    assert (status["on"], status["models"]) == (False, [])
    assert "/judge on" in learnchat.on_terminal("judge", "status").out


def test_a_model_of_this_machine_needs_no_yes(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(ollama_models=("llama3.2:3b", "qwen2.5:3b")) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        done = learnchat("judge", "on")

    assert (done.code, done.err) == (0, "")
    assert "ollama/qwen2.5:3b" in done.out


def test_the_configuration_has_the_last_word(learnchat: CommandLine, service: None, isolation: Path) -> None:
    (isolation / "configuration").mkdir(exist_ok=True)
    (isolation / "configuration" / "config.toml").write_text("[judge]\nenabled = false\n")

    done = learnchat("judge", "on", "--yes")

    assert done.code == 1
    assert "judge.enabled" in done.err


def test_a_projects_configuration_can_switch_it_off_and_not_on_nor_name_a_model(
    learnchat: CommandLine, service: None, isolation: Path, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".learnchat").mkdir()
    file = tmp_path / ".learnchat" / "config.toml"
    learnchat("judge", "on", "--yes")

    file.write_text('[judge]\nmodel = "openai/evil"\nenabled = true\ncost_per_day = 100.0\n')
    assert learnchat("judge", "status", "--json").json["models"] == ["anthropic/claude-haiku-5-5"]
    file.write_text("[judge]\nenabled = false\n")
    assert learnchat("judge", "status", "--json").json["on"] is False
