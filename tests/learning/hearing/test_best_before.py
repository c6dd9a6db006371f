from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from learnchat.learning.hearing.best_before import best_before, end_of_day

WEDNESDAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("no deploys until Friday", "2026-04-03"),
        ("Until friday, deploy by hand", "2026-04-03"),
        ("we use the old API till next friday", "2026-04-10"),
        ("freeze the schema until this Friday", "2026-04-03"),
        ("deploy by hand until Wednesday", "2026-04-08"),
        ("don't touch billing until Monday", "2026-04-06"),
        ("leave it alone until tomorrow", "2026-04-02"),
        ("no merges until end of day", "2026-04-01"),
        ("just for today use port 9000", "2026-04-01"),
        ("use staging until the end of the week", "2026-04-05"),
        ("use staging until end of next week", "2026-04-12"),
        ("use staging until next week", "2026-04-05"),
        ("no new features until end of month", "2026-04-30"),
        ("no new features until EOM", "2026-04-30"),
        ("the flag stays on till end of March", "2027-03-31"),
        ("the flag stays on till the end of June", "2026-06-30"),
        ("the flag stays on until June", "2026-05-31"),
        ("the flag stays on until May", "2026-04-30"),
        ("the flag stays on until mid-May", "2026-05-15"),
        ("support Node 18 until March 5th, 2027", "2027-03-05"),
        ("support Node 18 until 5 March", "2027-03-05"),
        ("support Node 18 until Dec 24", "2026-12-24"),
        ("support Node 18 until 2026-12-01", "2026-12-01"),
        ("support Node 18 until 2027", "2026-12-31"),
        ("support Node 18 until the end of 2027", "2027-12-31"),
        ("support Node 18 until end of Q3", "2026-09-30"),
        ("no refactoring for this sprint", "2026-04-15"),
        ("no refactoring for the next two sprints", "2026-04-29"),
        ("no refactoring this week", "2026-04-05"),
        ("I'm on call for the rest of this month", "2026-04-30"),
        ("use the sandbox for the next 10 days", "2026-04-11"),
        ("keep v1 alive for this quarter", "2026-06-30"),
    ],
)
def test_a_day_is_read_from_the_words(sentence: str, day: str) -> None:
    found = best_before(sentence, WEDNESDAY)
    assert found is not None
    assert (found.day.isoformat(), found.recheck) == (day, False)
    assert found.words in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "keep both endpoints while v2 is in beta",
        "use the mock while the payment provider is still down",
        "no migrations until the release",
        "pin React until the rewrite is done",
        "use the fork until our PR is merged",
        "stay on the old client until v3 ships",
        "we support both formats until v2.1",
        "no schema changes until further notice",
        "use SQLite for the time being",
        "we temporarily host it on Fly",
        "as long as the importer is synchronous, keep batches small",
    ],
)
def test_what_names_no_day_is_looked_at_again_in_30_days(sentence: str) -> None:
    found = best_before(sentence, WEDNESDAY)
    assert found is not None
    assert (found.day, found.recheck) == (date(2026, 5, 1), True)


@pytest.mark.parametrize(
    "sentence",
    [
        "we use Tailwind",
        "we used Jest until March",
        "we were on Heroku until last week",
        "this week we decided to use GraphQL",
        "this sprint we moved from npm to pnpm",
        "retry until it answers",
        "wait until the migration is done, then restart",
        "poll until the release is out",
        "while testing I saw a timeout",
        "don't stop until all tests pass",
        "may be slow until it warms up",
        "run it until march tests are green",
        "valid until 2026-02-31",
        "support Node 16 until 2020-01-01",
        "support Node 16 until the end of 2025",
        "finish it by Friday",
        "the report covers this month's orders and was late",
        "scroll until the end of the list",
    ],
)
def test_its_twins_have_none(sentence: str) -> None:
    assert best_before(sentence, WEDNESDAY) is None


def test_a_long_sentence_is_read_in_linear_time() -> None:
    for text in ("while a b c d e f " * 2000, "until the " * 4000, "as long as x " * 3000, "until " + "a " * 10_000):
        started = time.process_time()
        best_before(text, WEDNESDAY)
        assert time.process_time() - started < 0.2


@pytest.fixture
def in_auckland(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no time zone from the environment")
@pytest.mark.usefixtures("in_auckland")
def test_a_day_ends_where_the_user_is() -> None:
    assert end_of_day(date(2026, 12, 1)) == datetime(2026, 12, 1, 10, 59, 59, tzinfo=UTC)
