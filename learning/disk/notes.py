"""`project.json`: small facts about a project in the user's data. Its path, the profile ids seen, what was answered."""

from __future__ import annotations

import json
from collections.abc import Callable
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
