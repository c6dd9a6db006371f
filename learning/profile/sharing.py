"""Whether a project's profile folder goes into git.

Until the user has answered, and when the answer was "private", one line in the repository's `info/exclude` keeps git
from seeing the folder: no file of the project is edited. A folder that git tracks already is shared, by whoever
committed it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from learnchat.learning.clock import Clock, timestamp
from learnchat.learning.disk.files import SHARED_FILE, replace_file
from learnchat.learning.disk.git import ask_git
from learnchat.learning.disk.notes import Notes, change_notes, read_notes
from learnchat.learning.disk.project import Project
from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.profile.errors import ProfileError


class SharingState(StrEnum):
    """What holds for a profile folder."""

    OUTSIDE = "outside"
    """No git work tree: there is nothing to share through."""
    UNANSWERED = "unanswered"
    """Private until the question is answered."""
    PRIVATE = "private"
    SHARED = "shared"


class Sharing:
    """The sharing of one project's profile folder.

    Args:
        project: the project.
        data: the user's data about it; the answer is noted there.
        clock: the time.
    """

    def __init__(self, project: Project, data: ProfileData, clock: Clock) -> None:
        self._project = project
        self._data = data
        self._clock = clock

    @property
    def state(self) -> SharingState:
        if self._project.work_tree is None:
            return SharingState.OUTSIDE
        answer = read_notes(self._data).get("sharing")
        if answer in (SharingState.PRIVATE, SharingState.SHARED):
            return SharingState(answer)
        return SharingState.SHARED if self._is_tracked() else SharingState.UNANSWERED

    def keep_private(self) -> None:
        """Before the folder is made: hide it from git, unless it is shared.

        Raises:
            OSError: git's exclude file can't be found or written; then the folder must not be made.
        """
        if self.state in (SharingState.UNANSWERED, SharingState.PRIVATE):
            self._exclude()

    def question_due(self) -> bool:
        """Whether the user is to be asked now; True once."""
        # The notes first: they cost nothing, the state may cost a question to git.
        if "sharing_asked" in read_notes(self._data) or self.state is not SharingState.UNANSWERED:
            return False
        self._note("sharing_asked", timestamp(self._clock.now()))
        return True

    def share(self) -> str:
        """Let git see the folder. Returns what people read.

        Raises:
            ProfileError: there is no git here, or its exclude file can't be written.
        """
        self._demand_git()
        try:
            self._include()
        except OSError as error:
            raise _exclude_error(error) from error
        self._note("sharing", SharingState.SHARED.value)
        return f"Shared: git sees {self._project.folder.name}/ now. Commit it when you like; nothing was committed."

    def withdraw(self) -> str:
        """Hide the folder from git again. Returns what people read.

        Raises:
            ProfileError: there is no git here, or its exclude file can't be written.
        """
        self._demand_git()
        try:
            self._exclude()
        except OSError as error:
            raise _exclude_error(error) from error
        self._note("sharing", SharingState.PRIVATE.value)
        name = self._project.folder.name
        if self._is_tracked():
            return f"Private from now on, but git tracks {name}/ already: `git rm -r --cached {name}` ends that."
        return f"Private: git does not see {name}/."

    def problem(self) -> str | None:
        """What is wrong, in one sentence: meant to be private and visible to git."""
        if self.state not in (SharingState.UNANSWERED, SharingState.PRIVATE) or not self._project.folder.exists():
            return None
        if ask_git(self._project.root, "check-ignore", "-q", self._project.folder.name) is not None:
            return None
        return f"{self._project.folder} is meant to be private, but git sees it; `learnchat share off` hides it."

    def _demand_git(self) -> None:
        if self._project.work_tree is None:
            raise ProfileError(
                f"{self._project.root} is not in a git work tree, so there is nothing to share through.",
                "The folder is yours to copy.",
            )

    def _note(self, name: str, value: str) -> None:
        def change(notes: Notes) -> None:
            notes[name] = value

        change_notes(self._data, change)

    def _is_tracked(self) -> bool:
        # Cheap first: what is not there is not asked about.
        folder = self._project.folder
        return folder.is_dir() and bool(ask_git(self._project.root, "ls-files", "--", folder.name))

    def _exclude_file(self) -> Path:
        answer = ask_git(self._project.root, "rev-parse", "--git-path", "info/exclude")
        if not answer:
            raise OSError("git does not say where its exclude file is")
        return (self._project.root / answer.removesuffix("\n")).resolve()

    @property
    def _pattern(self) -> str:
        assert self._project.work_tree is not None
        path = self._project.folder.relative_to(self._project.work_tree).as_posix()
        # What git would take for a wildcard in a folder's name.
        return "/" + re.sub(r"([\\*?\[\]])", r"\\\1", path) + "/"

    def _lines(self, path: Path) -> list[bytes]:
        try:
            return path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return []

    def _exclude(self) -> None:
        path = self._exclude_file()
        lines, pattern = self._lines(path), self._pattern.encode()
        if pattern in (line.strip() for line in lines):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = b"".join(lines)
        end = b"\n" if whole and not whole.endswith(b"\n") else b""
        replace_file(path, whole + end + pattern + b"\n", SHARED_FILE)

    def _include(self) -> None:
        path = self._exclude_file()
        lines, pattern = self._lines(path), self._pattern.encode()
        kept = [line for line in lines if line.strip() != pattern]
        if kept != lines:
            replace_file(path, b"".join(kept), SHARED_FILE)


def _exclude_error(error: OSError) -> ProfileError:
    return ProfileError(f"Git's exclude file can't be written: {error.strerror or error}.", "Nothing was changed.")
