from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from support.commands import CommandLine
from support.terminal import Terminal


def test_it_is_remembered_and_says_where(learnchat: CommandLine, shop: Path) -> None:
    result = learnchat("remember", "We use pnpm, not npm", "--kind", "decided_to_use", "--tag", "tools", "--tag", "js")

    assert result.code == 0
    assert result.lines == [
        "Learned: We use pnpm, not npm · Decision · tags: tools, js",
        f"In {shop / '.learnchat'}, for this project.",
    ]
    [insight] = learnchat("insights", "--json").json
    assert (insight["statement"], insight["kind"], insight["tags"]) == (
        "We use pnpm, not npm",
        "decided_to_use",
        ["tools", "js"],
    )
    assert insight["decision"]["means"] == "remember"
    assert (shop / ".learnchat" / "LEARNED_INSIGHTS.md").is_file()


def test_several_words_need_no_quotes(learnchat: CommandLine) -> None:
    learnchat("remember", "We", "use", "pnpm")

    assert learnchat("insights", "--json").json[0]["statement"] == "We use pnpm"


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_a_pipe_is_read(learnchat: CommandLine, arguments: list[str]) -> None:
    assert learnchat("remember", *arguments, stdin="We use pnpm\n").code == 0

    assert learnchat("insights", "--json").json[0]["statement"] == "We use pnpm"


def test_a_statement_by_the_pipe_may_be_no_utf_8(learnchat: CommandLine) -> None:
    assert learnchat("remember", stdin="The café's API returns cents\n".encode("latin-1")).code == 0
    assert "The café's API returns cents" in learnchat("insights").out


def test_an_empty_pipe_is_said(learnchat: CommandLine) -> None:
    result = learnchat("remember", stdin=" \n")

    assert (result.code, result.out) == (1, "")
    assert "Standard input is empty" in result.err


def test_on_a_terminal_it_does_not_wait_for_input(shop: Path) -> None:
    with Terminal(["remember"], shop) as terminal:
        terminal.wait_for("What shall be remembered?")

        assert terminal.wait_for_end() == 1


def test_personal_holds_in_all_projects(learnchat: CommandLine, shop: Path, isolation: Path) -> None:
    result = learnchat("remember", "I prefer tabs", "--personal")

    assert result.lines[1] == f"In {isolation / 'data' / 'personal' / 'profile'}, for all your projects."
    assert not (shop / ".learnchat").exists()
    learnchat.directory = isolation
    assert learnchat("insights", "--json").json[0]["scope"] == "personal"


def test_at_home_it_is_personal(learnchat: CommandLine, isolation: Path) -> None:
    learnchat.directory = isolation

    assert "for all your projects" in learnchat("remember", "I prefer tabs").out
    assert not (isolation / ".learnchat").exists()


def test_the_first_in_a_repository_says_how_to_share_it(learnchat: CommandLine, shop: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=shop, check=True)

    assert "`learnchat share on`" in learnchat("remember", "We use pnpm").out
    assert "share" not in learnchat("remember", "We deploy on Mondays").out


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["remember", "x", "--kind", "opinion"], 2, "opinion"),
        (["remember", "x" * 5000], 1, "5,000 characters"),
        (["remember", "the token is ghp_" + "a1B2" * 9], 1, "secret"),
        (["remember", "..."], 1, "empty"),
    ],
)
def test_what_can_not_be_remembered_is_refused(
    learnchat: CommandLine, shop: Path, arguments: list[str], code: int, complaint: str
) -> None:
    result = learnchat(*arguments)

    assert (result.code, result.out) == (code, "")
    assert complaint in result.err
    assert "ghp_" not in result.err
    assert not (shop / ".learnchat").exists()


def test_twice_is_once(learnchat: CommandLine) -> None:
    learnchat("remember", "We use pnpm")

    assert "Already known" in learnchat("remember", "We use pnpm").err
    assert len(learnchat("insights").lines) == 1


def test_undo_takes_it_back_and_then_there_is_nothing_more(learnchat: CommandLine) -> None:
    learnchat("remember", "We use pnpm")

    assert learnchat("undo").out.startswith("Undone (remembered): We use pnpm")
    assert learnchat("insights").out == ""
    assert learnchat("undo").out.startswith("There is nothing to undo")


def test_what_contradicts_is_kept_beside_and_said(learnchat: CommandLine) -> None:
    learnchat("remember", "we use bun")
    [known] = learnchat("insights", "--json").json

    result = learnchat("remember", "we do not use bun")

    assert result.code == 0
    assert "This may replace: we use bun" in result.out
    new = next(each["id"] for each in learnchat("insights", "--json").json if each["id"] != known["id"])
    assert "Both are kept. So that only the new one holds (or say --replaces next time): " in result.out
    assert result.lines[-1].endswith(f"learnchat insights merge {new} {known['id']}")
    assert learnchat("insights", "merge", new, known["id"]).code == 0
    assert [each["statement"] for each in learnchat("insights", "--json").json] == ["we do not use bun"]


def test_what_is_known_can_be_replaced(learnchat: CommandLine) -> None:
    learnchat("remember", "we use bun")
    [known] = learnchat("insights", "--json").json

    result = learnchat("remember", "we do not use bun", "--replaces", known["id"][:6])

    assert result.lines[0] == "Learned: we do not use bun · Idea ruled out · tags: bun. It replaces: we use bun"
    assert "may replace" not in result.out
    [insight] = learnchat("insights", "--json").json
    assert (insight["statement"], insight["replaces"]) == ("we do not use bun", known["id"])
    learnchat("undo")
    assert [each["statement"] for each in learnchat("insights", "--json").json] == ["we use bun"]


def test_nothing_is_said_of_what_contradicts_nothing(learnchat: CommandLine) -> None:
    learnchat("remember", "we use bun")

    assert "may replace" not in learnchat("remember", "we do not use Redis").out


def test_what_is_to_be_replaced_must_be_there_and_hold_in_the_same_place(learnchat: CommandLine) -> None:
    assert learnchat("remember", "we use bun", "--replaces", "zzzz").code == 1
    assert learnchat("insights", "--json").json == []
    learnchat("remember", "I use bun", "--personal")
    [known] = learnchat("insights", "--json").json

    result = learnchat("remember", "we use npm", "--replaces", known["id"])

    assert (result.code, len(learnchat("insights", "--json").json)) == (1, 1)
    assert "none of the insights of this project" in result.err


def test_kind_tags_and_date_are_read_from_the_words_and_said(learnchat: CommandLine) -> None:
    result = learnchat("remember", "we use Postgres until 2099-12-30")

    assert result.lines[0] == (
        "Learned: we use Postgres until 2099-12-30 · Now using · tags: postgres · best before 2099-12-30"
    )
    [insight] = learnchat("insights", "--json").json
    assert (insight["kind"], insight["tags"], insight["expires"][:10]) == ("now_using", ["postgres"], "2099-12-30")


def test_what_the_options_say_holds(learnchat: CommandLine) -> None:
    words = ("we use Postgres until 2099-12-30", "--kind", "fact", "--tag", "db", "--until", "2098-01-02")
    learnchat("remember", *words)

    [insight] = learnchat("insights", "--json").json
    assert (insight["kind"], insight["tags"]) == ("fact", ["db"])
    assert insight["expires"].startswith("2098-01-0")


def test_a_date_that_is_none_is_refused(learnchat: CommandLine) -> None:
    result = learnchat("remember", "we use Postgres", "--until", "tomorrow")

    assert (result.code, learnchat("insights").out) == (1, "")
    assert "tomorrow is not a date" in result.err
