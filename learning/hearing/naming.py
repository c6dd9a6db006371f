"""What a statement is that the user saves by hand: its kind, its tags, and until when it holds, as a toast has them.

Nobody is asked about it, so how welcome a toast would be does not matter; only what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from learnchat.learning.clock import local
from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.analysis import Analyser
from learnchat.learning.kinds import Kind

# What the gate takes for less likely is mostly of another kind: "Anna owns the payment module" is heard as a change of
# the architecture with 0.16. Such a statement is a fact.
LEAST_CONFIDENCE = 0.2


@dataclass(frozen=True, slots=True)
class Named:
    """What a statement is."""

    kind: Kind = Kind.FACT
    tags: tuple[str, ...] = ()
    expires: datetime | None = None
    """Best before, where its words name a day."""


def named(text: str, analyser: Analyser, now: datetime) -> Named:
    """What a statement is, by its words.

    Args:
        text: the statement.
        analyser: that of the chat.
        now: for "until Friday".
    """
    # 6 ms for its patterns, as in `watcher`.
    from learnchat.learning.hearing.best_before import best_before, end_of_day
    from learnchat.learning.hearing.tags import tags_of

    heard = [one for one in analyser.analyse(Message(text)).detections if one.confidence >= LEAST_CONFIDENCE]
    heard.sort(key=lambda one: -one.confidence)
    heard = heard or [Detection(Kind.FACT, text, text, 0, len(text), 1.0)]
    until = best_before(text, local(now).date())
    return Named(heard[0].kind, tags_of(heard), end_of_day(until.day) if until is not None else None)
