from __future__ import annotations

from datetime import UTC, datetime

import pytest

from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.proposal import JUDGE
from support.commands import CommandLine
from support.proposals import make_proposal

SAID = "switching [/etc] to Tailwind"
TAILWIND = "We're switching from Bootstrap to Tailwind CSS for the dashboard"


@pytest.fixture(autouse=True)
def waiting(learnchat: CommandLine) -> None:
    """Two proposals wait."""
    learnchat.profiles().add(
        [
            make_proposal(TAILWIND, id="aaa1", kind=Kind.SWITCHING, tags=("css",), quote=SAID),
            make_proposal("I always use tabs", id="aab2", kind=Kind.PREFERENCE, scope=Scope.PERSONAL),
        ]
    )


def test_what_waits_is_one_line_each_in_a_pipe(learnchat: CommandLine) -> None:
    rows = [line.split("\t") for line in learnchat("inbox").lines]

    assert [row[0] for row in rows] == ["aaa1", "aab2"]
    assert rows[0][1:3] == ["switching", "project"]
    assert rows[0][4:] == ["css", TAILWIND]


def test_on_a_terminal_it_is_a_table_with_the_users_own_words(learnchat: CommandLine) -> None:
    result = learnchat.on_terminal("inbox")

    text = " ".join(result.out.split())
    assert all(len(line) <= 80 for line in result.lines)
    assert f"“{SAID}”" in text
    assert "I always use tabs (personal)" in text


def test_on_a_terminal_it_says_what_the_judge_proposes_and_what_it_replaces(learnchat: CommandLine) -> None:
    profiles = learnchat.profiles()
    old = profiles.remember("Releases go out every Tuesday").insight
    assert old is not None
    profiles.add([make_proposal("We ship on demand", id="ccc3", detector=JUDGE, replaces=old.id)])

    text = " ".join(learnchat.on_terminal("inbox").out.split())

    assert "We ship on demand (judge) replaces: Releases go" in text


def test_json_has_all_fields(learnchat: CommandLine) -> None:
    first, second = learnchat("inbox", "--json").json

    assert (first["id"], first["state"], first["quote"]) == ("aaa1", "pending", SAID)
    assert (first["confidence"], first["tags"], first["session"]) == (0.9, ["css"], "session1")
    assert second["scope"] == "personal"


def test_confirm_makes_an_insight(learnchat: CommandLine) -> None:
    result = learnchat("inbox", "confirm", "aaa")

    assert result.code == 0
    assert result.out.startswith(f"Learned: {TAILWIND}")
    [insight] = learnchat("insights", "--json").json
    assert (insight["statement"], insight["decision"]["means"]) == (TAILWIND, "inbox")
    assert [line.split("\t")[0] for line in learnchat("inbox").lines] == ["aab2"]


@pytest.mark.parametrize("command", ["skip", "never"])
def test_skip_and_never_save_nothing(learnchat: CommandLine, command: str) -> None:
    assert learnchat("inbox", command, "aaa1", "aab2").code == 0

    assert learnchat("insights", "--all").out == ""
    assert learnchat("inbox").out == ""
    assert learnchat.on_terminal("inbox").out == "Nothing waits.\n"


def test_several_are_confirmed_and_a_typo_among_them_decides_nothing(learnchat: CommandLine) -> None:
    failed = learnchat("inbox", "confirm", "aaa1", "zzz")
    assert failed.code == 1
    assert "There is no proposal that waits with the id zzz." in failed.err
    assert len(learnchat("inbox").lines) == 2

    assert learnchat("inbox", "confirm", "aaa1", "aab2", "aaa1").code == 0
    assert len(learnchat("insights").lines) == 2


def test_the_beginning_of_both_ids_decides_nothing(learnchat: CommandLine) -> None:
    result = learnchat("inbox", "never", "aa")

    assert result.code == 1
    assert "2 ids begin with aa: aaa1, aab2." in result.err
    assert len(learnchat("inbox").lines) == 2


def test_reword_changes_what_is_given_and_keeps_the_rest(learnchat: CommandLine) -> None:
    result = learnchat(
        "inbox", "reword", "aaa1", "--statement", "Tailwind replaces Bootstrap", "--because", "smaller CSS"
    )

    assert result.code == 0
    [insight] = learnchat("insights", "--json").json
    assert (insight["statement"], insight["because"]) == ("Tailwind replaces Bootstrap", "smaller CSS")
    assert (insight["kind"], insight["tags"], insight["scope"]) == ("switching", ["css"], "project")
    assert insight["quote"] == SAID


def test_reword_can_change_everything(learnchat: CommandLine) -> None:
    changes = ["--kind", "fact", "--tag", "style", "--tag", "editor", "--scope", "project", "--expires", "2999-12-31"]

    assert learnchat("inbox", "reword", "aab2", *changes).code == 0
    [insight] = learnchat("insights", "--json").json
    assert (insight["kind"], insight["tags"], insight["scope"]) == ("fact", ["style", "editor"], "project")
    expires = datetime.fromisoformat(insight["expires"])
    assert expires > datetime(2999, 12, 30, tzinfo=UTC)


def test_a_date_that_is_none_or_has_passed_decides_nothing(learnchat: CommandLine) -> None:
    for date, trouble in (("soon", "is not a date."), ("2020-01-31", "has passed: it would never be recalled.")):
        result = learnchat("inbox", "reword", "aaa1", "--expires", date)

        assert (result.code, result.err.splitlines()[0]) == (1, f"learnchat: {date} {trouble}")
        assert len(learnchat("inbox").lines) == 2


def test_what_is_refused_says_why(learnchat: CommandLine) -> None:
    result = learnchat("inbox", "reword", "aaa1", "--statement", "x" * 5000)

    assert (result.code, result.out) == (1, "")
    assert "5,000 characters" in result.err


def test_all_is_skipped_at_once(learnchat: CommandLine) -> None:
    result = learnchat("inbox", "skip", "--all")

    assert (result.code, result.out) == (
        0,
        "Skipped all 2: nothing of it is saved\n`learnchat undo 2` has them back.\n",
    )
    assert learnchat("inbox").out == ""
    assert learnchat("inbox", "skip", "--all").out == "Nothing waits.\n"
    assert learnchat("undo", "2", "--yes").code == 0
    assert len(learnchat("inbox").lines) == 2


@pytest.mark.parametrize("arguments", [(), ("aaa1", "--all")])
def test_to_skip_takes_ids_or_all(learnchat: CommandLine, arguments: tuple[str, ...]) -> None:
    result = learnchat("inbox", "skip", *arguments)

    assert result.code == 2
    assert "--all" in result.err
    assert len(learnchat("inbox").lines) == 2


def test_what_was_confirmed_may_contradict_what_was_learned_meanwhile(learnchat: CommandLine) -> None:
    learnchat("remember", "We use Bootstrap for the dashboard")

    result = learnchat("inbox", "confirm", "aaa1")

    assert "This may replace: We use Bootstrap for the dashboard\nBoth are kept." in result.out
    assert len(learnchat("insights", "--json").json) == 2


def test_what_is_confirmed_can_replace_what_is_known(learnchat: CommandLine) -> None:
    learnchat("remember", "We use Bootstrap for the dashboard")
    [known] = learnchat("insights", "--json").json

    result = learnchat("inbox", "confirm", "aaa1", "--replaces", known["id"])

    assert "It replaces: We use Bootstrap for the dashboard" in result.out
    assert "may replace" not in result.out
    [insight] = learnchat("insights", "--json").json
    assert (insight["statement"], insight["tags"], insight["replaces"]) == (TAILWIND, ["css"], known["id"])


def test_one_thing_only_is_confirmed_in_place_of_another(learnchat: CommandLine) -> None:
    result = learnchat("inbox", "confirm", "aaa1", "aab2", "--replaces", "zzz")

    assert (result.code, len(learnchat("inbox").lines)) == (2, 2)
