"""Which project a directory belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from learnchat.learning.disk.git import ask_git, enclosing_repository

FOLDER_NAME = ".learnchat"


@dataclass(frozen=True, slots=True)
class Project:
    """A project, or a place that is none (`$HOME`, `/`)."""

    root: Path
    """Resolved; user data is bound to it."""
    name: str
    work_tree: Path | None
    """Root of the git work tree that the profile folder lies in; None without git."""
    has_project: bool
    """False in `$HOME` and `/`: there is only the personal profile."""

    @property
    def folder(self) -> Path:
        """The profile folder. It need not be there yet."""
        return self.root / FOLDER_NAME


def find_project(directory: Path) -> Project:
    """The project that a directory belongs to.

    A folder with its own `.learnchat/` strictly below the work tree's root is a project of its own (a monorepo's
    package). Else the work tree is; a linked work tree shares the project of the main one. Without git it is the
    nearest folder with a `.learnchat/`, else the directory. `$HOME` and `/` are no projects, and a repository that
    spans the home directory (dotfiles) makes none of what lies in it.
    """
    directory = directory.resolve()
    top, main = _work_trees(directory)
    if top is not None and main is not None and not _is_nowhere(main):
        own = _nearest_profile(directory, top, main)
        return _project(own or main, main)
    root = next((folder for folder in (directory, *directory.parents) if _has_profile(folder)), directory)
    return _project(root, main)


def root_here(directory: Path, project: Project) -> Path:
    """The project's root in the work tree that a directory lies in: a linked one shares the profile of the main one,
    and has files of its own."""
    top = _work_trees(directory.resolve())[0]
    if top is None or project.work_tree is None:
        return project.root
    return top / project.root.relative_to(project.work_tree)


def _project(root: Path, work_tree: Path | None) -> Project:
    return Project(root=root, name=root.name or str(root), work_tree=work_tree, has_project=not _is_nowhere(root))


def _is_nowhere(folder: Path) -> bool:
    try:
        home = Path.home().resolve()
    except (RuntimeError, OSError):  # no home directory can be found
        return folder == folder.parent
    return folder in (home, folder.parent)


def _has_profile(folder: Path) -> bool:
    return (folder / FOLDER_NAME).is_dir() and not _is_nowhere(folder)


def _nearest_profile(directory: Path, top: Path, main: Path) -> Path | None:
    """The nearest folder strictly below a work tree's root with its own profile, as a folder of the main tree."""
    for folder in (directory, *directory.parents):
        if folder == top or top not in folder.parents:
            return None
        own = main / folder.relative_to(top)
        if _has_profile(folder) or _has_profile(own):
            return own
    return None


def _work_trees(directory: Path) -> tuple[Path | None, Path | None]:
    """Roots of the work tree that a directory lies in and of the main one that it is linked to, mostly the same."""
    found = enclosing_repository(directory)
    if found is None:
        return None, None
    answer = ask_git(directory, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir")
    if answer is None:
        # No git, a repository it refuses (another owner's), or no work tree at all: a bare one, or inside `.git`.
        return (None, None) if _is_git_data(directory, found) else (found, found)
    lines = answer.removesuffix("\n").split("\n")
    if len(lines) != 3:  # a newline in a path
        return found, found
    top, own_data, common_data = (Path(line) for line in lines)
    top = top.resolve()
    # Older versions of git print the common directory relative to where they were asked.
    common_data = (directory / common_data).resolve()
    parent = common_data.parent
    if own_data.resolve() != common_data and common_data.name == ".git":
        # A linked work tree. The common directory may belong to a bare repository that is merely called `.git`.
        main = ask_git(parent, "rev-parse", "--show-toplevel")
        if main is not None and Path(main.removesuffix("\n")).resolve() == parent:
            return top, parent
    return top, top


def _is_git_data(directory: Path, found: Path) -> bool:
    """Whether a directory lies in git's own data, below the folder that has the `.git`."""
    folders = [directory, *directory.parents]
    return any(
        (folder / "HEAD").is_file() and (folder / "objects").is_dir() for folder in folders[: folders.index(found) + 1]
    )
