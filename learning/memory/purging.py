"""Deleting what learnchat has of a user: of one project, or all of it.

Only files that learnchat makes are deleted, by their names, and folders only when nothing is left in them: whoever
named a wrong data directory loses nothing else. A profile folder that git shares belongs to the repository and stays.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from learnchat.learning.clock import Clock
from learnchat.learning.disk.locks import lock, turn_of
from learnchat.learning.disk.notes import read_notes
from learnchat.learning.disk.project import Project, find_project
from learnchat.learning.disk.user_data import ProfileData, UserData
from learnchat.learning.profile.folder import ProfileFolder
from learnchat.learning.profile.sharing import Sharing, SharingState
from learnchat.learning.transcripts.attached import SUFFIX as ATTACHED
from learnchat.learning.transcripts.unfinished import SUFFIX as COMING

PROFILE_NAMES = ("insights.json", "LEARNED_INSIGHTS.md", ".gitattributes", ".gitignore", ".lock")
"""What learnchat writes into a profile folder. A `config.toml` there is the project's own."""
ASIDE = ("*.corrupt-*", "*.edited-*", "*.schema-*", ".*.tmp")


@dataclass(slots=True)
class Plan:
    """What is to be deleted."""

    files: list[Path] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    """Removed when they are empty then; inner ones first."""
    locks: list[Path] = field(default_factory=list)
    """Held while the files are deleted, and deleted last."""
    kept: list[Path] = field(default_factory=list)
    """Profile folders that git shares: they stay."""
    sessions: int = 0
    """How many of the files are transcripts."""

    def _add_data(self, data: ProfileData) -> None:
        if not data.folder.is_dir() or data.folder.is_symlink():
            return
        known = [each for each in _paths(data) if each not in (data.folder, data.sessions, data.lock)]
        for path in known:
            # A file that was set aside stands beside the one it was.
            self.files += [each for each in sorted(data.folder.glob(path.name + "*")) if _is_file(each)]
        # What a kill left of a file that was to take the place of another.
        self.files += [each for each in sorted(data.folder.glob(".*.tmp")) if _is_file(each)]
        sessions: list[Path] = []
        attached: list[Path] = []
        if not data.sessions.is_symlink():
            sessions = [each for each in sorted(data.sessions.glob("*.jsonl")) if _is_file(each)]
            beside = [*data.sessions.glob(f"*{ATTACHED}"), *data.sessions.glob(f"*{COMING}")]
            attached = [each for each in sorted(beside) if _is_file(each)]
        self.sessions += len(sessions)
        self.files += [*sessions, *attached, *_judged(data)]
        self.locks += [data.lock] if _is_file(data.lock) else []
        self.folders += [data.sessions, data.judged, data.folder]

    def _add_profile(self, folder: Path) -> None:
        if not folder.is_dir() or ProfileFolder(folder, private=True).link() is not None:
            return
        named = [folder / name for name in PROFILE_NAMES]
        aside = [path for pattern in ASIDE for path in sorted(folder.glob(pattern))]
        self.files += [path for path in (*named, *aside) if _is_file(path)]
        self.folders.insert(0, folder)

    def _add_project(self, project: Project, data: ProfileData, clock: Clock) -> None:
        self._add_data(data)
        if Sharing(project, data, clock).state is SharingState.SHARED:
            self.kept += [project.folder] if project.folder.is_dir() else []
        else:
            self._add_profile(project.folder)


def plan_project(project: Project, user_data: UserData, clock: Clock) -> Plan:
    """All that learnchat has of one project."""
    plan = Plan()
    plan._add_project(project, user_data.project(project.root), clock)
    return plan


def plan_all(user_data: UserData, clock: Clock) -> Plan:
    """All that learnchat has of this user: every project, the personal profile, answers and logs."""
    plan = Plan()
    projects = sorted(path for path in user_data.projects.glob("*") if _is_of_a_project(path))
    for folder in projects:
        data = ProfileData(folder)
        root = _root_of(data, user_data)
        if root is None:
            plan._add_data(data)
        else:
            plan._add_project(find_project(root), data, clock)
    plan._add_profile(user_data.personal_profile)
    plan._add_data(user_data.personal)
    plan.files += [path for path in _of_all_projects(user_data) if _is_file(path)]
    for pattern in ("learnchat.log*", "crash-*.txt"):
        plan.files += [path for path in sorted(user_data.logs.glob(pattern)) if _is_file(path)]
    plan.folders += [user_data.projects, user_data.logs, user_data.root]
    return plan


def _of_all_projects(user_data: UserData) -> tuple[Path, ...]:
    locks = user_data.answers_lock, user_data.judge_lock
    named = user_data.answers, user_data.judge_ledger, user_data.asked_before
    return *named, *locks, *map(turn_of, locks)


def _is_of_a_project(folder: Path) -> bool:
    """Whether a folder is learnchat's: where nothing was learned yet, conversations or proposals alone lie there."""
    data = ProfileData(folder)
    return (
        any(map(_is_file, _paths(data))) or bool(_judged(data)) or any(map(_is_session, data.sessions.glob("*.jsonl")))
    )


def _judged(data: ProfileData) -> list[Path]:
    """What lies in the folder of what was judged."""
    if data.judged.is_symlink():
        return []
    return [each for name in ("*.jsonl", "hook.lock*") for each in sorted(data.judged.glob(name)) if _is_file(each)]


def _is_session(path: Path) -> bool:
    from learnchat.learning.transcripts.session import session_file

    return _is_file(path) and session_file(path) is not None


def _root_of(data: ProfileData, user_data: UserData) -> Path | None:
    """Where the project of some data lies; None where there is none any more, or another one."""
    path = read_notes(data).get("path")
    root = Path(path) if isinstance(path, str) and path else None
    if root is None or not root.is_dir() or user_data.project(root).folder != data.folder:
        return None
    return root


def _paths(data: ProfileData) -> Iterator[Path]:
    """Every path that the user's side of a profile has a name for."""
    for name, member in vars(ProfileData).items():
        if isinstance(member, property):
            yield getattr(data, name)


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def carry_out(plan: Plan) -> list[Path]:
    """Delete what a plan has.

    Returns:
        What could not be deleted.

    Raises:
        OSError: another learnchat is writing there and does not finish; nothing of that was deleted.
    """
    left: list[Path] = []
    with contextlib.ExitStack() as held:
        for path in plan.locks:
            held.enter_context(lock(path))
        for path in plan.files:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                left.append(path)
    for path in (each for held_one in plan.locks for each in (held_one, turn_of(held_one))):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in plan.folders:
        # What somebody else put there keeps it.
        with contextlib.suppress(OSError):
            folder.rmdir()
    return left
