"""Which readings of this project's conversations are due, and what becomes of them: all of it in the engine's thread.

They are taken from the end of the transcripts, so that what is judged is what was written down: without secrets, and
the same after a crash.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from learnchat.app.engine import Parts
from learnchat.learning.judging.judge import Judgement
from learnchat.learning.judging.memory import forget_old
from learnchat.learning.judging.session import Due, JudgedSession
from learnchat.learning.proposal import JUDGE, Proposal
from learnchat.learning.transcripts.session import list_sessions
from learnchat.learning.transcripts.tail import format_named, read_tail

OLD_SESSIONS = 3
"""So many earlier sessions are read to their end when the chat opens. Who opens it more often has read them."""

OLD = timedelta(days=1)
"""What is older is not read any more: its memory is gone."""


def due_now(parts: Parts) -> list[Due]:
    """What is to be read of the conversation that goes on."""
    transcript = parts.transcript
    if parts.temporary or not transcript.path.exists():
        return []
    return _due_in(parts, transcript.session, transcript.path, ended=False)


def left_over(parts: Parts) -> list[Due]:
    """What was not read of earlier conversations, because the program was closed or killed."""
    if parts.temporary:
        return []
    forget_old(parts.data.judged, parts.clock)
    found: list[Due] = []
    since = parts.clock.now() - OLD
    old = [each for each in list_sessions(parts.data.sessions) if each.session != parts.transcript.session]
    for each in old[:OLD_SESSIONS]:
        if each.path.stat().st_mtime >= since.timestamp():
            found += _due_in(parts, each.session, each.path, ended=True)
    return found


def file(parts: Parts, due: Due, judgement: Judgement) -> Sequence[Proposal]:
    """Put what came of a reading into the inbox; returns what is new there.

    Raises:
        OSError: it can't be written; the reading counts as not done.
    """
    return _judged(parts, due.session).file(due, judgement).proposals


def _judged(parts: Parts, session: str) -> JudgedSession:
    heard = {each.source.message for each in parts.profiles.inbox.all() if each.detector != JUDGE}
    return JudgedSession(parts.profiles, parts.data.judged, session, lambda message: message in heard, parts.clock)


def _due_in(parts: Parts, session: str, path: Path, *, ended: bool) -> list[Due]:
    return _judged(parts, session).due(read_tail(path, format_named("learnchat")), ended=ended)
