from __future__ import annotations

import pytest

from support.commands import CommandLine

GROUPS = ("insights", "inbox", "review", "trust", "detectors", "sessions", "judge", "hook", "config")


@pytest.mark.parametrize("group", GROUPS)
def test_a_command_that_a_group_has_not_is_answered_with_what_there_is(learnchat: CommandLine, group: str) -> None:
    result = learnchat(group, "zzz")
    assert result.code == 2
    first, second = result.err.splitlines()
    assert first == f"learnchat: There is no `learnchat {group} zzz`."
    names = second.removeprefix("There are: ").removesuffix(". --help explains them.").split(", ")
    assert len(names) > 1
    assert learnchat(group, names[0], "--help").code == 0


def test_the_nearest_is_named(learnchat: CommandLine) -> None:
    assert "Did you mean `learnchat hook install`?" in learnchat("hook", "instal").err


def test_options_of_a_group_are_still_its_own(learnchat: CommandLine) -> None:
    assert learnchat("insights", "--json").code == 0


@pytest.mark.parametrize("group", ["insights", "inbox", "review", "trust", "detectors", "sessions", "config"])
@pytest.mark.parametrize("word", ["list", "ls"])
def test_a_group_lists_by_its_name_and_by_what_people_try_first(learnchat: CommandLine, group: str, word: str) -> None:
    learnchat.profiles().remember("We use pnpm")
    listed = learnchat(group, word, "--json")
    assert (listed.code, listed.json) == (0, learnchat(group, "--json").json)


def test_a_group_that_lists_nothing_has_no_list(learnchat: CommandLine) -> None:
    assert "There is no `learnchat hook list`." in learnchat("hook", "list").err
