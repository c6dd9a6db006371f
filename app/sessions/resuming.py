"""Going on with a session that was held before. In the engine's thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.learning.transcripts.saved import SavedSession, read_saved

if TYPE_CHECKING:
    from learnchat.app.attachments.gathering import Attached
    from learnchat.app.parts import Parts
    from learnchat.learning.transcripts.session import SessionFile

# What the user was told so long ago is not what they quote or paste now.
REPLIES_HEARD = 20


@dataclass(frozen=True, slots=True)
class Resumed:
    """A session that is gone on with."""

    saved: SavedSession
    attached: Mapping[str, Attached]
    """What went along with its messages, by their ids."""

    def remarks(self) -> list[str]:
        """What has to be said of it: that a summary goes along in place of its beginning, and what was not kept."""
        from learnchat.app.compacting import in_force, summary_words

        path = self.saved.branches.path()
        ids = [said.id for said in path]
        compaction = in_force(ids, self.saved.compactions)
        begin = ids.index(compaction.until) + 1 if compaction is not None else 0
        lost = sum(bool(said.facts.get("attached")) and said.id not in self.attached for said in path[begin:])
        messages = "a message" if lost == 1 else f"{lost:,} messages"
        return [
            *([summary_words(begin)] if begin else []),
            *([f"The files that went along with {messages} were not kept: name them again with @."] if lost else []),
        ]


def take_up(parts: Parts, file: SessionFile) -> Resumed:
    """Read a session, and write what comes from now on behind it; memory is given to the model anew.

    Raises:
        OSError: it can't be read; the session before goes on.
    """
    from learnchat.app.attachments.keeping import given_back
    from learnchat.learning.transcripts.attached import read_attached

    saved = read_saved(file)
    attached = {message: given_back(items) for message, items in read_attached(file.path).items()}
    parts.begin_session()
    parts.transcript = type(parts.transcript).reopen(file, parts.project.root, parts.clock)
    replies = [said.text for said in saved.branches.path() if said.role == "assistant"]
    for reply in replies[-REPLIES_HEARD:]:
        parts.watcher.said(reply)
    return Resumed(saved, attached)


def fork_here(parts: Parts, saved: SavedSession, at: str) -> SessionFile:
    """A copy of a session up to a message, as a session of its own.

    Raises:
        OSError: it can't be written.
    """
    from learnchat.learning.transcripts.shelf import fork

    return fork(saved, at, parts.data.sessions, parts.project.root, parts.clock)
