from __future__ import annotations

import time

import pytest

from support.commands import CommandLine


@pytest.fixture
def pnpm(learnchat: CommandLine) -> str:
    act = learnchat.profiles().remember("We use pnpm", tags=("js",))
    assert act.insight is not None
    return act.insight.id


def known(learnchat: CommandLine) -> dict[str, object]:
    [insight] = learnchat("insights", "--json").json
    assert isinstance(insight, dict)
    return insight


def test_edit_changes_what_is_given_and_nothing_else(learnchat: CommandLine, pnpm: str) -> None:
    result = learnchat(
        "insights", "edit", pnpm[:6], "--statement", "We use pnpm 9", "--because", "fast", "--expires", "2030-01-31"
    )
    assert (result.code, result.out) == (0, "Edited: We use pnpm 9\n")
    insight = known(learnchat)
    assert (insight["statement"], insight["because"], insight["tags"]) == ("We use pnpm 9", "fast", ["js"])
    assert str(insight["expires"]).startswith("2030-0")
    learnchat("insights", "edit", pnpm, "--expires", "never")
    assert known(learnchat)["expires"] is None


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (["edit", "ID"], "What shall change?"),
        (["edit", "ID", "--expires", "soon"], "soon is not a date."),
        (["edit", "ID", "--expires", "2020-01-31"], "2020-01-31 has passed: it would never be recalled."),
        (["edit", "nobody", "--statement", "x"], "There is no insight with the id nobody."),
        (["tag", "ID", "css"], "css is neither +TAG nor -TAG."),
        (["unpin", "ID"], "Nothing changes by that: We use pnpm"),
        (["restore", "ID"], "There is no forgotten or replaced insight with the id ID."),
        (["merge", "ID", "ID"], "An insight can't be merged with itself."),
    ],
)
def test_what_can_not_be_done_is_said(learnchat: CommandLine, pnpm: str, arguments: list[str], title: str) -> None:
    result = learnchat("insights", *(pnpm if each == "ID" else each for each in arguments))
    assert (result.code, result.err.splitlines()[0]) == (1, f"learnchat: {title.replace('ID', pnpm)}")


def test_tags_are_added_and_taken_away(learnchat: CommandLine, pnpm: str) -> None:
    assert learnchat("insights", "tag", pnpm, "+build", "-js").out == "Tagged: We use pnpm (build)\n"
    assert known(learnchat)["tags"] == ["build"]


def test_pin_and_unpin(learnchat: CommandLine, pnpm: str) -> None:
    learnchat("insights", "pin", pnpm)
    assert known(learnchat)["pinned"] is True
    learnchat("insights", "unpin", pnpm)
    assert known(learnchat)["pinned"] is False


def test_two_become_one_and_the_other_can_come_back(learnchat: CommandLine, pnpm: str) -> None:
    other = learnchat.profiles().remember("pnpm, not npm").insight
    assert other is not None
    result = learnchat("insights", "merge", pnpm, other.id, "--statement", "We use pnpm, not npm")
    assert result.out == "Merged: We use pnpm, not npm. Inactive now: pnpm, not npm\n"
    assert known(learnchat)["replaces"] == other.id
    assert learnchat("insights", "show", other.id, "--json").json["replaced_by"] == pnpm
    assert f"replaced by\t{pnpm}" in learnchat("insights", "show", other.id).lines
    learnchat("insights", "restore", other.id)
    assert {row["statement"] for row in learnchat("insights", "--json").json} == {
        "We use pnpm, not npm",
        "pnpm, not npm",
    }


def test_what_was_forgotten_is_restored(learnchat: CommandLine, pnpm: str) -> None:
    said = learnchat("insights", "forget", pnpm).out
    assert f"`learnchat insights restore {pnpm}`" in said
    assert learnchat("insights", "restore", pnpm).out == "Restored: We use pnpm\n"
    assert known(learnchat)["id"] == pnpm


def test_the_new_words_may_stand_behind_the_id(learnchat: CommandLine, pnpm: str) -> None:
    learnchat("insights", "edit", pnpm, "We use pnpm,", "never npm")
    assert known(learnchat)["statement"] == "We use pnpm, never npm"
    assert learnchat("insights", "edit", pnpm, "twice", "--statement", "twice").code == 2


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_what_is_to_hold_for_ever_can_be_dated_so(
    learnchat: CommandLine, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", zone)
        time.tzset()
        insight = learnchat.profiles().remember("We use pnpm").insight
        assert insight is not None
        assert learnchat("insights", "edit", insight.id, "--expires", "9999-12-31").code == 0
        shown = learnchat.on_terminal("insights", "show", insight.id)
    time.tzset()
    assert (shown.code, shown.err) == (0, "")
    assert "9999-12-31" in shown.out
