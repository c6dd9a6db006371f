from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from support.commands import CommandLine


@pytest.fixture
def repository(shop: Path) -> Path:
    subprocess.run(["git", "init", "-q"], cwd=shop, check=True)
    return shop


def untracked(repository: Path) -> str:
    answer = subprocess.run(["git", "status", "--short"], cwd=repository, capture_output=True, text=True, check=True)
    return answer.stdout


def test_on_shows_the_folder_to_git_and_off_hides_it_again(learnchat: CommandLine, repository: Path) -> None:
    learnchat("remember", "We use pnpm")
    assert untracked(repository) == ""
    result = learnchat("share", "on")
    assert (result.code, result.lines) == (
        0,
        ["Shared: git sees .learnchat/ now. Commit it when you like; nothing was committed."],
    )
    assert untracked(repository) == "?? .learnchat/\n"
    assert learnchat("share", "off").lines == ["Private: git does not see .learnchat/."]
    assert untracked(repository) == ""


def test_another_answer_is_refused_and_changes_nothing(learnchat: CommandLine, repository: Path) -> None:
    learnchat("remember", "We use pnpm")
    assert learnchat("share", "maybe").code != 0
    assert untracked(repository) == ""


def test_outside_git_it_says_that_there_is_nothing_to_share_through(learnchat: CommandLine, shop: Path) -> None:
    result = learnchat("share", "on")
    assert result.code == 1
    assert "not in a git work tree" in result.err
