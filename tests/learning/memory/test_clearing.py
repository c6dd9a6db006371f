from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.memory.clearing import as_one, skip_all, undo_last
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import RECHECK
from support.memory import Place, make_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def test_all_that_waits_is_skipped_and_had_back_together(place: Place) -> None:
    profiles = place.open()
    kept = profiles.remember("We use tabs")
    waiting = [place.propose(profiles, f"We use tool {number}") for number in range(3)]
    acts = skip_all(profiles, Means.INBOX)
    assert profiles.inbox.pending() == []
    told = as_one(acts)
    assert told is not None
    assert told.sentence == "Skipped all 3: nothing of it is saved"
    undone = undo_last(profiles)
    assert undone is not None
    assert undone.sentence == "Undone: 3 wait in the inbox again"
    assert [each.id for each in profiles.inbox.pending()] == [each.id for each in waiting]
    assert [each.id for each in profiles.insights()] == [kept.insight.id if kept.insight else ""]


def test_what_was_done_since_is_taken_back_alone(place: Place) -> None:
    profiles = place.open()
    for number in range(2):
        place.propose(profiles, f"We use tool {number}")
    skip_all(profiles, Means.INBOX)
    profiles.remember("We use tabs")
    undone = undo_last(profiles)
    assert undone is not None
    assert "We use tabs" in undone.sentence
    assert profiles.inbox.pending() == []


def test_whether_an_insight_still_holds_is_not_answered(place: Place) -> None:
    profiles = place.open()
    question = place.propose(profiles, "We use tabs", detector=RECHECK)
    assert as_one(skip_all(profiles, Means.INBOX)) is None
    assert [each.id for each in profiles.inbox.pending()] == [question.id]


def test_one_alone_is_told_as_itself(place: Place) -> None:
    profiles = place.open()
    place.propose(profiles, "We use tabs")
    (act,) = skip_all(profiles, Means.INBOX)
    assert as_one([act]) == act
    undone = undo_last(profiles)
    assert undone is not None
    assert "We use tabs" in undone.sentence


def test_nothing_to_take_back_is_nothing(place: Place) -> None:
    assert undo_last(place.open()) is None
