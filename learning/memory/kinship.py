"""Whether a project's profile is known from another path: moved, copied or cloned?

User data is bound to the project's path. A profile id that was seen at another path says that the two folders have a
common origin, and not which: so the user is asked once. Only for a project that was moved is what the user did there
taken over, trust among it; a copy or a clone begins with a review.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from learnchat.learning.disk.files import Record, append_json_lines, make_private_directory, read_json_lines
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.notes import Notes, change_notes, read_notes
from learnchat.learning.disk.project import FOLDER_NAME, Project
from learnchat.learning.disk.user_data import ProfileData, UserData
from learnchat.learning.profile.documents import PROFILE_ID
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.folder import ProfileFolder
from learnchat.learning.profile.journal import Journal
from learnchat.learning.profile.tombstones import Tombstones


class Origin(StrEnum):
    """Where a project came from, as the user says."""

    MOVED = "moved"
    COPIED = "copied"
    CLONED = "cloned"


@dataclass(frozen=True, slots=True)
class Relative:
    """Another path at which this project's profile was seen."""

    path: Path
    data: ProfileData
    there: bool
    """Whether a profile still lies at that path: then this one was not moved from there."""


class Kinship:
    """The origin of one project.

    Args:
        project: where the user is.
        user_data: the user's data directory.
    """

    def __init__(self, project: Project, user_data: UserData) -> None:
        self._project = project
        self._user_data = user_data
        self._data = user_data.project(project.root)

    def relative(self) -> Relative | None:
        """Where this project's profile was seen before, as long as the user has not said what it means.

        None where it is new, known at this path, or answered. Of several the one that is gone, else the first.
        """
        ids = profile_ids(self._project.folder) if self._project.has_project else frozenset()
        if not ids or ids & _known(read_notes(self._data)):
            return None
        found = [relative for relative in self._relatives() if ids & _known(read_notes(relative.data))]
        return min(found, key=lambda relative: (relative.there, str(relative.path)), default=None)

    def _relatives(self) -> list[Relative]:
        folder = self._data.folder.parent
        relatives = []
        for each in sorted(folder.iterdir()) if folder.is_dir() else []:
            data = ProfileData(each)
            path = read_notes(data).get("path")
            if each != self._data.folder and isinstance(path, str):
                relatives.append(Relative(Path(path), data, (Path(path) / FOLDER_NAME).is_dir()))
        return relatives

    def asked(self) -> bool:
        """Whether the question was put in the chat already. Notes that it is put now.

        Raises:
            OSError: it can't be noted.
        """
        before = read_notes(self._data).get("origin_asked") is True
        if not before:
            change_notes(self._data, lambda notes: notes.update(origin_asked=True))
        return before

    def answer(self, origin: Origin) -> str:
        """The user's answer. Returns what people read.

        Raises:
            ProfileError: there is nothing to answer, or it was not moved: a profile still lies at the other path.
            OSError: what was taken over can't be written.
        """
        relative = self.relative()
        if relative is None:
            raise ProfileError(
                "This project's profile is not known from another path, or you have said already what it is.",
                "`learnchat review` lists what waits for your yes.",
            )
        taken = ""
        if origin is Origin.MOVED:
            if relative.there:
                raise ProfileError(
                    f"It was not moved: a profile still lies in {relative.path}.",
                    "`learnchat trust copied` or `cloned` says what it is; nothing is taken over then.",
                )
            taken = self._take_over(relative.data)

        def note(notes: Notes) -> None:
            notes["path"] = str(self._project.root)
            notes["profiles"] = sorted({*_known(notes), *profile_ids(self._project.folder)})
            notes["origin"] = {"was": origin.value, "from": str(relative.path)}

        change_notes(self._data, note)
        if origin is Origin.MOVED:
            return f"Moved from {relative.path}: {taken} taken over."
        return f"Noted: {origin} from {relative.path}. Nothing is taken over; `learnchat review` lists what waits."

    def _take_over(self, old: ProfileData) -> str:
        """Bring what the user did at the old path to the new one. The old files stay as they are."""
        new = self._data
        make_private_directory(new.folder)
        with lock(new.lock), lock(old.lock):
            marks, _ = read_json_lines(old.trust)
            mine, _ = read_json_lines(new.trust)
            decided = {record.get("id") for record in mine}
            append_json_lines(new.trust, [record for record in marks if record.get("id") not in decided])
            acts = self._take_journal(old)
            _append_new(old.inbox, new.inbox)
            _append_new(old.older_inbox, new.older_inbox)
            self._take_tombstones(old)
            sessions = _copy_new(old.sessions, new.sessions)
        trusted = len({record.get("id") for record in marks if record.get("mark")})
        return f"trust in {trusted} insights, {acts} acts and {sessions} conversations"

    def _take_journal(self, old: ProfileData) -> int:
        """The acts, as acts of this place now: so the log shows them, and undo takes them back."""
        records, _ = read_json_lines(old.journal)
        held = {record.get("id") for record in read_json_lines(self._data.journal)[0]}
        place = {"place": self._data.folder.name}
        new: list[Record] = [
            record | (place if record.get("place") == old.folder.name else {})
            for record in records
            if "id" not in record or record["id"] not in held
        ]
        append_json_lines(self._data.journal, new)
        return sum("id" in record for record in new)

    def _take_tombstones(self, old: ProfileData) -> None:
        if not self._data.tombstones.exists():
            append_json_lines(self._data.tombstones, read_json_lines(old.tombstones)[0])
            return
        # Another salt: what stands there can't be carried over, only made again from the words of the acts.
        stones = Tombstones(self._data.tombstones)
        journal = Journal(old.journal)
        journal.refresh()
        for event in journal.events():
            if event.refuses and not journal.is_undone(event):
                stones.set(event.id, event.at, event.name, event.statement)


def profile_ids(folder: Path) -> frozenset[str]:
    """The ids in a profile folder; several are aliases, from a merge. Empty where it can't be read."""
    try:
        documents = ProfileFolder(folder, private=False).content().documents
    except OSError:
        return frozenset()
    return frozenset(str(each["profile"]) for each in documents if each["id"] == PROFILE_ID and "profile" in each)


def _known(notes: Notes) -> frozenset[str]:
    known = notes.get("profiles")
    return frozenset(map(str, known)) if isinstance(known, list) else frozenset()


def _append_new(old: Path, new: Path) -> None:
    held = read_json_lines(new)[0]
    append_json_lines(new, [record for record in read_json_lines(old)[0] if record not in held])


def _copy_new(old: Path, new: Path) -> int:
    copied = 0
    for path in sorted(old.glob("*.jsonl")) if old.is_dir() else []:
        make_private_directory(new)
        if not (new / path.name).exists():
            shutil.copy2(path, new / path.name)
            copied += 1
    return copied
