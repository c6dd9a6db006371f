"""What grows, and by how much: nothing that is read at an opening may grow with anything but the user's own acts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile import storage
from learnchat.learning.profile.insight import Means
from support.memory import Place, detection, make_place

STATEMENT = "The billing service listens on a port of its own because the queue must not wait, rule {:03}"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    return make_place(tmp_path)


def sizes(place: Place) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in place.data.folder.iterdir() if path.is_file()}


def confirm(place: Place, profiles: Profiles, number: int) -> int:
    """Bytes that the journal grows by."""
    before = place.data.journal.stat().st_size if place.data.journal.exists() else 0
    profiles.confirm(place.propose(profiles, STATEMENT.format(number), tags=("billing",)), Means.TOAST)
    return place.data.journal.stat().st_size - before


def test_a_decision_takes_as_many_bytes_of_the_journal_after_a_hundred_as_after_none(place: Place) -> None:
    profiles = place.open()
    taken = [confirm(place, profiles, number) for number in range(100)]
    # The act's number has more digits.
    assert max(taken) - min(taken) <= 4
    # The words are in it twice: as what was said, and as what was made of it. The README says how much a year takes.
    assert max(taken) < 3 * len(STATEMENT) + 700


def test_what_decides_nothing_lets_no_file_of_decisions_grow(place: Place) -> None:
    profiles = place.open()
    for number in range(5):
        confirm(place, profiles, number)
    before = sizes(place)
    for _ in range(3):
        profiles = place.open()
        list(profiles.insights()), profiles.review(), profiles.waiting(), profiles.health(), profiles.repair()
        profiles.objection(detection("We use pnpm")), profiles.history.acts(), profiles.settle()
        place.clock.advance(24 * 60 * 60)
    assert sizes(place) == before


def test_changing_one_insight_again_and_again_takes_no_more_each_time(place: Place) -> None:
    profiles = place.open()
    confirm(place, profiles, 0)
    [insight] = profiles.insights()
    taken = []
    for number in range(30):
        before = place.data.journal.stat().st_size
        profiles.edit(insight.id, Means.COMMAND, because=f"reason {number:03}")
        taken.append(place.data.journal.stat().st_size - before)
    assert max(taken[1:]) - min(taken[1:]) <= 8


def test_no_file_is_written_that_would_be_too_large_to_be_read_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles = place.open()
    profiles.remember("We use pnpm")
    first = place.documents()
    monkeypatch.setattr(storage, "SIZE_LIMIT", place.insights_file.stat().st_size + 120)

    act = place.open().remember(STATEMENT)

    assert "larger than" in act.sentence
    assert place.documents() == first
    assert {each.statement for each in place.open().insights()} == {"We use pnpm", STATEMENT}
    assert act.insight is not None
    place.open().forget(act.insight.id, Means.COMMAND)
    assert [each.statement for each in place.open().insights()] == ["We use pnpm"]
