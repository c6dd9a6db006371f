from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.profile.insight import Means
from support.commands import CommandLine
from support.proposals import make_proposal
from support.terminal import Terminal

TAILWIND = "We're switching from Bootstrap to Tailwind CSS for the dashboard"


@pytest.fixture
def ids(learnchat: CommandLine) -> dict[str, str]:
    """Three insights, one of them personal: their ids by a word of theirs."""
    profiles = learnchat.profiles()
    proposal = make_proposal(TAILWIND, id="p1", kind=Kind.SWITCHING, quote=f"Well, {TAILWIND.lower()}", tags=("css",))
    acts = {
        "cents": profiles.remember("The API returns cents, not dollars", kind=Kind.FACT),
        "tailwind": profiles.confirm(proposal, Means.TOAST),
        "spaces": profiles.remember("I prefer four spaces", kind=Kind.PREFERENCE, scope=Scope.PERSONAL),
    }
    return {word: act.insight.id for word, act in acts.items() if act.insight}


def test_nothing_is_known_at_first(learnchat: CommandLine, shop: Path) -> None:
    assert "Nothing is known here yet" in learnchat.on_terminal("insights").out
    assert learnchat("insights").out == ""
    assert learnchat("insights", "--json").json == []
    assert list(shop.iterdir()) == []


def test_in_a_pipe_each_is_one_line_of_tabs(learnchat: CommandLine, ids: dict[str, str]) -> None:
    rows = [line.split("\t") for line in learnchat("insights").lines]

    assert {row[0] for row in rows} == set(ids.values())
    assert [row[2] for row in rows] == ["project", "project", "personal"]
    [tailwind] = [row for row in rows if row[0] == ids["tailwind"]]
    assert tailwind[1] == "switching"
    assert datetime.fromisoformat(tailwind[3]) <= datetime.now(UTC)
    assert tailwind[4:] == ["css", TAILWIND]


def test_on_a_terminal_it_is_a_table_that_fits(learnchat: CommandLine, ids: dict[str, str]) -> None:
    result = learnchat.on_terminal("insights")

    assert result.code == 0
    assert all(len(line) <= 80 for line in result.lines)
    assert all(id in result.out for id in ids.values())
    assert "Switch" in result.out
    assert "(personal)" in " ".join(result.out.split())


def test_a_true_terminal_shows_the_table(learnchat: CommandLine, shop: Path, ids: dict[str, str]) -> None:
    with Terminal(["insights"], shop) as terminal:
        terminal.wait_for(ids["tailwind"])
        terminal.wait_for("I prefer four spaces (personal)")

        assert terminal.wait_for_end() == 0


def test_json_has_all_fields(learnchat: CommandLine, ids: dict[str, str]) -> None:
    [tailwind] = [each for each in learnchat("insights", "--json").json if each["id"] == ids["tailwind"]]

    assert tailwind["statement"] == TAILWIND
    assert tailwind["quote"] == f"Well, {TAILWIND.lower()}"
    assert (tailwind["kind"], tailwind["scope"], tailwind["status"]) == ("switching", "project", "active")
    assert (tailwind["tags"], tailwind["pinned"], tailwind["expires"], tailwind["replaces"]) == (
        ["css"],
        False,
        None,
        None,
    )
    decision = tailwind["decision"]
    assert (decision["means"], decision["who"]) == ("toast", "user")
    assert (decision["session"], decision["message"]) == ("session1", "message-p1")


def test_personal_ones_alone(learnchat: CommandLine, ids: dict[str, str]) -> None:
    assert [each["id"] for each in learnchat("insights", "--personal", "--json").json] == [ids["spaces"]]


def test_they_are_known_from_any_folder_below_and_by_naming_the_project(
    learnchat: CommandLine, shop: Path, tmp_path: Path, ids: dict[str, str]
) -> None:
    below = shop / "src" / "pages"
    below.mkdir(parents=True)
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()

    learnchat.directory = below
    assert len(learnchat("insights").lines) == 3
    learnchat.directory = elsewhere
    assert len(learnchat("insights").lines) == 1
    assert len(learnchat("insights", "--project", str(shop)).lines) == 3
    assert learnchat("insights", "--project", str(shop), "show", ids["cents"]).code == 0
    assert learnchat("insights", "show", ids["cents"], "--project", str(shop)).code == 0
    result = learnchat("insights", "--project", "nowhere")
    assert (result.code, result.err.splitlines()[0]) == (1, "learnchat: There is no folder nowhere.")


def test_show_tells_where_it_comes_from(learnchat: CommandLine, ids: dict[str, str]) -> None:
    fields = dict(line.split("\t", 1) for line in learnchat("insights", "show", ids["tailwind"]).lines)

    assert fields["statement"] == TAILWIND
    assert fields["in your words"] == f"Well, {TAILWIND.lower()}"
    assert (fields["kind"], fields["tags"], fields["scope"]) == ("Switch", "css", "this project")
    assert fields["how"] == "you said yes to a toast"
    assert fields["session"] == "session1"
    assert fields["id"] == ids["tailwind"]


def test_show_on_a_terminal_and_as_json(learnchat: CommandLine, ids: dict[str, str]) -> None:
    assert "everywhere (personal)" in learnchat.on_terminal("insights", "show", ids["spaces"]).out
    assert learnchat("insights", "show", ids["spaces"], "--json").json["scope"] == "personal"


def test_the_beginning_of_an_id_is_enough(learnchat: CommandLine, ids: dict[str, str]) -> None:
    assert learnchat("insights", "show", ids["cents"][:9].upper()).code == 0


@pytest.mark.parametrize("id", ["zzzzzzzzzz", "[/bold]", "../etc"])
def test_an_id_that_is_none_is_said(learnchat: CommandLine, ids: dict[str, str], id: str) -> None:
    result = learnchat("insights", "show", id)

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"learnchat: There is no insight with the id {id}.")


def test_the_beginning_of_several_ids_names_them(learnchat: CommandLine) -> None:
    profiles = learnchat.profiles()
    for number in range(40):
        profiles.remember(f"Rule {number} of forty")
    known = [insight.id for insight in profiles.insights()]
    # Of forty ids two begin alike: there are 32 letters.
    first = next(id[0] for id in known if sum(other[0] == id[0] for other in known) > 1)

    result = learnchat("insights", "show", first)

    assert result.code == 1
    assert f"ids begin with {first}: " in result.err


def test_forget_and_undo(learnchat: CommandLine, ids: dict[str, str]) -> None:
    result = learnchat("insights", "forget", ids["cents"])
    assert result.code == 0
    assert "cents" in result.out
    assert "`learnchat undo`" in result.out
    assert ids["cents"] not in learnchat("insights", "--all").out

    assert learnchat("undo").code == 0
    assert ids["cents"] in learnchat("insights").out


def test_a_terminal_shows_the_newest_fifty_and_counts_the_rest(learnchat: CommandLine) -> None:
    profiles = learnchat.profiles()
    for number in range(53):
        profiles.remember(f"Rule number {number} holds")

    assert "and 3 more (--all)" in learnchat.on_terminal("insights").out
    assert "more (--all)" not in learnchat.on_terminal("insights", "--all").out
    assert len(learnchat("insights").lines) == 53


def test_what_is_not_recalled_is_listed_with_the_reason(learnchat: CommandLine, shop: Path, tmp_path: Path) -> None:
    profiles = learnchat.profiles()
    soon = make_proposal("Prices are frozen", id="p1", expires=datetime.now(UTC) - timedelta(minutes=1))
    expired = profiles.confirm(soon, Means.INBOX).insight
    kept = profiles.remember("We use pnpm").insight
    assert expired is not None
    assert kept is not None
    clone = tmp_path / "clone"
    clone.mkdir()
    (shop / ".learnchat").rename(clone / ".learnchat")

    learnchat.directory = clone
    assert learnchat("insights").out == ""
    statuses = {
        each["id"]: (each["status"], each["decision"]) for each in learnchat("insights", "--all", "--json").json
    }
    assert statuses == {expired.id: ("unaccepted", None), kept.id: ("unaccepted", None)}
    on_terminal = " ".join(learnchat.on_terminal("insights").out.split())
    assert "2 more in the folder that you did not confirm: not recalled" in on_terminal
    assert "it is not recalled" in learnchat("insights", "show", kept.id).out

    (clone / ".learnchat").rename(shop / ".learnchat")
    learnchat.directory = shop
    rows = {line.split("\t")[0]: line.split("\t")[-1] for line in learnchat("insights", "--all").lines}
    assert rows == {expired.id: "expired", kept.id: "active"}


def test_hostile_text_of_a_clone_is_printed_harmlessly(learnchat: CommandLine, shop: Path) -> None:
    learnchat.profiles().remember("MARKER statement")
    path = shop / ".learnchat" / "insights.json"
    path.write_text(path.read_text("utf-8").replace("MARKER", r"[/bold]\u001b[2J\u202e[red]"), "utf-8")

    for result in (
        learnchat("insights", "--all"),
        learnchat("insights", "--all", "--json"),
        learnchat.on_terminal("insights", "--all"),
    ):
        assert result.code == 0
        assert "[/bold]" in result.out
        assert "\x1b" not in result.out
        assert "\u202e" not in result.out
