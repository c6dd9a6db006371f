"""Dates on the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from learnchat.learning.clock import parse_timestamp
from learnchat.learning.errors import LearnchatError


def read_date(text: str) -> datetime:
    """The end of a day in the user's own time zone, or the moment that was named.

    Raises:
        LearnchatError: it is no date.
    """
    try:
        if len(text) == len("2026-12-31"):
            return datetime.fromisoformat(f"{text}T23:59:59").astimezone(UTC)
        return parse_timestamp(text)
    except ValueError:
        raise LearnchatError(f"{text} is not a date.", "Write it like 2026-12-31.") from None
