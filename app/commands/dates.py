"""Best-before dates as people write them."""

from __future__ import annotations

from datetime import datetime

from learnchat.learning.clock import from_local, parse_timestamp
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line


def read_date(text: str, now: datetime) -> datetime:
    """The end of a day in the user's own time zone, or the moment that was named.

    Args:
        text: what was written.
        now: what it must lie ahead of: what has expired when it is saved would never be recalled.

    Raises:
        LearnchatError: it is no date, or has passed.
    """
    try:
        if len(text) == len("2026-12-31"):
            date = from_local(datetime.fromisoformat(f"{text}T23:59:59"))
        else:
            date = parse_timestamp(text)
    except ValueError:
        raise LearnchatError(f"{one_line(text)} is not a date.", "Write it like 2026-12-31.") from None
    if date <= now:
        raise LearnchatError(
            f"{one_line(text)} has passed: it would never be recalled.", "A best-before date lies ahead."
        )
    return date
