from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from learnchat.learning.clock import from_local, local, parse_timestamp, timestamp


def test_a_time_without_a_zone_is_in_utc() -> None:
    assert parse_timestamp("2026-11-21T09:00:00") == datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_timestamp(text)


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the user is."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-11-21T09:00:00Z"])
def test_every_moment_is_some_time_where_the_user_is(zone: str, text: str) -> None:
    moment = parse_timestamp(text)
    assert local(moment) == moment


def test_a_moment_of_this_time_is_shown_by_the_clock_on_the_wall(zone: str) -> None:
    hours = {"UTC": 9, "Asia/Tokyo": 18, "America/New_York": 4}
    assert local(parse_timestamp("2026-11-21T09:00:00Z")).hour == hours[zone]
    assert from_local(datetime(2026, 11, 21, hours[zone])) == datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_the_last_and_the_first_second_that_can_be_written_are_read(zone: str) -> None:
    for written in (datetime.max.replace(microsecond=0), datetime.min):
        assert parse_timestamp(timestamp(from_local(written))) == from_local(written)
