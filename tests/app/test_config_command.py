from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from learnchat.app.manual import all_settings
from support.commands import CommandLine


@pytest.fixture
def file(isolation: Path) -> Path:
    file = isolation / "configuration" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def rows(learnchat: CommandLine) -> dict[str, tuple[str, str]]:
    return {line.split("\t")[0]: tuple(line.split("\t")[1:3]) for line in learnchat("config").lines}


def test_every_setting_has_a_meaning() -> None:
    assert len(all_settings()) > 10
    for setting in all_settings():
        assert setting.meaning.endswith("."), setting


def test_without_a_file_all_is_as_shipped(learnchat: CommandLine) -> None:
    found = rows(learnchat)
    assert found["asking.countdown"] == ("30", "default")
    assert found["theme"] == ("auto", "default")
    assert found["model"] == ("offline", "nothing is configured")


def test_one_value_is_printed_alone(learnchat: CommandLine, file: Path) -> None:
    file.write_text("[asking]\ncountdown = 40\n")
    assert learnchat("config", "get", "asking.countdown").out == "40\n"
    assert learnchat("config", "get", "theme").out == "auto\n"
    assert "There is no setting nosuch." in learnchat("config", "get", "nosuch").err


def test_each_value_says_who_says_so(
    learnchat: CommandLine, file: Path, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('theme = "day"\nmodel = "ollama/a"\n\n[asking]\ncountdown = 40\nper_hour = 4\n')
    (shop / ".learnchat").mkdir()
    (shop / ".learnchat" / "config.toml").write_text("[asking]\nper_hour = 2\n")
    monkeypatch.setenv("LEARNCHAT_MODEL", "ollama/b")
    found = rows(learnchat)
    assert found["theme"] == ("day", f"{file}, line 1")
    assert found["asking.countdown"] == ("40", f"{file}, line 5")
    assert found["asking.per_hour"] == ("2", f"{shop / '.learnchat' / 'config.toml'}, line 2")
    assert found["model"] == ("ollama/b", "LEARNCHAT_MODEL")


def test_on_a_terminal_it_reads_like_a_manual(learnchat: CommandLine) -> None:
    out = learnchat.on_terminal("config").out
    assert "asking.countdown = 30   default\n    Seconds that a toast waits for an answer." in out
    assert "(5 to 600)" in out


def test_json_has_all_of_it(learnchat: CommandLine) -> None:
    [row] = [each for each in learnchat("config", "--json").json if each["name"] == "asking.pause"]
    assert (row["value"], row["default"], row["origin"], row["bounds"]) == (120.0, 120.0, "default", "0 to 3,600")


def test_setting_a_value_keeps_comments_and_order(learnchat: CommandLine, file: Path) -> None:
    file.write_text('# my file\ntheme = "day"  # at work\n\n[asking]\n# not too often\nper_hour = 3\n')
    learnchat("config", "set", "asking.per_hour", "2")
    learnchat("config", "set", "theme", "night")
    learnchat("config", "set", "recall.budget", "900")
    assert file.read_text() == (
        '# my file\ntheme = "night"  # at work\n\n[asking]\n# not too often\nper_hour = 2\n\n[recall]\nbudget = 900\n'
    )


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("asking.quiet", "yes", True),
        ("asking.quiet", "off", False),
        ("asking.pause", "30.5", 30.5),
        ("detectors.disabled", "edge_case, fact", ["edge_case", "fact"]),
        ("detectors.disabled", '["edge_case"]', ["edge_case"]),
        ("model", "ollama/llama3.3", "ollama/llama3.3"),
    ],
)
def test_what_is_typed_becomes_a_value_of_its_kind(
    learnchat: CommandLine, file: Path, name: str, text: str, value: object
) -> None:
    assert learnchat("config", "set", name, text).code == 0
    read = tomllib.loads(file.read_text())
    for part in name.split("."):
        read = read[part]
    assert read == value
    assert learnchat("config", "check").code == 0


def test_a_key_can_be_set(learnchat: CommandLine, file: Path) -> None:
    learnchat("config", "set", "keys.toast.remember", "f2")
    assert tomllib.loads(file.read_text()) == {"keys": {"toast.remember": "f2"}}
    learnchat("config", "unset", "keys.toast.remember")
    assert tomllib.loads(file.read_text()) == {"keys": {}}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("asking.cuntdown", "5"), "The nearest is asking.countdown."),
        (("countdown", "5"), "The nearest is asking.countdown."),
        (("asking.countdown", "2"), "it should be between 5 and 600"),
        (("asking.countdown", "soon"), "it is a number, 5 to 600"),
        (("asking.quiet", "maybe"), "it is true or false"),
        (("keys.toast.remember", "ctrl+c"), "ctrl+c is the key of chat.quit"),
        (("keys.toast.rember", "f2"), "the nearest is toast.remember"),
    ],
)
def test_what_can_not_be_is_said_and_nothing_is_changed(
    learnchat: CommandLine, file: Path, arguments: tuple[str, str], expected: str
) -> None:
    file.write_text("# mine\n")
    result = learnchat("config", "set", *arguments)
    assert result.code == 1
    assert expected in result.err
    assert file.read_text() == "# mine\n"


def test_a_damaged_file_is_not_written_over(learnchat: CommandLine, file: Path) -> None:
    file.write_text("theme = \n")
    result = learnchat("config", "set", "theme", "day")
    assert result.code == 1
    assert "line 1: this is not TOML" in result.err
    assert file.read_text() == "theme = \n"


def test_a_linked_file_stays_a_link(learnchat: CommandLine, file: Path, tmp_path: Path) -> None:
    dotfile = tmp_path / "dotfile.toml"
    dotfile.write_text("# dots\n")
    file.symlink_to(dotfile)
    learnchat("config", "set", "theme", "day")
    assert file.is_symlink()
    assert dotfile.read_text() == '# dots\ntheme = "day"\n'


def test_what_the_environment_says_wins_and_is_said(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARNCHAT_THEME", "contrast")
    assert "LEARNCHAT_THEME says otherwise" in learnchat("config", "set", "theme", "day").out


def test_unset_lets_the_default_hold(learnchat: CommandLine, file: Path) -> None:
    file.write_text('theme = "day"\n')
    assert "no longer stands" in learnchat("config", "unset", "theme").out
    assert "does not stand" in learnchat("config", "unset", "theme").out
    assert file.read_text() == ""


def test_check_names_file_line_and_the_nearest(learnchat: CommandLine, file: Path) -> None:
    file.write_text("[asking]\ncuntdown = 5\n")
    result = learnchat("config", "check")
    assert result.code == 1
    assert f"{file}, line 2: asking.cuntdown: there is no such setting; the nearest is asking.countdown" in result.err


def test_the_path_is_printed_there_or_not(learnchat: CommandLine, file: Path) -> None:
    assert learnchat("config", "path").lines == [str(file)]
    assert not file.exists()


def test_edit_begins_with_a_manual_and_checks_what_was_written(
    learnchat: CommandLine, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\ncp "$1" "$1.before"; sed -i.bak "s/^# countdown = 30/countdown = 3/" "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    result = learnchat("config", "edit")
    before = file.with_name("config.toml.before").read_text()
    assert all(line.startswith("#") or line in ("", *(f"[{t}]" for t in tables())) for line in before.splitlines())
    assert result.code == 1
    assert "it should be between 5 and 600" in result.err


def tables() -> set[str]:
    return {setting.name.rpartition(".")[0] for setting in all_settings()} | {"keys"}


def test_without_an_editor_that_is_said(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    assert "could not be started" in learnchat("config", "edit").err


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_the_shell_is_told_what_could_come_next(learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_LEARNCHAT_COMPLETE" in learnchat("completion", "bash").out
    assert "complete" in learnchat("completion", "fish").out
    assert learnchat("completion").code == 1
    monkeypatch.setenv("SHELL", "/usr/bin/zsh")
    assert "compdef" in learnchat("completion").out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("learnchat insi", ["insights"]),
        ("learnchat config set asking.c", ["asking.countdown"]),
        ("learnchat keys --j", ["--json"]),
    ],
)
def test_commands_settings_and_options_are_completed(words: str, expected: list[str], shop: Path) -> None:
    import subprocess
    import sys

    environment = {
        **os.environ,
        "_LEARNCHAT_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    command = [sys.executable, "-m", "learnchat.app"]
    done = subprocess.run(command, env=environment, cwd=shop, capture_output=True, text=True, check=False)
    assert done.stdout.split() == expected, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_completion_is_installed_where_the_shell_looks(learnchat: CommandLine, isolation: Path) -> None:
    result = learnchat("completion", "bash", "--install")
    assert result.code == 0
    assert "_LEARNCHAT_COMPLETE" in next(isolation.rglob("learnchat.sh")).read_text()
    assert "learnchat.sh" in (isolation / ".bashrc").read_text()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('theme = "dya"', "line 1: theme: there is no theme dya; the nearest is day"),
        ('model = "gpt"', "line 1: model: "),
        ('[judge]\nmodel = "qwen"', "line 2: judge.model: "),
        (
            '[detectors]\ndisabled = ["edge_cases"]',
            "line 2: detectors.disabled: there is no detector edge_cases; the nearest is edge_case",
        ),
        ('[parameters."a/b"]\ntemprature = 1', "the nearest is parameters.a/b.temperature"),
    ],
)
def test_what_names_something_that_is_not_there_is_named(
    learnchat: CommandLine, file: Path, text: str, sentence: str
) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n")
    assert learnchat("config", "check").code == 1
    assert sentence in learnchat("config", "check").err
    assert sentence in learnchat("config").err


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [("theme", "dya", "day"), ("detectors.disabled", "edge_cases", "edge_case"), ("model", "gpt", "")],
)
def test_what_is_not_there_is_not_set(learnchat: CommandLine, file: Path, name: str, value: str, nearest: str) -> None:
    result = learnchat("config", "set", name, value)
    assert result.code == 1
    assert f"{name} can't be “{value}”" in result.err
    assert nearest in result.err
    assert not file.exists()


def test_a_theme_of_ones_own_auto_and_an_alias_are_there(learnchat: CommandLine, file: Path) -> None:
    (file.parent / "themes").mkdir(parents=True)
    (file.parent / "themes" / "mine.toml").write_text('primary = "#ff0000"\n')
    file.write_text('model = "fast"\n[aliases]\nfast = "openai/gpt-6.1-sol"\n')
    assert learnchat("config", "check").code == 0
    assert learnchat("config", "set", "theme", "mine").code == 0
    assert learnchat("config", "set", "theme", "auto").code == 0
