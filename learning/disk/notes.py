"""`project.json`: small facts about a project in the user's data. Its path, the profile ids seen, what was answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from learnchat.learning.disk.files import make_private_directory, replace_file
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.user_data import ProfileData

Notes = dict[str, Any]


def read_notes(data: ProfileData) -> Notes:
    """The notes; none when there are none or they are damaged: all of them can be asked or found again."""
    try:
        notes = json.loads(data.project_file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return notes if isinstance(notes, dict) else {}


def change_notes(data: ProfileData, change: Callable[[Notes], None]) -> Notes:
    """Change the notes under the project's lock; written only when something differs.

    Raises:
        OSError: they can't be written.
    """
    with lock(data.lock):
        notes = read_notes(data)
        before = json.dumps(notes)
        change(notes)
        if json.dumps(notes) != before:
            make_private_directory(data.folder)
            replace_file(data.project_file, (json.dumps(notes, ensure_ascii=False, indent=2) + "\n").encode())
    return notes


def note_profiles(data: ProfileData, path: Path, documents: Iterable[Mapping[str, Any]]) -> None:
    """Note which profile was seen at a path: of a merge there may be several, which are aliases.

    Raises:
        OSError: it can't be written.
    """
    seen = [str(document["profile"]) for document in documents if document["id"] == "profile" and "profile" in document]

    def change(notes: Notes) -> None:
        notes["path"] = str(path)
        known = notes.get("profiles")
        notes["profiles"] = sorted({*map(str, known if isinstance(known, list) else []), *seen})

    change_notes(data, change)
