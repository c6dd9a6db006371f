"""Time, as a thing that is passed in: tests move it by hand."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the engine asks for the time."""

    def now(self) -> datetime:
        """The time of day, in UTC: for records that people read."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back: for countdowns and pauses."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC to the second, with a Z: the form in every file of learnchat."""
    # A third of the time of `strftime`, half of `isoformat`'s: a long list has tens of thousands of them.
    at = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return "%04d-%02d-%02dT%02d:%02d:%02dZ" % (at.year, at.month, at.day, at.hour, at.minute, at.second)  # noqa: UP031


def parse_timestamp(text: str) -> datetime:
    """Read what `timestamp` wrote, or any ISO 8601 time; one without a zone is taken for UTC.

    Raises:
        ValueError: it is not a time.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is UTC:
        return moment
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        # In UTC it is before the year 1, or after 9999.
        raise ValueError(str(error)) from None


def local(moment: datetime) -> datetime:
    """A moment as it is where the user is. What has no year there stays as it is in UTC: the last hours of 9999 have
    none to the east, and no platform knows all the years before."""
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment


def from_local(moment: datetime) -> datetime:
    """A time without a zone, as the user wrote it, in UTC; what has no year there is taken for UTC."""
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return moment.replace(tzinfo=UTC)
