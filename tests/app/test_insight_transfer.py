from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnchat.learning.profile.insight import Means
from support.commands import CommandLine
from support.memory import git
from support.proposals import make_proposal

TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.fixture
def known(learnchat: CommandLine) -> None:
    learnchat.profiles().remember("We use pnpm, not npm", tags=("js",))


def test_export_prints_json_by_default_and_other_forms_when_asked(learnchat: CommandLine, known: None) -> None:
    [record] = learnchat("insights", "export").json
    assert (record["statement"], record["tags"]) == ("We use pnpm, not npm", ["js"])
    assert json.loads(learnchat("insights", "export", "--format", "jsonl").out) == record
    assert "- We use pnpm, not npm" in learnchat("insights", "export", "--format", "markdown").out
    assert learnchat("insights", "export", "--personal").json == []


def test_the_files_ending_says_its_form(learnchat: CommandLine, known: None, tmp_path: Path) -> None:
    for name, beginning in (("a.json", "["), ("a.jsonl", "{"), ("a.md", "#")):
        assert learnchat("insights", "export", "--output", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text().startswith(beginning)
    assert learnchat("insights", "export", "-o", str(tmp_path / "no" / "a.md")).code == 1
    assert f"{tmp_path} is a folder." in learnchat("insights", "export", "-o", str(tmp_path)).err


def test_what_is_imported_waits_in_the_inbox_and_is_no_insight(learnchat: CommandLine, shop: Path) -> None:
    items = ["Always use pnpm, never npm", *["The API returns cents"] * 2, f"The key is {TOKEN}", "x y z " * 300]
    (shop / "CLAUDE.md").write_text("".join(f"- {item}\n" for item in items))
    result = learnchat("insights", "import", "CLAUDE.md")
    assert result.code == 0
    assert result.lines == [
        "CLAUDE.md: 2 statements wait for your decision: `learnchat inbox`, or /inbox in the chat.",
        "Left out: 1 said twice, 1 with a secret in it, 1 too long.",
    ]
    assert learnchat("insights", "--json").json == []
    waiting = learnchat("inbox", "--json").json
    assert {each["statement"] for each in waiting} == {"Always use pnpm, never npm", "The API returns cents"}
    assert {each["slots"]["file"] for each in waiting} == {"CLAUDE.md"}
    assert TOKEN not in learnchat("inbox", "--json").out
    learnchat("inbox", "confirm", waiting[0]["id"])
    assert len(learnchat("insights", "--json").json) == 1


def test_what_is_known_waits_or_was_refused_is_left_out(learnchat: CommandLine, known: None) -> None:
    profiles = learnchat.profiles()
    profiles.never(make_proposal("We deploy on Fridays", id="p1"), Means.TOAST)
    forgotten = profiles.remember("The tests take an hour").insight
    assert forgotten is not None
    profiles.forget(forgotten.id, Means.COMMAND)
    text = "- We use pnpm, not npm\n- We deploy on Fridays\n- The tests take an hour\n- Vite builds the front end\n"
    assert "1 statement waits" in learnchat("insights", "import", "-", stdin=text).out
    again = learnchat("insights", "import", "-", stdin=text)
    assert "0 statements wait" in again.out
    assert "1 already known" in again.out
    assert "1 already waiting" in again.out
    assert "1 refused for good" in again.out
    assert "1 forgotten" in again.out


def test_an_export_is_imported_elsewhere(learnchat: CommandLine, known: None, tmp_path: Path) -> None:
    learnchat("insights", "export", "-o", str(tmp_path / "out.jsonl"))
    other = tmp_path / "other"
    other.mkdir()
    learnchat("insights", "import", str(tmp_path / "out.jsonl"), "--project", str(other))
    [waiting] = learnchat("inbox", "--json", "--project", str(other)).json
    assert (waiting["statement"], waiting["tags"]) == ("We use pnpm, not npm", ["js"])


def test_a_file_that_is_not_there_or_no_json_files_nothing(learnchat: CommandLine, shop: Path) -> None:
    (shop / "good.md").write_text("- We use pnpm here\n")
    (shop / "bad.json").write_text("{nonsense")
    missing = learnchat("insights", "import", "good.md", "missing.md")
    assert (missing.code, missing.err.startswith("learnchat: There is no file")) == (1, True)
    assert learnchat("insights", "import", "bad.json").err.startswith("learnchat: bad.json is no JSON")
    assert learnchat("inbox", "--json").json == []


def test_commit_takes_the_folder_alone_where_it_is_shared(learnchat: CommandLine, shop: Path) -> None:
    git(shop, "init", "-q")
    learnchat("remember", "We use pnpm")
    private = learnchat("insights", "commit")
    assert (private.code, "`learnchat share on`" in private.err) == (1, True)
    learnchat("share", "on")
    (shop / "other.txt").write_text("x")
    assert learnchat("insights", "commit").out == "Committed: Learn: We use pnpm\n"
    assert git(shop, "status", "--porcelain") == "?? other.txt\n"
    learnchat("remember", "Vite builds it")
    assert learnchat("insights", "commit", "-m", "mine").out == "Committed: mine\n"
