from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import CommandLine


@pytest.fixture
def folder(learnchat: CommandLine, shop: Path) -> Path:
    learnchat("remember", "We use pnpm", "--tag", "js")
    learnchat("remember", "We use Vite")
    return shop / ".learnchat"


def findings(learnchat: CommandLine, *options: str) -> list[tuple[str, str, str]]:
    result = learnchat("doctor", "--offline", "--json", *options)
    return [(each["subject"], each["state"], each["sentence"]) for each in result.json["findings"]]


def wrong(learnchat: CommandLine, *options: str) -> list[str]:
    return [sentence for _, state, sentence in findings(learnchat, *options) if state == "wrong"]


def test_where_all_agrees_it_says_so(learnchat: CommandLine, folder: Path) -> None:
    assert ("agreement", "ok", "insights.json, the Markdown, the journal and the trust agree") in findings(learnchat)
    assert learnchat("doctor", "--offline", "--repair").code == 0


def test_what_was_changed_outside_is_a_note_and_left_to_the_review(learnchat: CommandLine, folder: Path) -> None:
    file = folder / "LEARNED_INSIGHTS.md"
    edited = file.read_text().replace("- We use pnpm", "- We use npm")
    file.write_text(edited)
    found = findings(learnchat, "--repair")
    assert ("review", "note", "1 changed outside: `learnchat review` shows them") in found
    assert file.read_text() == edited
    assert wrong(learnchat) == []


def test_what_is_not_on_this_branch_is_a_note(learnchat: CommandLine, folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    found = findings(learnchat, "--repair")
    assert any(state == "note" and "2 that you confirmed are not on this branch" in said for _, state, said in found)
    assert not (folder / "insights.json").exists()


def unreadable_kind(folder: Path) -> None:
    file = folder / "insights.json"
    file.write_text(file.read_text().replace('"kind":"', '"kind":"no_', 1))


def no_markdown(folder: Path) -> None:
    (folder / "LEARNED_INSIGHTS.md").unlink()


def stale_markdown(folder: Path) -> None:
    file = folder / "LEARNED_INSIGHTS.md"
    file.write_text("# Learned insights\n")


@pytest.mark.parametrize(
    ("harm", "problem", "done"),
    [
        (unreadable_kind, "documents that are no insights", "1 insights of"),
        (no_markdown, "is missing", "was rendered anew"),
        (stale_markdown, "does not show 2 insights", "was rendered anew"),
    ],
)
def test_repair_mends_what_is_wrong_and_says_what_it_did(
    learnchat: CommandLine, folder: Path, harm: Callable[[Path], None], problem: str, done: str
) -> None:
    before = sorted(insight["statement"] for insight in learnchat("insights", "--json").json)
    harm(folder)
    assert any(problem in sentence for sentence in wrong(learnchat))
    assert any(subject == "repair" and done in said for subject, _, said in findings(learnchat, "--repair"))
    assert wrong(learnchat) == []
    assert sorted(insight["statement"] for insight in learnchat("insights", "--json").json) == before
    text = (folder / "LEARNED_INSIGHTS.md").read_text()
    assert all(f"- {statement}" in text for statement in before)


def test_a_journal_that_was_lost_is_said(learnchat: CommandLine, folder: Path, isolation: Path) -> None:
    [journal] = (isolation / "data" / "projects").glob("*/journal.jsonl")
    journal.unlink()
    [sentence] = wrong(learnchat)
    assert "lacks the decisions behind 2 insights" in sentence


def test_what_can_not_be_written_is_said_once(learnchat: CommandLine, folder: Path) -> None:
    file = folder / "insights.json"
    file.write_text(file.read_text().replace('"schema":1', '"schema":9'))
    assert sum("newer learnchat" in sentence for sentence in wrong(learnchat)) == 1


def indexes(learnchat: CommandLine, *options: str) -> list[tuple[str, str]]:
    return [(state, said) for subject, state, said in findings(learnchat, *options) if subject in ("index", "repair")]


def test_the_index_agrees_once_something_was_searched(learnchat: CommandLine, folder: Path) -> None:
    assert indexes(learnchat)[0] == ("ok", "none yet of the project insights: a search makes it")
    learnchat("recall", "pnpm")
    assert indexes(learnchat)[0] == ("ok", "the index of the project insights agrees with them")


def test_what_the_index_does_not_have_yet_is_a_note(learnchat: CommandLine, folder: Path) -> None:
    learnchat("recall", "pnpm")
    file = the_index(learnchat)
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("DELETE FROM insights WHERE number = (SELECT min(number) FROM insights)")
    state, said = indexes(learnchat)[0]
    assert (state, said) == ("note", f"1 of the project insights is to be read into {file}: the next search does")


def test_a_broken_index_is_named_and_deleted_by_repair(learnchat: CommandLine, folder: Path) -> None:
    learnchat("recall", "pnpm")
    file = the_index(learnchat)
    file.write_bytes(b"this is no database at all, whatever it was before" * 100)
    state, said = indexes(learnchat)[0]
    assert state == "wrong"
    assert str(file) in said
    assert ("ok", f"{file} was broken and is deleted: the next search makes it anew") in indexes(learnchat, "--repair")
    assert not file.exists()
    assert "pnpm" in learnchat("recall", "pnpm").out


def the_index(learnchat: CommandLine) -> Path:
    """Of the project."""
    places = {each["name"]: Path(each["path"]) for each in learnchat("locate", "--json").json}
    return places["project-data"] / "search.sqlite"


def test_an_earlier_schema_is_a_note_and_repair_writes_the_present_one_and_names_what_it_kept(
    learnchat: CommandLine, shop: Path
) -> None:
    file = shop / ".learnchat" / "insights.json"
    file.parent.mkdir()
    file.write_text('{"_default": {"1": {"statement": "We use pnpm"}}}')
    [note] = [said for subject, state, said in findings(learnchat) if (subject, state) == ("schema", "note")]
    assert "an earlier form (schema 0, now it is 1)" in note
    assert any("was in an earlier form" in said for subject, _, said in findings(learnchat, "--repair"))
    [kept] = file.parent.glob("insights.json.schema-0-*")
    assert [said for subject, _, said in findings(learnchat) if subject == "schema"] == [
        f"{kept} is as it was in its earlier form: delete it when you like"
    ]
    assert wrong(learnchat) == []
    assert [act["act"] for act in learnchat("log", "--json").json] == ["migrated"]


def test_what_came_with_a_clone_was_changed_by_nobody(
    learnchat: CommandLine, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEARNCHAT_DATA_DIR", str(tmp_path / "another machine"))
    said = "2 came with the project: `learnchat review` shows them"
    assert ("review", "note", said) in findings(learnchat)
