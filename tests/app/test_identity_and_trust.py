"""Which folders share a profile, and with it trust: the ways in which git lays out work trees, and symbolic links."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import CommandLine
from support.memory import git

PNPM = "We use pnpm, not npm"


@pytest.fixture
def repository(shop: Path) -> Path:
    git(shop, "init", "-q")
    git(shop, "commit", "-q", "--allow-empty", "-m", "first")
    return shop


def learn(learnchat: CommandLine, folder: Path, statement: str = PNPM) -> None:
    learnchat.directory = folder
    assert learnchat("remember", statement).code == 0


def recalled(learnchat: CommandLine, folder: Path) -> list[str]:
    learnchat.directory = folder
    return [insight["statement"] for insight in learnchat("insights", "--json").json]


def known_at(learnchat: CommandLine, folder: Path) -> str | None:
    learnchat.directory = folder
    return learnchat("trust", "--json").json["known_at"]


def test_a_submodule_and_what_is_around_it_know_nothing_of_each_other(
    learnchat: CommandLine, repository: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    library.mkdir()
    git(library, "init", "-q")
    git(library, "commit", "-q", "--allow-empty", "-m", "first")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library), "library")
    learn(learnchat, repository / "library")
    assert recalled(learnchat, repository / "library") == [PNPM]
    assert recalled(learnchat, repository) == []
    assert known_at(learnchat, repository) is None


def test_work_trees_of_a_bare_repository_have_a_profile_each_and_trust_of_their_own(
    learnchat: CommandLine, repository: Path, tmp_path: Path
) -> None:
    bare, one, two = (tmp_path / name for name in ("shop.git", "one", "two"))
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(bare))
    git(bare, "worktree", "add", "-q", str(one), "-b", "one")
    learn(learnchat, one)
    git(one, "add", "-f", ".learnchat")
    git(one, "commit", "-qm", "learned")
    git(bare, "worktree", "add", "-q", str(two), "-b", "two", "one")
    assert recalled(learnchat, one) == [PNPM]
    assert recalled(learnchat, two) == []
    assert known_at(learnchat, two) == str(one)


def test_a_work_tree_with_its_git_directory_elsewhere(learnchat: CommandLine, shop: Path, tmp_path: Path) -> None:
    git(shop, "init", "-q", f"--separate-git-dir={tmp_path / 'elsewhere.git'}")
    (shop / "src").mkdir()
    learn(learnchat, shop / "src")
    assert (shop / ".learnchat" / "insights.json").exists()
    assert not (tmp_path / "elsewhere.git" / ".learnchat").exists()
    assert recalled(learnchat, shop) == [PNPM]


def test_a_package_of_a_monorepo_with_its_own_folder_is_apart(learnchat: CommandLine, repository: Path) -> None:
    package = repository / "packages" / "web"
    (package / ".learnchat").mkdir(parents=True)
    (package / "src").mkdir()
    learn(learnchat, package / "src")
    learn(learnchat, repository, "The API returns cents, not dollars")
    assert recalled(learnchat, package) == [PNPM]
    assert recalled(learnchat, repository / "packages") == ["The API returns cents, not dollars"]


def test_a_linked_work_tree_shares_profile_and_trust_also_in_its_packages(
    learnchat: CommandLine, repository: Path, tmp_path: Path
) -> None:
    (repository / "packages" / "web" / ".learnchat").mkdir(parents=True)
    learn(learnchat, repository)
    learn(learnchat, repository / "packages" / "web", "Deploys run at night")
    linked = tmp_path / "linked"
    git(repository, "worktree", "add", "-q", str(linked))
    (linked / "packages" / "web").mkdir(parents=True)
    assert recalled(learnchat, linked) == [PNPM]
    assert recalled(learnchat, linked / "packages" / "web") == ["Deploys run at night"]
    assert known_at(learnchat, linked) is None
    git(repository, "worktree", "remove", "--force", str(linked))
    assert recalled(learnchat, repository) == [PNPM]


def test_a_link_to_a_project_is_that_project(learnchat: CommandLine, shop: Path, tmp_path: Path) -> None:
    learn(learnchat, shop)
    (tmp_path / "link").symlink_to(shop)
    assert recalled(learnchat, tmp_path / "link") == [PNPM]


@pytest.mark.parametrize("name", [".learnchat", "insights.json", "LEARNED_INSIGHTS.md", ".lock"])
def test_nothing_is_written_through_a_link(learnchat: CommandLine, shop: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    if name == ".learnchat":
        (shop / name).symlink_to(outside)
    else:
        (shop / ".learnchat").mkdir()
        (shop / ".learnchat" / name).symlink_to(outside / "file")
    result = learnchat("remember", PNPM)
    assert result.code == 1
    assert "learnchat follows none" in result.err
    assert list(outside.iterdir()) == []


def test_an_id_leads_to_no_file(learnchat: CommandLine, shop: Path) -> None:
    learn(learnchat, shop)
    for name in ("../../etc/passwd", "/etc/passwd", "..", "CON", "*", "", "\x00"):
        assert learnchat("insights", "show", name).code in (1, 2)
        assert learnchat("sessions", "show", name).code in (1, 2)
