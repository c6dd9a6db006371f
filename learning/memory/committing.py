"""Committing a project's profile folder to git: that folder alone, whatever else is staged or changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from learnchat.learning.clock import Clock
from learnchat.learning.disk.files import Identity, identity
from learnchat.learning.disk.git import ask_git
from learnchat.learning.disk.project import Project
from learnchat.learning.memory.acts import in_short
from learnchat.learning.profile.documents import is_entry, is_forgotten, read_entry
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.profile.insights_file import FIRST_LINE, LAST_LINE, parse
from learnchat.learning.profile.sharing import SharingState

# What git's own advice allows for the first line; what is longer is cut by most that show it.
SUBJECT_LENGTH = 72
# A commit that teaches more than this says how many.
LISTED = 20
RECOUNT_SECONDS = 30.0


@dataclass(slots=True)
class Difference:
    """What the folder says and the last commit does not."""

    learned: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    gone: int = 0
    """How many entries of the last commit are forgotten, replaced or removed."""

    def __bool__(self) -> bool:
        return bool(self.learned or self.changed or self.gone)

    def in_words(self) -> str:
        """What the status line says: "3 learned, not committed"; empty when there is nothing."""
        if self.learned:
            return f"{len(self.learned)} learned, not committed"
        return f"{len(self.changed) + self.gone} changed, not committed" if self else ""

    def message(self) -> str:
        """A commit message: one insight is named, of several the first line says how many."""
        parts = [
            f"{word} {count} insight{'' if count == 1 else 's'}"
            for word, count in (("learn", len(self.learned)), ("change", len(self.changed)), ("drop", self.gone))
            if count
        ]
        subject = ", ".join(parts) or "update the learned insights"
        only = self.learned[0] if len(self.learned) == 1 and not (self.changed or self.gone) else None
        if only is not None and len(only.statement) + len("Learn: ") <= SUBJECT_LENGTH and "\n" not in only.statement:
            return f"Learn: {only.statement}"
        lines = [f"- {in_short(entry.statement)}" for entry in (*self.learned, *self.changed)]
        more = [f"- and {len(lines) - LISTED} more"] if len(lines) > LISTED else []
        body = "\n".join(lines[:LISTED] + more)
        return subject[0].upper() + subject[1:] + (f"\n\n{body}" if body else "")


def difference(project: Project) -> Difference:
    """What `insights.json` says that the last commit's does not.

    Only lines that differ are read, so that it takes some 20 ms at 10,000 insights, most of it git's.
    """
    committed = ask_git(project.root, "show", f"HEAD:./{project.folder.name}/insights.json")
    try:
        present = (project.folder / "insights.json").read_bytes()
    except OSError:
        present = b""
    old = dict.fromkeys(os.fsencode(committed or "").splitlines())
    new = dict.fromkeys(present.splitlines())
    before = _active(line for line in old if line not in new)
    now = _active(line for line in new if line not in old)
    return Difference(
        learned=[entry for name, entry in now.items() if name not in before],
        changed=[entry for name, entry in now.items() if name in before],
        gone=sum(name not in now for name in before),
    )


def _active(lines: Iterable[bytes]) -> Mapping[str, Entry]:
    documents = parse(b"\n".join((FIRST_LINE.encode(), *lines, LAST_LINE.encode()))).documents
    texts = (each for each in documents if is_entry(each) and not is_forgotten(each))
    entries = (entry for document in texts if (entry := read_entry(document)) is not None)
    return {entry.id: entry for entry in entries if entry.state is EntryState.ACTIVE}


class Uncommitted:
    """Counts what is learned and not committed, for the status line.

    Args:
        project: whose folder.
        clock: the time.
    """

    def __init__(self, project: Project, clock: Clock) -> None:
        self._project = project
        self._clock = clock
        self._file: Identity | None = None
        self._counted_at = float("-inf")
        self._words = ""

    def in_words(self, sharing: Callable[[], SharingState]) -> str:
        """ "3 learned, not committed"; empty where all is committed, or the folder is not shared.

        Git is asked when the file is another one, and every half a minute, for somebody may have committed it.

        Args:
            sharing: what holds for the folder; asked only when git is.
        """
        file = identity(self._project.folder / "insights.json")
        now = self._clock.monotonic()
        if file != self._file or now - self._counted_at >= RECOUNT_SECONDS:
            self._file, self._counted_at = file, now
            shared = file is not None and sharing() is SharingState.SHARED
            self._words = difference(self._project).in_words() if shared else ""
        return self._words


def commit(project: Project, sharing: SharingState, message: str | None = None) -> str:
    """Commit the profile folder, and nothing else; what is staged otherwise stays staged.

    Args:
        project: whose folder.
        sharing: what holds for it.
        message: None for one that says what was learned.

    Returns:
        What people read.

    Raises:
        ProfileError: it is not shared, there is nothing to commit, or git refuses.
    """
    if sharing is SharingState.OUTSIDE:
        raise ProfileError(f"{project.root} is not in a git work tree: there is nothing to commit to.")
    if sharing is not SharingState.SHARED:
        raise ProfileError("The insights are private: git does not see them.", "`learnchat share on` shares them.")
    name = project.folder.name
    if not ask_git(project.root, "status", "--porcelain", "--untracked-files=all", "--", name):
        raise ProfileError("There is nothing to commit: git has all insights.")
    text = message or difference(project).message()
    # Untracked files have to be known to git before a commit can name them.
    _tell_git(project, "add", "--", name)
    _tell_git(project, "commit", "--quiet", "--message", text, "--only", "--", name)
    return f"Committed: {text.splitlines()[0]}"


def _tell_git(project: Project, *arguments: str) -> None:
    """Let git do something in the project. No time limit: hooks and signing take what they take.

    Raises:
        ProfileError: git refuses; with what it said.
    """
    import subprocess

    # Inside a git hook these name another repository, and another index, than the project's own.
    foreign = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
    environment = {variable: value for variable, value in os.environ.items() if variable not in foreign}
    try:
        answer = subprocess.run(
            ["git", *arguments],
            cwd=project.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise ProfileError(f"git can't be run: {error.strerror or error}.") from error
    if answer.returncode != 0:
        said = answer.stdout.decode("utf-8", "replace").strip()
        raise ProfileError(f"git refused to {arguments[0]} {project.folder}.", said)
