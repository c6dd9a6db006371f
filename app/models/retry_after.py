"""When a service wants to be asked again, in the ways in which services say so."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

# Seconds or a date (RFC 9110, 10.2.3), and OpenAI's own in milliseconds, which is the finer one.
_SECONDS = "retry-after"
_MILLISECONDS = "retry-after-ms"
# Google's, among the details of an error: "34s" or "1.5s" (google.rpc.RetryInfo).
_DELAY = re.compile(r"(\d+(?:\.\d+)?)s\Z")


def seconds_to_wait(headers: Mapping[str, str] | None, body: Mapping[str, Any], now: datetime) -> float | None:
    """The pause that a service names; None where it names none.

    Args:
        headers: of its response.
        body: what it said about the error, in its own fields.
        now: the time, for those who name a moment.
    """
    found = None
    if headers:
        found = _number(headers.get(_MILLISECONDS), 0.001)
        found = _number(headers.get(_SECONDS)) if found is None else found
        found = _until(headers.get(_SECONDS), now) if found is None else found
    return _delay(body.get("details")) if found is None else found


def _number(text: str | None, unit: float = 1.0) -> float | None:
    try:
        number = float(text or "") * unit
    except (ValueError, TypeError):
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _until(text: str | None, now: datetime) -> float | None:
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, OverflowError):
        return None
    # A date without a zone is in UTC.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def _delay(details: object) -> float | None:
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, dict) and (match := _DELAY.match(str(detail.get("retryDelay", "")))):
            return _number(match[1])
    return None
