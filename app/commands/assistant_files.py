"""`learnchat insights export --to`: one marked block of other assistants' files, in step with the project's profile."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from learnchat.app.printing import complain, say
from learnchat.learning.disk.files import SHARED_FILE, identity, replace_file
from learnchat.learning.disk.project import root_here
from learnchat.learning.errors import LearnchatError
from learnchat.learning.profile.sharing import SharingState
from learnchat.learning.transfer.assistants import AssistantFile, block_lines, standing
from learnchat.learning.transfer.exporting import has_secret
from learnchat.learning.transfer.marked_block import lines_of_block, with_block

if TYPE_CHECKING:
    from datetime import datetime

    from learnchat.app.commands.workplace import Workplace
    from learnchat.learning.profile.insight import Entry
    from learnchat.learning.profile.profile import Profile

# Assistants read such a file whole into their context: one that is larger is another file.
SIZE_LIMIT = 4 * 1024 * 1024
# An editor that saves between reading and writing must not lose what it saved; nobody saves three times in a moment.
TRIES = 3


def write_files(workplace: Workplace, directory: Path, names: Sequence[AssistantFile]) -> None:
    """Bring the block of these files in step with what this user confirmed or accepted of the project.

    Args:
        workplace: the project.
        directory: where the command was started: in a linked work tree its own files are meant.
        names: the files.

    Raises:
        LearnchatError: this is no project, or a file can't be written, lies outside it, or has odd markers.
    """
    entries, withheld = _without_secrets([insight.entry for insight in _profile(workplace).insights()])
    root = root_here(directory, workplace.project)
    for name, path in [(name, _place(root, name)) for name in names]:
        _write(name, path, entries)
    if withheld:
        complain(f"Left out: {len(withheld)} with a secret in it: {', '.join(entry.id for entry in withheld)}")
    if workplace.profiles.sharing in (SharingState.PRIVATE, SharingState.UNANSWERED):
        complain("The folder .learnchat is private: `--check` on another machine needs `learnchat share on`.")


def check_files(workplace: Workplace, directory: Path, names: Sequence[AssistantFile], now: datetime) -> bool:
    """Whether the blocks say what stands in the project's folder; what differs is printed. Nothing is written.

    The folder, not what this user accepted: where a check runs unattended, nobody has accepted anything.

    Raises:
        LearnchatError: this is no project, or a file can't be read, lies outside it, or has odd markers.
    """
    profile = _profile(workplace)
    entries, _ = _without_secrets(standing(profile.entries(), now))
    root = root_here(directory, workplace.project)
    differing = [name for name in names if not _agrees(name, _place(root, name), entries)]
    if differing:
        say(f"In step again by: learnchat insights export {' '.join(f'--to {name}' for name in differing)}")
        waiting = len(profile.unaccepted())
        if waiting:
            say(f"{waiting:,} in the folder without a yes of yours stand in no such block: `learnchat review` first.")
    return not differing


def _profile(workplace: Workplace) -> Profile:
    if workplace.profiles.project is None:
        raise LearnchatError(
            f"{workplace.project.root} is no project: only a project's insights go into such files.",
            "`learnchat insights export` prints all that is known.",
        )
    return workplace.profiles.project


def _without_secrets(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    withheld = [entry for entry in entries if has_secret(entry)]
    return [entry for entry in entries if entry not in withheld], withheld


def _place(root: Path, name: AssistantFile) -> Path:
    """Where a file really lies: a link to another file of the project stays one.

    Raises:
        LearnchatError: it is a link out of the project, or no file.
    """
    path = root / name
    try:
        real = path.resolve()
    except (OSError, RuntimeError) as error:  # a link to itself
        raise LearnchatError(f"{path} can't be followed: {error}.") from None
    if root.resolve() not in real.parents:
        raise LearnchatError(f"{path} is a link out of the project, to {real}.", "Nothing is written there.")
    if real.exists() and not real.is_file():
        raise LearnchatError(f"{path} is no file.")
    return real


def _write(name: AssistantFile, path: Path, entries: Sequence[Entry]) -> None:
    lines = block_lines(entries)
    for _ in range(TRIES):
        before = identity(path)
        data = _read(name, path)
        if not entries and lines_of_block(data, name) is None:
            say(f"{name}: nothing is known of this project yet; not a byte was written.")
            return
        changed = with_block(data, lines, name)
        if changed == data:
            say(f"{name}: in step already.")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if identity(path) == before:
            replace_file(path, changed, SHARED_FILE)
            say(f"{name}: {len(entries):,} insight{'' if len(entries) == 1 else 's'} in learnchat's block.")
            return
    raise LearnchatError(f"{path} is being written by another program.", "Try again in a moment.")


def _agrees(name: AssistantFile, path: Path, entries: Sequence[Entry]) -> bool:
    wanted = block_lines(entries)
    found = lines_of_block(_read(name, path), name)
    if found == wanted or (found is None and not entries):
        return True
    say(f"{name}: not in step with the profile.")
    difference = difflib.ndiff(found or [], wanted)
    say("\n".join(f"  {line}" for line in difference if line[0] in "+-" and line[1:].strip()))
    return False


def _read(name: AssistantFile, path: Path) -> bytes:
    """The file's bytes, empty where there is none.

    Raises:
        LearnchatError: it is too large, or no UTF-8 text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return b""
    if len(data) > SIZE_LIMIT:
        raise LearnchatError(f"{name} is larger than {SIZE_LIMIT // 1024 // 1024} MB: no assistant reads that.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise LearnchatError(f"{name} is no UTF-8 text.", "What is added to it could not be read.") from None
    return data
