from __future__ import annotations

from datetime import UTC, datetime

import pytest

from learnchat.learning.clock import parse_timestamp


def test_a_time_without_a_zone_is_in_utc() -> None:
    assert parse_timestamp("2026-11-21T09:00:00") == datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_timestamp(text)
