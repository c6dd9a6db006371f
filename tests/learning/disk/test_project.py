from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.disk.project import find_project
from support.memory import git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = (tmp_path / "repository").resolve()
    root.mkdir()
    git(root, "init", "-q")
    git(root, "commit", "-q", "--allow-empty", "-m", "first")
    return root


def test_without_git_it_is_the_directory(tmp_path: Path) -> None:
    project = find_project(tmp_path)
    assert (project.root, project.name, project.work_tree) == (tmp_path.resolve(), tmp_path.name, None)
    assert project.has_project
    assert project.folder == tmp_path.resolve() / ".learnchat"


def test_without_git_it_is_the_nearest_folder_with_a_profile(tmp_path: Path) -> None:
    (tmp_path / ".learnchat").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_project(tmp_path / "a" / "b").root == tmp_path.resolve()


def test_in_git_it_is_the_work_tree(repository: Path) -> None:
    (repository / "src" / "deep").mkdir(parents=True)
    project = find_project(repository / "src" / "deep")
    assert (project.root, project.work_tree) == (repository, repository)


def test_a_folder_above_the_work_tree_with_a_profile_is_not_it(repository: Path) -> None:
    (repository.parent / ".learnchat").mkdir()
    assert find_project(repository).root == repository


def test_a_package_of_a_monorepo_with_its_own_profile_is_a_project(repository: Path) -> None:
    (repository / "packages" / "web" / ".learnchat").mkdir(parents=True)
    (repository / "packages" / "web" / "src").mkdir()
    project = find_project(repository / "packages" / "web" / "src")
    assert (project.root, project.work_tree) == (repository / "packages" / "web", repository)


def test_a_linked_work_tree_shares_the_project_of_the_main_one(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "linked"))
    project = find_project(tmp_path / "linked")
    assert (project.root, project.work_tree) == (repository, repository)


def test_a_package_in_a_linked_work_tree_is_that_of_the_main_one(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", str(tmp_path / "linked"))
    (tmp_path / "linked" / "packages" / "web" / ".learnchat").mkdir(parents=True)
    assert find_project(tmp_path / "linked" / "packages" / "web").root == repository / "packages" / "web"


@pytest.mark.parametrize("name", ["bare.git", "around/.git"])
def test_each_work_tree_of_a_bare_repository_is_a_project(repository: Path, tmp_path: Path, name: str) -> None:
    bare = tmp_path / name
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(bare))
    git(bare, "worktree", "add", "-q", str(tmp_path / "one"), "-b", "one")
    git(bare, "worktree", "add", "-q", str(tmp_path / "two"), "-b", "two")
    assert find_project(tmp_path / "one").root == (tmp_path / "one").resolve()
    assert find_project(tmp_path / "two").root == (tmp_path / "two").resolve()


def test_a_submodule_is_a_project_of_its_own(repository: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    git(library, "init", "-q")
    git(library, "commit", "-q", "--allow-empty", "-m", "first")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library), "library")
    assert find_project(repository / "library").root == repository / "library"


def test_a_work_tree_with_its_git_directory_elsewhere_is_the_project(tmp_path: Path) -> None:
    root = (tmp_path / "root").resolve()
    root.mkdir()
    (tmp_path / "elsewhere").mkdir()
    git(root, "init", "-q", f"--separate-git-dir={tmp_path / 'elsewhere' / '.git'}")
    assert find_project(root).root == root


def test_the_environment_of_a_git_hook_leads_nowhere_else(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (tmp_path / "other").resolve()
    other.mkdir()
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(repository / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repository))
    assert find_project(other).root == other


def test_a_repository_is_found_where_git_is_not_installed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "src").mkdir()
    monkeypatch.setenv("PATH", str(repository))
    project = find_project(repository / "src")
    assert (project.root, project.work_tree) == (repository, repository)


def test_the_home_directory_is_no_project(isolation: Path) -> None:
    project = find_project(isolation)
    assert not project.has_project
    assert project.root == isolation.resolve()


def test_the_root_directory_is_no_project() -> None:
    assert not find_project(Path("/")).has_project


def test_a_repository_that_spans_the_home_directory_makes_no_project_of_it_nor_of_what_lies_in_it(
    isolation: Path,
) -> None:
    git(isolation, "init", "-q")
    (isolation / "notes").mkdir()
    assert not find_project(isolation).has_project
    assert find_project(isolation / "notes").root == (isolation / "notes").resolve()
