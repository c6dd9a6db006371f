from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.shell_lines import is_for_a_shell, is_program


@pytest.mark.parametrize(
    "line",
    [
        "!ls",
        "!git status",
        "!git stash pop",
        "!git commit -m 'fix the bug in a parser'",
        '!git commit -m "fix the bug"',
        "!find . -name '*.py'",
        "!cat README.md",
        "!cat app/main.py",
        "!grep -r the .",
        "!echo $HOME",
        "!make test",
        "!make -j4 all",
        "!cd ..",
        "!./build.sh for me",
        "!~/bin/deploy",
        "!python3.11 -V",
    ],
)
def test_what_a_shell_would_run(line: str) -> None:
    assert is_for_a_shell(line)


@pytest.mark.parametrize(
    "line",
    [
        "!find the bug in the parser",
        "!find bugs in app/parser.py",
        "!find out why it fails",
        "!find a bug",
        "!make it faster",
        "!sort this list",
        "!which file handles this?",
        "!open it.",
        "!test the app, don't stop",
        "!important; the rest may wait",
        "! ls",
        "!",
        "!!",
        "!=",
        "ls",
    ],
)
def test_what_is_a_sentence_or_nothing(line: str) -> None:
    assert not is_for_a_shell(line)


def test_a_program_is_one_of_the_path_a_builtin_or_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "deploy"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert is_program("deploy now")
    assert is_program("cd ..")
    assert is_program("./nowhere.sh")
    assert not is_program("important")
    monkeypatch.setenv("PATH", "")
    assert not is_program("deploy now")
