from __future__ import annotations

from pathlib import Path

from support.commands import CommandLine


def test_every_path_is_a_name_and_a_path(learnchat: CommandLine, shop: Path, isolation: Path) -> None:
    paths = dict(line.split("\t") for line in learnchat("locate").lines)

    assert paths["configuration-file"] == str(isolation / "configuration" / "config.toml")
    assert paths["themes"] == str(isolation / "configuration" / "themes")
    assert paths["insights"] == str(shop / ".learnchat" / "insights.json")
    assert paths["sessions"].startswith(str(isolation / "data" / "projects" / "shop-"))
    assert len(set(paths.values())) == len(paths)


def test_it_makes_nothing(learnchat: CommandLine, shop: Path, isolation: Path) -> None:
    before = sorted(isolation.rglob("*"))

    learnchat("locate")

    assert sorted(isolation.rglob("*")) == before
    assert list(shop.iterdir()) == []


def test_json_marks_what_is_there(learnchat: CommandLine) -> None:
    before = {each["name"]: each["exists"] for each in learnchat("locate", "--json").json}
    learnchat("remember", "We use pnpm")
    after = {each["name"]: each["exists"] for each in learnchat("locate", "--json").json}

    assert (before["project"], before["insights"], before["journal"]) == (True, False, False)
    assert (after["insights"], after["insights-for-people"], after["journal"]) == (True, True, True)
    assert not after["configuration-file"]


def test_what_it_names_is_where_things_are_written(learnchat: CommandLine, shop: Path, isolation: Path) -> None:
    learnchat("remember", "We use pnpm")
    learnchat("remember", "I prefer tabs", "--personal")
    named = {Path(line.split("\t")[1]) for line in learnchat("locate").lines}

    written = [path for folder in (isolation / "data", shop) for path in folder.rglob("*") if path.is_file()]

    assert written
    for path in written:
        assert any(place in named for place in (path, *path.parents)), path


def test_a_table_on_a_terminal_says_what_is_there(learnchat: CommandLine, shop: Path) -> None:
    result = learnchat.on_terminal("locate")

    assert all(len(line) <= 80 for line in result.lines)
    assert "configuration-file" in result.out


def test_one_path_alone(learnchat: CommandLine, isolation: Path) -> None:
    assert learnchat("locate", "configuration-file").lines == [str(isolation / "configuration" / "config.toml")]


def test_a_name_that_is_none(learnchat: CommandLine) -> None:
    result = learnchat("locate", "nothing")

    assert (result.code, result.out) == (2, "")
    assert "configuration-file" in result.err


def test_at_home_there_is_no_project(learnchat: CommandLine, isolation: Path) -> None:
    learnchat.directory = isolation
    names = [line.split("\t")[0] for line in learnchat("locate").lines]

    assert "personal-profile" in names
    assert "insights" not in names
