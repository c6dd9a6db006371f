from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from learnchat.learning.disk.files import append_json_lines
from learnchat.learning.profile.documents import forgotten_document
from learnchat.learning.profile.event import Event, event_record, read_event
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.journal import Journal
from learnchat.learning.profile.trust import Mark
from learnchat.learning.proposal import Source

AT = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
DOCUMENT = {"id": "aaa", "revision": 1, "kind": "fact", "statement": "We use pnpm", "confirmed": "2026-04-01T09:00:00Z"}
FULL = Event(
    id="e1",
    name="confirmed",
    at=AT,
    means=Means.TOAST,
    place="shop-1",
    number=4,
    statement="We use pnpm",
    source=Source("we use pnpm", "s1", "m1", 3, 14),
    proposal="p1",
    documents=(DOCUMENT,),
    before=(forgotten_document("aaa", 1),),
    marks={"aaa": Mark("h", "e1", AT), "bbb": None},
    marks_before={"aaa": None},
    refuses=True,
    lifts=("e0",),
    restores=("e9",),
    undoes="e8",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_an_event_is_read_as_it_was_written(path: Path) -> None:
    Journal(path).append(FULL)
    journal = Journal(path)
    journal.refresh()
    assert journal.events() == [FULL]
    assert read_event(event_record(FULL)) == FULL


def test_the_decision_says_who_when_how_and_from_which_words(path: Path) -> None:
    decision = FULL.decision
    assert (decision.id, decision.who, decision.at, decision.means) == ("e1", "user", AT, Means.TOAST)
    assert decision.source == Source("we use pnpm", "s1", "m1", 3, 14)
    assert event_record(FULL)["who"] == "user"


def test_an_event_is_unwritten_until_it_is_noted_for_every_process(path: Path) -> None:
    journal, other = Journal(path), Journal(path)
    journal.append(FULL)
    other.refresh()
    assert other.unwritten() == [FULL]
    journal.mark_written([FULL])
    other.refresh()
    assert other.unwritten() == journal.unwritten() == []
    assert other.find("e1") == FULL
    assert other.find("e7") is None


def test_an_event_that_changes_no_file_has_nothing_to_write(path: Path) -> None:
    journal = Journal(path)
    journal.append(Event("e2", "skipped", AT, Means.TOAST, "shop-1"))
    assert journal.unwritten() == []


def test_an_undone_event_is_known_as_undone(path: Path) -> None:
    journal = Journal(path)
    journal.append(Event("e8", "skipped", AT, Means.TOAST, "shop-1"))
    journal.append(FULL)
    assert [journal.is_undone(event) for event in journal.events()] == [True, False]


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"event": "confirmed"},
        {**event_record(FULL), "at": "soon"},
        {**event_record(FULL), "means": "telepathy"},
        {**event_record(FULL), "documents": [{"id": "../x", "revision": 1}]},
        {**event_record(FULL), "documents": 5},
        {**event_record(FULL), "marks": []},
        {**event_record(FULL), "source": {"start": "x"}},
    ],
)
def test_a_record_that_is_no_event_is_counted_and_applied_by_nobody(path: Path, record: dict[str, object]) -> None:
    append_json_lines(path, [record])
    journal = Journal(path)
    journal.refresh()
    assert (journal.events(), journal.unreadable) == ([], 1)
