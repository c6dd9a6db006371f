"""Where the files of a project are looked up, and how much of them may go along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from learnchat.app.attachments.gathering import Workplace
from learnchat.app.attachments.reading import Limits

if TYPE_CHECKING:
    from learnchat.app.parts import Parts


def workplace(parts: Parts, opened: Path) -> Workplace:
    """In the engine's thread: the project's root, the folder in which learnchat was opened, and the user's limits."""
    given = parts.configuration.attachments
    limits = Limits(file=given.file_kb, message=given.message_kb, image=given.image_kb)
    return Workplace(parts.project.root, opened, limits)
