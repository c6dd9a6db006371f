"""Which session somebody means: the last one, or one by the beginning of its id."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from learnchat.app.sessions.nearest import nearest
from learnchat.learning.errors import LearnchatError
from learnchat.learning.transcripts.session import SessionFile, last_record, list_sessions, only_asked

if TYPE_CHECKING:
    from learnchat.app.locations import Locations

LAST = ""
"""In place of the beginning of an id: the session in which something was said last."""
WAY = "`learnchat sessions` lists them."
# Of the ids that a beginning fits, named in an error.
NAMED = 5


def sessions_folder(directory: Path, locations: Locations) -> Path:
    """Where the sessions of a directory's project lie; outside of a project those of the user."""
    from learnchat.learning.disk.project import find_project

    project = find_project(directory)
    data = locations.user_data.project(project.root) if project.has_project else locations.user_data.personal
    return data.sessions


def find_session(folder: Path, wanted: str, way: str = WAY, *, chats_only: bool = False) -> SessionFile:
    """The session that was named.

    Args:
        folder: where the sessions lie.
        wanted: as much of the id's beginning as it takes, or `LAST`.
        way: how all of them are listed, for the error.
        chats_only: the last one is one of the chat, whatever was asked on the command line since.

    Raises:
        LearnchatError: there is none, or several begin so; names the nearest.
    """
    files = list_sessions(folder)
    return choose_session(files, wanted, way) if wanted else _last(files, chats_only)


def choose_session(files: Sequence[SessionFile], wanted: str, way: str = WAY) -> SessionFile:
    """The one of some sessions whose id begins like this.

    Raises:
        LearnchatError: none does, or several; names the nearest.
    """
    prefix = wanted.strip().lower()
    found = [file for file in files if prefix and file.session.startswith(prefix)]
    exact = [file for file in found if file.session == prefix]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        ids = ", ".join(file.session for file in found[:NAMED])
        more = ", …" if len(found) > NAMED else ""
        raise LearnchatError(f"{len(found)} conversations begin with {wanted}: {ids}{more}.", "Give more of the id.")
    if not files:
        raise LearnchatError("There are no conversations here yet.", "`learnchat` begins one.")
    near = [f"{file.session} “{title}”" for file, title in nearest(files, prefix)]
    meant = f"The nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}. " if near else ""
    raise LearnchatError(f"There is no conversation with the id {wanted} here.", meant + way)


def _last(files: Sequence[SessionFile], chats_only: bool) -> SessionFile:
    """The session that was written to last; what was only imported comes after what was said here."""

    def written(file: SessionFile) -> tuple[bool, float]:
        try:
            return "imported" not in last_record(file.path), file.path.stat().st_mtime
        except OSError:
            return False, 0.0

    newest_first = sorted(files, key=written, reverse=True)
    found = next((file for file in newest_first if not (chats_only and _only_asked(file))), None)
    if found is None:
        asked = " `learnchat ask -c` goes on with what was asked." if files else ""
        raise LearnchatError("There is no conversation here to go on with.", f"`learnchat` begins one.{asked}")
    return found


def _only_asked(file: SessionFile) -> bool:
    try:
        return only_asked(file.path)
    except OSError:
        return True
