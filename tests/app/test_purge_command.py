from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.locations import Locations
from learnchat.learning.disk.project import find_project
from learnchat.learning.kinds import Scope
from support.commands import CommandLine
from support.memory import git
from support.talks import hold


def files(*folders: Path) -> set[str]:
    return {
        str(path) for folder in folders for path in folder.rglob("*") if path.is_file() and ".git/" not in str(path)
    }


@pytest.fixture
def data(learnchat: CommandLine, shop: Path) -> Path:
    """The data directory after something was said, saved and proposed here, and something personal saved."""
    profiles = learnchat.profiles()
    profiles.remember("We use pnpm")
    profiles.remember("I like tabs", scope=Scope.PERSONAL)
    here = Locations.find().user_data.project(find_project(shop).root)
    here.sessions.mkdir()
    (here.sessions / "20260101T000000Z-abc.jsonl").write_text("{}\n")
    return Locations.find().data


def test_a_project_is_purged_and_the_rest_stays(learnchat: CommandLine, shop: Path, data: Path) -> None:
    (shop / "code.py").write_text("x")
    (shop / ".learnchat" / "config.toml").write_text("")
    result = learnchat("purge", "--project", "--yes")
    assert (result.code, "1 of them conversations" in result.out) == (0, True)
    assert {Path(path).name for path in files(shop)} == {"code.py", "config.toml"}
    assert list((data / "projects").iterdir()) == []
    assert [row["statement"] for row in learnchat("insights", "--json").json] == ["I like tabs"]


def test_everything_is_purged(learnchat: CommandLine, shop: Path, data: Path) -> None:
    assert learnchat("purge", "--yes").code == 0
    assert files(data, shop) == set()
    assert not data.exists()
    assert learnchat("purge", "--yes").out == "There is nothing to delete.\n"


def test_what_judges_and_crashes_left_is_purged_too(learnchat: CommandLine, shop: Path) -> None:
    user_data = Locations.find().user_data
    here = user_data.project(find_project(shop).root)
    names = (
        *("judge.jsonl", "judge.lock", "judge.lock.next"),
        *("logs/learnchat.log.1", "logs/crash-20260101T000000Z.txt"),
        *(f"projects/{here.folder.name}/judged/{name}" for name in ("3k8.jsonl", "hook.lock", "hook.lock.next")),
        f"projects/{here.folder.name}/.inbox.jsonl.12.ab.tmp",
        f"projects/{here.folder.name}/sessions/20260101T000000Z-abc.3k8.coming",
        "projects/heard-only/inbox.jsonl",
    )
    for name in names:
        (user_data.root / name).parent.mkdir(parents=True, exist_ok=True)
        (user_data.root / name).write_text("")
    assert learnchat("purge", "--yes").code == 0
    assert not user_data.root.exists()


def test_what_is_not_learnchats_stays_even_in_its_directory(learnchat: CommandLine, shop: Path, data: Path) -> None:
    thesis, other = data / "projects" / "thesis" / "thesis.tex", data / "personal" / "diary.txt"
    thesis.parent.mkdir()
    for path in (thesis, other):
        path.write_text("years of work")
    outside = shop.parent / "outside.jsonl"
    outside.write_text("{}")
    (data / "personal" / "inbox.jsonl").unlink(missing_ok=True)
    (data / "personal" / "inbox.jsonl").symlink_to(outside)
    learnchat("purge", "--yes")
    assert files(data) == {str(thesis), str(other), str(data / "personal" / "inbox.jsonl")}
    assert outside.exists()


def test_a_folder_that_git_shares_stays(learnchat: CommandLine, shop: Path, data: Path) -> None:
    git(shop, "init", "-q")
    learnchat("share", "on")
    before = files(shop)
    result = learnchat("purge", "--yes")
    assert f"Stays, for git shares it: {shop / '.learnchat'}" in result.out
    assert files(shop) == before
    assert learnchat("insights", "--json").json == []


def test_it_asks_and_only_yes_deletes(
    learnchat: CommandLine, shop: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(data, shop)
    nobody = learnchat("purge")
    assert (nobody.code, "`--yes` answers the question." in nobody.err) == (1, True)
    for answer in ("no\n", "\n", "y\n"):
        assert learnchat("purge", typed=answer).code == 1
    assert files(data, shop) == before
    assert learnchat("purge", typed="yes\n").code == 0
    assert files(data, shop) == set()


def test_a_path_without_project_is_refused(learnchat: CommandLine, shop: Path, data: Path) -> None:
    result = learnchat("purge", str(shop), "--yes")
    assert (result.code, files(data) == set()) == (1, False)


def test_conversations_of_a_project_that_taught_nothing_are_purged_too(learnchat: CommandLine, shop: Path) -> None:
    hold(shop, "how do we deploy?", "By hand.")
    data = Locations.find().data
    strange = data / "projects" / "strange" / "sessions" / "mine.jsonl"
    strange.parent.mkdir(parents=True)
    strange.write_text("{}\n")
    result = learnchat("purge", "--yes")
    assert (result.code, "1 of them conversations" in result.out) == (0, True)
    assert {Path(path).name for path in files(data)} == {"mine.jsonl"}
