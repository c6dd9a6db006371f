"""Going on with a session that was held before. In the engine's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.learning.transcripts.saved import SavedSession, read_saved

if TYPE_CHECKING:
    from learnchat.app.engine import Parts
    from learnchat.learning.transcripts.session import SessionFile

# What the user was told so long ago is not what they quote or paste now.
REPLIES_HEARD = 20


def take_up(parts: Parts, file: SessionFile) -> SavedSession:
    """Read a session, and write what comes from now on behind it; memory is given to the model anew.

    Raises:
        OSError: it can't be read; the session before goes on.
    """
    saved = read_saved(file)
    parts.begin_session()
    parts.transcript = type(parts.transcript).reopen(file, parts.project.root, parts.clock)
    replies = [said.text for said in saved.branches.path() if said.role == "assistant"]
    for reply in replies[-REPLIES_HEARD:]:
        parts.watcher.said(reply)
    return saved


def fork_here(parts: Parts, saved: SavedSession, at: str) -> SessionFile:
    """A copy of a session up to a message, as a session of its own.

    Raises:
        OSError: it can't be written.
    """
    from learnchat.learning.transcripts.shelf import fork

    return fork(saved, at, parts.data.sessions, parts.project.root, parts.clock)
