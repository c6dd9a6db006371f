from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from learnchat.app.models.failures import explain
from learnchat.app.models.retry_after import seconds_to_wait

NOW = datetime(2026, 11, 21, 9, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "6.5"}, 6.5),
        ({"retry-after": "20", "retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "Sat, 21 Nov 2026 09:00:30 GMT"}, 30),
        ({"retry-after": "Sat, 21 Nov 2026 08:00:00 GMT"}, 0),
        ({"retry-after": "Sat, 21 Nov 2026 09:00:30"}, 30),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": f"Sat, 21 Nov 2026 09:00:30 -{'9' * 30}"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
        (None, None),
    ],
)
def test_headers_say_it_in_seconds_milliseconds_or_as_a_date(
    headers: dict[str, str] | None, seconds: float | None
) -> None:
    assert seconds_to_wait(headers, {}, NOW) == seconds


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ({"details": [{"@type": "x"}, {"retryDelay": "34s"}]}, 34),
        ({"details": [{"retryDelay": "1.5s"}]}, 1.5),
        ({"details": [{"retryDelay": "soon"}, 5]}, None),
        ({"details": "none"}, None),
        ({"details": [{"retryDelay": f"{'9' * 400}s"}]}, None),
    ],
)
def test_google_says_it_among_the_details(body: dict[str, Any], seconds: float | None) -> None:
    assert seconds_to_wait(None, body, NOW) == seconds


class RateLimited(Exception):
    status_code = 429


def test_it_is_found_in_the_text_that_a_library_makes_of_an_answer() -> None:
    text = '429 {"error": {"code": 429, "message": "Slow down.", "details": [{"retryDelay": "12s"}]}}'
    error = explain(RateLimited(text), "gemini", "gemini/x")
    assert (error.kind, error.retry_after) == ("limit", 12)
    assert "Wait 12 s" in error.hint
