"""Which readings of this project's conversations are due, and what becomes of them: all of it in the engine's thread.

They are taken from the end of the transcripts, so that what is judged is what was written down: without secrets, and
the same after a crash.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from learnchat.app.parts import Parts
from learnchat.learning.judging.judge import Judgement
from learnchat.learning.judging.memory import forget_old
from learnchat.learning.judging.reading import WINDOW_EXCHANGES
from learnchat.learning.judging.session import Due, JudgedSession
from learnchat.learning.proposal import JUDGE, Proposal
from learnchat.learning.transcripts.session import Utterance, list_sessions
from learnchat.learning.transcripts.tail import format_named, read_tail

OLD_SESSIONS = 3
"""So many earlier sessions are read to their end when the chat opens. Who opens it more often has read them."""

OLD = timedelta(days=1)
"""What is older is not read any more: its memory is gone."""

TAIL_BYTES = 128 * 1024
"""So much of the end of a conversation of our own holds the exchanges of a reading: nothing but what was said stands
there. The megabyte that other assistants' sessions need would take 60 ms after each reply."""


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
    def heard(message: str) -> bool:
        return any(each.source.message == message and each.detector != JUDGE for each in parts.profiles.inbox.all())

    if session not in parts.judged:
        parts.judged[session] = JudgedSession(parts.profiles, parts.data.judged, session, heard, parts.clock)
    return parts.judged[session]


def _due_in(parts: Parts, session: str, path: Path, *, ended: bool) -> list[Due]:
    return _judged(parts, session).due(last_said(path), ended=ended)


def last_said(path: Path) -> list[Utterance]:
    """The end of a conversation of our own: at least the exchanges that a reading looks at, where there are so many.

    Raises:
        OSError: it can't be read.
    """
    own = format_named("learnchat")
    said = read_tail(path, own, TAIL_BYTES)
    # Few: long ones, or a short conversation.
    return said if sum(each.role == "user" for each in said) > WINDOW_EXCHANGES else read_tail(path, own)
