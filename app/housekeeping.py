"""What the engine tidies once it is open: memory forgotten a day ago, deleted and outlived conversations, and answers
that an earlier learnchat counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.app.parts import Parts


def keep_house(parts: Parts) -> None:
    """In the engine's thread, after the opening. What fails is noted in the log and tried again the next time."""
    from learnchat.app.logs import log_failure
    from learnchat.learning.memory.compaction import compact, drop_old_sessions
    from learnchat.learning.transcripts.shelf import drop_deleted

    try:
        compact(parts.profiles, parts.clock)
        drop_old_sessions(parts.data.sessions, parts.configuration.sessions.keep_days, parts.clock)
        drop_deleted(parts.data.sessions, parts.clock)
        parts.profiles.answers.recount()
    except OSError as error:
        log_failure(error)
