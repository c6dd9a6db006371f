from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnchat.app.judging.hook_settings import ASSISTANTS, BACKUP, HookFile, command
from learnchat.learning.errors import LearnchatError
from support.commands import CommandLine

CLAUDE = ASSISTANTS["claude"]
OTHERS = {
    "model": "opus",
    "permissions": {"allow": ["Bash(ls:*)"]},
    "hooks": {
        "Stop": [{"hooks": [{"type": "command", "command": "say done"}]}],
        "PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "check"}]}],
    },
    "später": "Grüße",
}


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(OTHERS, indent=4, ensure_ascii=False), encoding="utf-8")
    return path


def test_install_adds_one_command_and_keeps_all_else(settings: Path) -> None:
    before = settings.read_bytes()
    file = HookFile(settings, CLAUDE)

    assert file.install("learnchat hook stop")
    assert not file.install("learnchat hook stop")

    after = json.loads(settings.read_text(encoding="utf-8"))
    added = after["hooks"]["Stop"].pop()
    assert after == OTHERS
    assert list(after) == list(OTHERS)
    assert added == {"hooks": [{"type": "command", "command": "learnchat hook stop", "timeout": 10}]}
    assert settings.with_name(settings.name + BACKUP).read_bytes() == before
    assert '\n    "model"' in settings.read_text(encoding="utf-8")
    assert file.installed() == "learnchat hook stop"


def test_uninstall_takes_out_what_install_put_in(settings: Path) -> None:
    file = HookFile(settings, CLAUDE)
    file.install("/old/place/learnchat hook stop")
    file.install("'/new place/learnchat' hook stop")

    assert settings.read_text(encoding="utf-8").count("hook stop") == 1
    assert file.uninstall()
    assert not file.uninstall()
    assert json.loads(settings.read_text(encoding="utf-8")) == OTHERS


@pytest.mark.parametrize("name", list(ASSISTANTS))
@pytest.mark.parametrize(
    "before",
    [
        None,
        b"",
        b"{}",
        b'{"model":"opus","hooks":{"Stop":[{"hooks":[{"type":"command","command":"say done"}]}]}}',
        b'{\r\n\t"model": "opus",\r\n\t"list": [1,2,3]\r\n}',
        '{\n   "name": "Gr\\u00fc\u00dfe", "number": 1.0e3\n\n}'.encode(),
    ],
)
def test_taking_it_out_gives_back_the_file_byte_for_byte(tmp_path: Path, before: bytes | None, name: str) -> None:
    path = tmp_path / "settings.json"
    if before is not None:
        path.write_bytes(before)
        path.chmod(0o640)
    file = HookFile(path, ASSISTANTS[name])

    for wanted in ("learnchat hook stop", "/elsewhere/learnchat hook stop"):
        assert file.install(wanted)
        assert file.installed() == wanted
    assert file.uninstall()

    assert (path.read_bytes() if path.exists() else None) == before
    assert [each.name for each in tmp_path.iterdir()] == ([] if before is None else ["settings.json"])
    if before is not None:
        assert path.stat().st_mode & 0o777 == 0o640


def test_what_was_changed_in_between_stays_when_it_is_taken_out(settings: Path) -> None:
    file = HookFile(settings, CLAUDE)
    file.install("learnchat hook stop")
    changed = json.loads(settings.read_text(encoding="utf-8")) | {"model": "sonnet"}
    settings.write_text(json.dumps(changed, indent=4, ensure_ascii=False), encoding="utf-8")

    assert file.uninstall()

    assert json.loads(settings.read_text(encoding="utf-8")) == OTHERS | {"model": "sonnet"}


def test_put_in_again_later_the_file_of_then_is_kept(settings: Path) -> None:
    file = HookFile(settings, CLAUDE)
    file.install("learnchat hook stop")
    settings.write_text('{"model": "new"}')
    file.install("learnchat hook stop")
    assert file.uninstall()

    assert settings.read_text() == '{"model": "new"}'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{\n  // mine\n  "model": "opus"\n}', "comments"),
        ('{"model": "opus",}', "no plain JSON"),
        ("[1, 2]", "no object"),
        ('{"a": 1, "a": 2}', "twice"),
        ('{"hooks": []}', "not known here"),
        ('{"hooks": {"Stop": {"hooks": []}}}', "not known here"),
        ('{"hooks": {"Stop": ["say done"]}}', "not known here"),
        ('{"hooks": {"Stop": [{"command": "x"}]}}', "not known here"),
        ("[" * 50_000, "no plain JSON"),
    ],
)
def test_what_can_not_be_changed_safely_is_left_alone_with_a_sentence(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)

    for act in (lambda: HookFile(path, CLAUDE).install("learnchat hook stop"), HookFile(path, CLAUDE).uninstall):
        with pytest.raises(LearnchatError, match=why):
            act()

    assert path.read_text() == text
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


def test_bytes_that_are_no_text_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b'{"a": "\xff\xfe"}')

    with pytest.raises(LearnchatError, match="UTF-8"):
        HookFile(path, CLAUDE).install("learnchat hook stop")


def test_a_symbolic_link_stays_one(tmp_path: Path, settings: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(settings)

    HookFile(link, CLAUDE).install("learnchat hook stop")

    assert link.is_symlink()
    assert "hook stop" in settings.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "event"), [("claude", "Stop"), ("codex", "Stop"), ("gemini", "AfterAgent")])
def test_the_command_sets_it_up_for_each_assistant_and_says_where(
    name: str, event: str, tmp_path: Path, isolation: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    learnchat = CommandLine(capsys, monkeypatch, tmp_path)

    done = learnchat("hook", "install", "--for", name)
    again = learnchat("hook", "install", "--for", name)
    status = learnchat("hook", "status", "--json").json

    path = ASSISTANTS[name].settings({})
    assert path.is_relative_to(isolation)
    assert str(path) in done.out
    assert "set up already" in again.out
    assert json.loads(path.read_text())["hooks"][event][0]["hooks"][0]["command"] == command()
    assert [each["state"] for each in status if each["assistant"] == name] == ["set up"]
    assert "no more" in learnchat("hook", "uninstall", "--for", name).out
    assert [each["state"] for each in learnchat("hook", "status", "--json").json] == ["not set up"] * 3


def test_bad_input_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    learnchat = CommandLine(capsys, monkeypatch, tmp_path)
    (tmp_path / "settings.json").write_text("// mine")

    unknown = learnchat("hook", "install", "--for", "cursor")
    broken = learnchat("hook", "install", "--settings", "settings.json")

    assert (unknown.code, broken.code) == (1, 1)
    assert "cursor" in unknown.err
    assert "it was not changed" in broken.err
    assert "it was not changed" in learnchat("hook", "status", "--settings", "settings.json").out
