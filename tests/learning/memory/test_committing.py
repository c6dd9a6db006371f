from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.kinds import Kind
from learnchat.learning.memory.committing import Uncommitted, commit, difference
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.sharing import SharingState
from support.memory import Place, git, make_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path, in_git=True)


@pytest.fixture
def profiles(place: Place) -> Profiles:
    """A shared profile with one insight, in a repository with no commit yet."""
    profiles = place.open()
    profiles.remember("We use pnpm")
    profiles.share("on")
    return profiles


def test_the_folder_is_committed_alone_and_what_else_is_staged_stays_staged(place: Place, profiles: Profiles) -> None:
    (place.root / "staged.txt").write_text("x")
    git(place.root, "add", "staged.txt")
    assert commit(place.project, SharingState.SHARED) == "Committed: Learn: We use pnpm"
    assert git(place.root, "show", "--name-only", "--format=%s").splitlines() == [
        "Learn: We use pnpm",
        "",
        ".learnchat/.gitattributes",
        ".learnchat/.gitignore",
        ".learnchat/LEARNED_INSIGHTS.md",
        ".learnchat/insights.json",
    ]
    assert git(place.root, "status", "--porcelain") == "A  staged.txt\n"


def test_the_message_says_what_several_insights_are(place: Place, profiles: Profiles) -> None:
    commit(place.project, SharingState.SHARED)
    first = profiles.insights()[0]
    profiles.edit(first.id, Means.COMMAND, statement="We use pnpm 9")
    profiles.remember("The API returns cents")
    second = profiles.remember("Vite builds it").insight
    commit(place.project, SharingState.SHARED, None)
    assert git(place.root, "show", "--no-patch", "--format=%B").split("\n")[0] == "Learn 2 insights, change 1 insight"
    assert "- We use pnpm 9" in git(place.root, "show", "--no-patch", "--format=%B")
    assert second is not None
    profiles.forget(second.id, Means.COMMAND)
    assert difference(place.project).in_words() == "1 changed, not committed"
    assert commit(place.project, SharingState.SHARED) == "Committed: Drop 1 insight"
    assert "Vite" not in git(place.root, "show", "--no-patch", "--format=%B")


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (SharingState.PRIVATE, "The insights are private: git does not see them."),
        (SharingState.UNANSWERED, "The insights are private: git does not see them."),
    ],
)
def test_what_is_private_is_not_committed(place: Place, state: SharingState, title: str) -> None:
    place.open().remember("We use pnpm")
    with pytest.raises(ProfileError) as refused:
        commit(place.project, state)
    assert refused.value.title == title


def test_nothing_to_commit_and_what_git_says_is_said(place: Place, profiles: Profiles) -> None:
    commit(place.project, SharingState.SHARED, "mine")
    with pytest.raises(ProfileError, match="nothing to commit"):
        commit(place.project, SharingState.SHARED)
    profiles.remember("Vite builds it")
    hook = place.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'no commits on Fridays'\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(ProfileError) as refused:
        commit(place.project, SharingState.SHARED)
    assert "no commits on Fridays" in refused.value.hint


def test_the_status_line_counts_what_is_not_committed(place: Place, profiles: Profiles) -> None:
    uncommitted = Uncommitted(place.project, place.clock)
    assert uncommitted.in_words(lambda: SharingState.PRIVATE) == ""
    profiles.remember("Build:\nmake\nmake test", kind=Kind.PROCEDURE)
    assert uncommitted.in_words(lambda: profiles.sharing) == "2 learned, not committed"
    git(place.root, "add", "-A")
    git(place.root, "commit", "-q", "-m", "by hand")
    assert uncommitted.in_words(lambda: profiles.sharing) == "2 learned, not committed"
    place.clock.advance(31)
    assert uncommitted.in_words(lambda: profiles.sharing) == ""
