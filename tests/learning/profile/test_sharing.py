from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.sharing import SharingState
from support.memory import Place, git, make_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = make_place(tmp_path, in_git=True)
    (place.root / "README.md").write_text("shop\n")
    git(place.root, "add", ".")
    git(place.root, "commit", "-qm", "first")
    return place


def status(place: Place) -> str:
    return git(place.root, "status", "--short", "--untracked-files=all")


def test_until_the_question_is_answered_git_sees_nothing_and_no_file_of_the_project_is_edited(place: Place) -> None:
    exclude = place.root / ".git" / "info" / "exclude"
    before = exclude.read_text()
    profiles = place.open()
    assert profiles.sharing is SharingState.UNANSWERED
    assert exclude.read_text() == before
    profiles.remember("We use pnpm")
    assert status(place) == ""
    assert exclude.read_text() == before + "/.learnchat/\n"
    assert profiles.sharing is SharingState.UNANSWERED
    assert profiles.health() == []


def test_the_question_is_due_once_at_the_first_confirmation_inside_git(place: Place) -> None:
    profiles = place.open()
    skipped = profiles.skip(place.propose(profiles, "We use Vite"), Means.TOAST)
    first = profiles.remember("We use pnpm")
    second = place.open().remember("We use Ruff")
    assert (skipped.first_in_git, first.first_in_git, second.first_in_git) == (False, True, False)


def test_shared_git_sees_the_folder_and_private_it_does_not_again(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    assert profiles.share("on").startswith("Shared")
    assert profiles.sharing is SharingState.SHARED
    seen = status(place)
    for name in ("insights.json", "LEARNED_INSIGHTS.md", ".gitattributes", ".gitignore"):
        assert f"?? .learnchat/{name}\n" in seen
    assert ".lock" not in seen
    assert profiles.share("off").startswith("Private")
    assert (profiles.sharing, status(place)) == (SharingState.PRIVATE, "")


def test_answered_before_the_first_confirmation_the_answer_holds(place: Place) -> None:
    profiles = place.open()
    profiles.share("on")
    assert not profiles.remember("We use pnpm").first_in_git
    assert ".learnchat/insights.json" in status(place)


def test_what_others_wrote_into_the_exclude_file_stays(place: Place) -> None:
    exclude = place.root / ".git" / "info" / "exclude"
    exclude.write_bytes(b"# mine\r\n*.log")
    profiles = place.open()
    profiles.remember("We use pnpm")
    assert exclude.read_bytes() == b"# mine\r\n*.log\n/.learnchat/\n"
    profiles.share("on")
    assert exclude.read_bytes() == b"# mine\r\n*.log\n"
    profiles.share("off")
    profiles.share("off")
    assert exclude.read_bytes() == b"# mine\r\n*.log\n/.learnchat/\n"


def test_a_repository_without_an_exclude_file_gets_one(place: Place) -> None:
    (place.root / ".git" / "info" / "exclude").unlink()
    (place.root / ".git" / "info").rmdir()
    place.open().remember("We use pnpm")
    assert status(place) == ""


def test_a_folder_that_git_tracks_already_is_shared(place: Place, tmp_path: Path) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    profiles.share("on")
    git(place.root, "add", ".learnchat")
    git(place.root, "commit", "-qm", "learned")
    git(tmp_path, "clone", "-q", str(place.root), str(tmp_path / "clone"))
    clone = Place(tmp_path / "clone", tmp_path / "another user")
    other = clone.open()
    assert other.sharing is SharingState.SHARED
    assert not other.remember("We use Vite").first_in_git
    assert " M .learnchat/insights.json" in status(clone)
    assert "git rm -r --cached .learnchat" in other.share("off")


def test_a_linked_work_tree_hides_the_folder_of_the_main_one(place: Place, tmp_path: Path) -> None:
    git(place.root, "worktree", "add", "-q", str(tmp_path / "linked"))
    Place(tmp_path / "linked", place.data_root).open().remember("We use pnpm")
    assert place.insights_file.exists()
    assert status(place) == ""


def test_a_package_whose_name_git_would_read_as_a_pattern_is_hidden(place: Place) -> None:
    root = place.root / "pack [a]*"
    (root / ".learnchat").mkdir(parents=True)
    package = Place(root, place.data_root)
    profiles = package.open()
    assert profiles.project is not None
    assert profiles.project.folder.path == root / ".learnchat"
    profiles.share("off")
    profiles.remember("We use pnpm")
    assert status(place) == ""


def test_outside_git_there_is_no_question_and_nothing_to_share(tmp_path: Path) -> None:
    profiles = make_place(tmp_path).open()
    assert not profiles.remember("We use pnpm").first_in_git
    assert profiles.sharing is SharingState.OUTSIDE
    with pytest.raises(ProfileError, match="not in a git work tree"):
        profiles.share("on")
    with pytest.raises(ProfileError, match="not in a git work tree"):
        profiles.share("off")


def test_where_it_is_no_project_there_is_nothing_to_share(isolation: Path, tmp_path: Path) -> None:
    profiles = Place(isolation, tmp_path / "data").open()
    assert profiles.sharing is SharingState.OUTSIDE
    with pytest.raises(ProfileError, match="is no project"):
        profiles.share("on")


def test_where_it_cannot_be_hidden_the_folder_is_not_made_and_the_insight_waits(place: Place) -> None:
    exclude = place.root / ".git" / "info" / "exclude"
    exclude.unlink()
    exclude.mkdir()
    profiles = place.open()
    act = profiles.remember("We use pnpm")
    assert not (place.root / ".learnchat").exists()
    assert "not yet in the file" in act.sentence
    assert [insight.statement for insight in profiles.insights()] == ["We use pnpm"]
    exclude.rmdir()
    assert [insight.statement for insight in place.open().insights()] == ["We use pnpm"]
    assert (place.insights_file.exists(), status(place)) == (True, "")


def test_a_folder_meant_to_be_private_that_git_sees_is_reported(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    (place.root / ".git" / "info" / "exclude").write_text("")
    assert any("git sees it" in sentence for sentence in profiles.health())
