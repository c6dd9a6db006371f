from __future__ import annotations

import pytest

from support.commands import CommandLine


def undone(learnchat: CommandLine) -> int:
    return sum("(undone)" in line for line in learnchat("log").lines) - 1


def test_the_last_act_is_taken_back_without_asking(learnchat: CommandLine, pnpm: str) -> None:
    result = learnchat("undo")
    assert (result.code, result.out, result.err) == (0, "Undone (edited): We use pnpm\n", "")


def test_more_are_listed_and_taken_back_by_a_yes(learnchat: CommandLine, pnpm: str) -> None:
    result = learnchat("undo", "2", typed="yes\n")
    assert [line.split("  ")[-1] for line in result.err.splitlines()] == [
        "2 acts, the last one first:",
        "edited: We use pnpm",
        "remembered: We use pnmp",
        "Take them back? Type yes:",
    ]
    assert [line.split(":")[0] for line in result.lines] == ["Undone (edited)", "Undone (remembered)"]


@pytest.mark.parametrize("answer", ["no\n", "\n", "y\n", ""])
def test_nothing_but_a_yes_takes_several_back(learnchat: CommandLine, pnpm: str, answer: str) -> None:
    result = learnchat("undo", "99", typed=answer)
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines()[-1] == "learnchat: Nothing was taken back."
    assert undone(learnchat) == 0


def test_where_nobody_can_be_asked_several_need_the_option(learnchat: CommandLine, pnpm: str) -> None:
    result = learnchat("undo", "99")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines()[-2:] == [
        "learnchat: Nothing was taken back: nobody is here to be asked.",
        "`--yes` answers the question.",
    ]
    assert undone(learnchat) == 0
    rest = learnchat("undo", "99", "--yes")
    assert [line.split(":")[0] for line in rest.lines] == [
        "Undone (edited)",
        "Undone (remembered)",
        "Undone (skipped)",
        "There is nothing else to undo",
    ]


def test_one_that_is_left_needs_no_yes_however_many_were_wanted(learnchat: CommandLine) -> None:
    learnchat.profiles().remember("We use pnpm")
    assert learnchat("undo", "99").lines[0] == "Undone (remembered): We use pnpm"
    assert learnchat("undo", "0").code == 2
