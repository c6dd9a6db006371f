import json
import os
import stat
import sys
from pathlib import Path
from types import ModuleType

import pytest

from learnchat.app.models.keys import KeyFile
from support.commands import CommandLine
from support.model_server import WRONG_KEY, ModelServer, Reply, unused_address
from support.terminal import Terminal

KEY = "sk-test-0123456789abcdef"
MODEL = "anthropic/claude-test"


@pytest.fixture
def service(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """Anthropic on loopback, and no key in the environment."""
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    return server


@pytest.fixture
def file(isolation: Path) -> Path:
    return isolation / "configuration" / "keys.json"


def test_a_key_is_checked_without_tokens_and_kept_for_the_user_alone(
    learnchat: CommandLine, service: ModelServer, file: Path
) -> None:
    result = learnchat("login", "anthropic", stdin=KEY + "\n")
    assert result.code == 0
    assert result.lines[0] == "Anthropic accepts the key."
    assert KEY not in result.out + result.err
    assert json.loads(file.read_text()) == {"keys": {"ANTHROPIC_API_KEY": KEY}, "keyring": []}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [request.path for request in service.received] == ["/v1/models?limit=1000"]
    assert service.chats == []


def test_a_kept_key_is_used(learnchat: CommandLine, service: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    learnchat("login", "anthropic", stdin=KEY)
    # `ask` sets it in this process; the test's end takes it back.
    monkeypatch.setenv("ANTHROPIC_API_KEY", "")
    assert learnchat("ask", "--model", MODEL, "hi").code == 0
    assert service.chats[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_key_of_the_environment_goes_before_a_kept_one(
    learnchat: CommandLine, service: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "from-the-environment")
    result = learnchat("login", "anthropic", stdin=KEY)
    assert "ANTHROPIC_API_KEY is set in the environment and goes before it." in result.out
    assert learnchat("ask", "--model", MODEL, "hi").code == 0
    assert service.chats[0].headers["authorization"] == "Bearer from-the-environment"


def test_a_refused_key_is_not_kept_nor_shown(learnchat: CommandLine, service: ModelServer, file: Path) -> None:
    result = learnchat("login", "anthropic", stdin=WRONG_KEY)
    assert result.code == 1
    assert "Anthropic does not accept the key." in result.err
    assert "Nothing was kept" in result.err
    assert WRONG_KEY not in result.err
    assert not file.exists()
    assert learnchat("login", "anthropic", "--no-check", stdin=WRONG_KEY).code == 0
    assert file.exists()


def test_without_a_network_it_says_so(
    learnchat: CommandLine, service: ModelServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", unused_address())
    result = learnchat("login", "anthropic", stdin=KEY)
    assert result.code == 1
    assert "can't be reached" in result.err
    assert not file.exists()


def test_the_key_that_is_set_is_checked(
    learnchat: CommandLine, service: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", WRONG_KEY)
    result = learnchat("login", "anthropic", "--check")
    assert result.code == 1
    assert "does not accept the key" in result.err
    assert WRONG_KEY not in result.err
    listed = learnchat("login", "--check")
    assert listed.code == 1
    row = next(line for line in listed.lines if line.startswith("anthropic"))
    assert "environment (ANTHROPIC_API_KEY)" in row
    assert "does not accept the key" in row
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    assert learnchat("login", "anthropic", "--check").out == "Anthropic accepts the key.\n"


def test_a_kept_key_is_deleted(learnchat: CommandLine, service: ModelServer, file: Path) -> None:
    learnchat("login", "anthropic", stdin=KEY)
    assert "file" in next(line for line in learnchat("login").lines if line.startswith("anthropic"))
    assert learnchat("logout", "anthropic").out == "Deleted: ANTHROPIC_API_KEY.\n"
    assert KEY not in file.read_text()
    assert learnchat("logout", "anthropic").out == "No key of Anthropic was kept.\n"


@pytest.mark.parametrize(
    ("provider", "stdin", "sentence"),
    [
        ("antropic", KEY, "Did you mean anthropic?"),
        ("ollama", KEY, "needs no key"),
        ("anthropic", "", "No key was given."),
        ("anthropic", "two words", "That is no key"),
        ("anthropic", "x" * 2000, "That is no key"),
    ],
)
def test_what_is_no_provider_or_no_key_is_refused(
    learnchat: CommandLine, file: Path, provider: str, stdin: str, sentence: str
) -> None:
    result = learnchat("login", provider, stdin=stdin)
    assert result.code == 2
    assert sentence in result.err
    assert not file.exists()


@pytest.mark.terminal
def test_on_a_terminal_the_key_is_not_shown(shop: Path, service: ModelServer, file: Path) -> None:
    with Terminal(["login", "anthropic"], shop) as terminal:
        terminal.wait_for("Key for Anthropic (it is not shown):")
        terminal.send(KEY + "\r")
        assert terminal.wait_for_end() == 0
        assert KEY.encode() not in terminal.raw
        assert b"Anthropic accepts the key." in terminal.raw
    assert KEY in file.read_text()


def test_the_keyring_keeps_it_where_there_is_one(
    learnchat: CommandLine, service: ModelServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[tuple[str, str], str] = {}
    keyring = ModuleType("keyring")
    keyring.set_password = lambda service, name, key: kept.__setitem__((service, name), key)  # type: ignore[attr-defined]
    keyring.get_password = lambda service, name: kept.get((service, name))  # type: ignore[attr-defined]
    keyring.delete_password = lambda service, name: kept.pop((service, name))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    assert learnchat("login", "anthropic", "--keyring", stdin=KEY).code == 0
    assert kept == {("learnchat", "ANTHROPIC_API_KEY"): KEY}
    assert KEY not in file.read_text()
    environment: dict[str, str] = {}
    KeyFile(file).use(environment)
    assert environment == {"ANTHROPIC_API_KEY": KEY}
    assert learnchat("logout", "anthropic").code == 0
    assert kept == {}


def test_without_a_keyring_it_says_so(
    learnchat: CommandLine, service: ModelServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    result = learnchat("login", "anthropic", "--keyring", stdin=KEY)
    assert result.code == 1
    assert "`keyring` is not installed" in result.err
    assert not file.exists()


@pytest.mark.parametrize("content", ["", "[]", '{"keys": 3}', '{"keys": {"A": 1}, "keyring": null}', "\udcff"])
def test_a_damaged_file_holds_no_key(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    environment: dict[str, str] = {}
    KeyFile(path).use(environment)
    assert environment == {}


def test_a_loosened_file_is_made_private_again(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text("{}")
    path.chmod(0o644)
    KeyFile(path).keep("OPENAI_API_KEY", KEY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_key_is_in_no_log_and_no_transcript(
    learnchat: CommandLine, service: ModelServer, isolation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnchat("login", "anthropic", stdin=KEY)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "")
    service.will(Reply(status=401, message=f"invalid key {KEY}"))
    result = learnchat("ask", "--model", MODEL, "hi")
    assert result.code == 1
    assert KEY not in result.err
    for folder, _, names in os.walk(isolation):
        for name in names:
            if name != "keys.json":
                assert KEY not in (Path(folder) / name).read_text(errors="replace")
