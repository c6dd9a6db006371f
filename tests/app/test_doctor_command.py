from __future__ import annotations

import http.server
import json
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from learnchat.app.health import Finding, State
from support.commands import CommandLine, Result
from support.terminal import Terminal


def findings(result: Result) -> dict[str, list[tuple[str, str]]]:
    """State and sentence of each finding, by subject."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in result.json["findings"]:
        found.setdefault(each["subject"], []).append((each["state"], each["sentence"]))
    return found


def examine(learnchat: CommandLine, *options: str) -> dict[str, list[tuple[str, str]]]:
    return findings(learnchat("doctor", "--json", *(options or ("--offline",))))


@pytest.fixture
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that answers as Ollama does; its address is in OLLAMA_HOST."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"models": [{"name": "llama3.3:latest"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        place = f"127.0.0.1:{server.server_address[1]}"
        monkeypatch.setenv("OLLAMA_HOST", place)
        yield place
        server.shutdown()
        thread.join()


def test_all_is_well_in_a_new_project(learnchat: CommandLine, shop: Path) -> None:
    result = learnchat("doctor", "--offline")

    assert result.code == 0
    assert all(line.split("\t")[0] in ("ok", "note") for line in result.lines)
    assert list(shop.iterdir()) == []


def test_it_says_what_runs_and_where(learnchat: CommandLine, shop: Path, isolation: Path) -> None:
    found = examine(learnchat)

    [(_, versions)] = found["versions"]
    assert "learnchat " in versions
    assert "textual 8.2.8" in versions
    assert "Python 3." in versions
    assert found["project"] == [("ok", f"shop: {shop}")]
    assert str(isolation / "data") in found["data directory"][0][1]
    assert found["model"] == [("ok", "offline (nothing is configured)")]
    assert "pipe" in found["terminal"][0][1]


def test_on_a_terminal_it_describes_it(shop: Path) -> None:
    with Terminal(["doctor", "--offline"], shop, size=(100, 50), environment={"TMUX": "x"}) as terminal:
        terminal.wait_for("xterm-256color, 100x50, truecolor, in tmux")
        terminal.wait_for("focus-events on")
        terminal.wait_for("All is well.")

        assert terminal.wait_for_end() == 0


def test_a_dumb_terminal_gets_lines_of_text(shop: Path) -> None:
    # High enough that nothing scrolls off before it is read, however long the paths are.
    with Terminal(["doctor", "--offline"], shop, (80, 100), environment={"TERM": "dumb"}) as terminal:
        terminal.wait_for("the chat comes in lines of text, as by --plain")
        terminal.wait_for("All is well.")
        assert terminal.wait_for_end() == 0


def test_problems_of_the_configuration_are_named_with_file_key_and_line(
    learnchat: CommandLine, isolation: Path
) -> None:
    folder = isolation / "configuration"
    folder.mkdir()
    (folder / "config.toml").write_text("[asking]\ncountdwn = 30\n")

    result = learnchat("doctor", "--offline")

    assert result.code == 1
    assert f"wrong\tconfiguration\t{folder / 'config.toml'}, line 2: asking.countdwn: " in result.out
    assert "the nearest is asking.countdown" in result.out


def test_problems_of_themes_are_named(learnchat: CommandLine, isolation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = isolation / "configuration" / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("primary = 7\n")
    monkeypatch.setenv("LEARNCHAT_THEME", "nowhere")

    wrong = [sentence for state, sentence in examine(learnchat)["themes"] if state == "wrong"]

    assert any("mine.toml" in sentence for sentence in wrong)
    assert any("there is no theme nowhere" in sentence for sentence in wrong)


def test_a_directory_that_can_not_be_used_is_wrong(
    learnchat: CommandLine, isolation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (isolation / "file").write_text("x")
    monkeypatch.setenv("LEARNCHAT_CONFIG_DIR", str(isolation / "file" / "below"))

    [(state, sentence)] = examine(learnchat)["configuration directory"]

    assert state == "wrong"
    assert "is not a folder" in sentence


def test_keys_are_found_by_name_and_never_shown(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-very-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://somebody:password@127.0.0.1:9/v1")

    result = learnchat("doctor", "--json")

    assert findings(result)["keys"] == [("ok", "found: ANTHROPIC_API_KEY")]
    assert "very-secret" not in result.out
    assert "password" not in result.out


def test_a_model_without_its_key_is_wrong(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNCHAT_MODEL", "anthropic/claude-x")

    found = examine(learnchat)

    assert found["model"] == [("ok", "anthropic/claude-x (LEARNCHAT_MODEL)")]
    assert found["keys"][0][0] == "wrong"
    assert "anthropic/claude-x needs ANTHROPIC_API_KEY" in found["keys"][0][1]


def test_a_model_that_is_none_is_wrong(learnchat: CommandLine, isolation: Path) -> None:
    folder = isolation / "configuration"
    folder.mkdir()
    (folder / "config.toml").write_text('model = "gpt"\n')

    assert examine(learnchat)["model"][0][0] == "wrong"


def test_a_reachable_ollama_is_named_with_its_models(learnchat: CommandLine, ollama: str) -> None:
    found = examine(learnchat, "--project", ".")

    assert found["Ollama"] == [("ok", f"answers at {ollama}: ollama/llama3.3")]


def test_an_ollama_that_is_named_and_silent_is_wrong(learnchat: CommandLine) -> None:
    found = examine(learnchat, "--project", ".")

    assert found["Ollama"][0] == ("wrong", "does not answer at 127.0.0.1:9, or has no model")


def test_an_ollama_that_nobody_named_need_not_be_there(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learnchat.app.health.reachable_ollama", lambda environment, timeout: [])
    monkeypatch.delenv("OLLAMA_HOST")

    assert examine(learnchat, "--project", ".")["Ollama"][0][0] == "note"


def test_base_urls_are_tried(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{port}/v1")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
        monkeypatch.setenv("GEMINI_API_BASE", "example")
        found = examine(learnchat, "--project", ".")

    assert found["OPENAI_BASE_URL"] == [("ok", f"127.0.0.1:{port} answers")]
    assert found["ANTHROPIC_BASE_URL"][0][0] == "wrong"
    assert found["GEMINI_API_BASE"][0][0] == "wrong"


def test_offline_asks_nothing_of_the_network(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("learnchat.app.health.addresses", refuse)

    assert learnchat("doctor", "--offline").code == 0


def test_who_waits_is_told_what_for(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    told = threading.Event()
    monkeypatch.setattr("learnchat.app.commands.doctor.SILENCE", 0)
    monkeypatch.setattr("learnchat.app.commands.doctor.complain", lambda text: told.set())

    def slow(environment: object) -> Iterator[Finding]:
        assert told.wait(10)
        yield Finding("network", State.OK, "came at last")

    monkeypatch.setattr("learnchat.app.health.addresses", slow)

    assert "came at last" in learnchat("doctor").out


def test_the_profile_is_counted_and_its_sharing_named(learnchat: CommandLine, shop: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=shop, check=True)
    learnchat("remember", "We use pnpm")

    found = examine(learnchat)

    assert found["profile"] == [("ok", "1 insight, 0 not accepted, 0 waiting in the inbox")]
    assert found["sharing"][0][1].startswith("private, until you say")


def test_a_damaged_profile_is_wrong(learnchat: CommandLine, shop: Path) -> None:
    learnchat("remember", "We use pnpm")
    (shop / ".learnchat" / "insights.json").write_text("{")

    result = learnchat("doctor", "--offline", "--json")

    assert result.code == 1
    assert result.json["healthy"] is False
    assert [state for state, _ in findings(result)["profile"]].count("wrong") >= 1
