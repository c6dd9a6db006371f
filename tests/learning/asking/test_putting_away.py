from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.app.commands.log import _proposers
from learnchat.learning.asking import putting_away
from learnchat.learning.asking.putting_away import KEPT, LEAST_PROPOSALS, put_away
from learnchat.learning.disk.files import replace_file
from learnchat.learning.memory.compaction import compact
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import Proposal, ProposalState
from support.memory import Place, detection, make_place

MONTH = (KEPT + timedelta(hours=1)).total_seconds()
WEEK = timedelta(days=8).total_seconds()


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(putting_away, "LEAST_PROPOSALS", 1)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def decided(place: Place, profiles: Profiles) -> dict[str, Proposal]:
    """One of each state, by the state's name."""
    made = {name: place.propose(profiles, f"We use {name} tools") for name in ("some", "no", "bad", "other")}
    profiles.confirm(made["some"], Means.TOAST)
    profiles.skip(made["no"], Means.TOAST)
    profiles.never(made["bad"], Means.TOAST)
    return {"confirmed": made["some"], "skipped": made["no"], "never": made["bad"], "lapsed": made["other"]}


def states(profiles: Profiles) -> dict[str, str]:
    return {each.statement: each.state.value for each in profiles.inbox.all()}


def test_what_was_decided_or_lapsed_a_month_ago_is_no_longer_read_and_is_not_lost(place: Place) -> None:
    profiles = place.open()
    old = decided(place, profiles)
    before = {each.id: each for each in profiles.inbox.all()}
    place.clock.advance(MONTH + WEEK)
    waiting = place.propose(profiles, "The API returns cents")
    assert put_away(profiles.inbox, place.data, place.clock.now()) == len(old)
    again = place.open()
    assert [each.id for each in again.inbox.all()] == [waiting.id]
    kept = {each.id: each for each in again.inbox.older.all()}
    assert {each.id for each in old.values()} == kept.keys()
    assert all(kept[each.id].state.value == state for state, each in old.items())
    assert kept[old["confirmed"].id] == before[old["confirmed"].id]
    assert again.health() == []
    assert _proposers(again).keys() == {*kept, waiting.id}


def test_what_is_younger_or_waits_stays(place: Place) -> None:
    profiles = place.open()
    decided(place, profiles)
    before = states(profiles)
    place.clock.advance(KEPT.total_seconds() - 60)
    assert put_away(profiles.inbox, place.data, place.clock.now()) == 0
    place.clock.advance(120)
    # What has lapsed did so a week later.
    assert put_away(profiles.inbox, place.data, place.clock.now()) == len(before) - 1
    assert states(place.open()) == {"We use other tools": "lapsed"}


def test_a_refusal_holds_as_long_as_it_did_before(place: Place) -> None:
    profiles = place.open()
    old = decided(place, profiles)
    place.clock.advance(timedelta(days=29).total_seconds())
    compact(place.open(), place.clock)
    assert place.open().objection(detection(old["skipped"].statement)) is not None
    place.clock.advance(MONTH)
    compact(place.open(), place.clock)
    assert place.open().inbox.get(old["skipped"].id) is None
    assert place.open().objection(detection(old["skipped"].statement)) is None
    assert place.open().objection(detection(old["never"].statement)) is not None


def test_the_dial_computed_anew_knows_the_answers_that_were_put_away(place: Place) -> None:
    profiles = place.open()
    decided(place, profiles)
    before = profiles.answers.rebuild()
    assert len(before) == 3
    place.clock.advance(MONTH + WEEK)
    assert put_away(profiles.inbox, place.data, place.clock.now()) == 4
    assert place.open().answers.rebuild() == before


def test_a_window_that_shows_it_for_a_month_does_not_decide_twice(place: Place) -> None:
    old = decided(place, place.open())
    place.clock.advance(MONTH + WEEK)
    put_away(place.open().inbox, place.data, place.clock.now())
    profiles = place.open()
    with pytest.raises(ProfileError, match="already decided"):
        profiles.confirm(old["confirmed"], Means.TOAST)
    # Nobody said anything to the one that lapsed.
    assert profiles.confirm(old["lapsed"], Means.TOAST).insight is not None
    with pytest.raises(ProfileError, match="already decided"):
        place.open().confirm(old["lapsed"], Means.TOAST)


def test_forgotten_for_good_its_words_leave_what_was_put_away_too(place: Place) -> None:
    profiles = place.open()
    old = decided(place, profiles)
    place.clock.advance(MONTH + WEEK)
    put_away(profiles.inbox, place.data, place.clock.now())
    assert b"some tools" in place.data.older_inbox.read_bytes()
    [insight] = place.open().insights()
    place.open().forget(insight.id, Means.COMMAND)
    place.clock.advance(timedelta(days=2).total_seconds())
    compact(place.open(), place.clock)
    assert b"some tools" not in place.data.older_inbox.read_bytes()
    assert place.open().inbox.older.get(old["confirmed"].id) is not None


def test_a_crash_between_the_two_files_loses_nothing_and_doubles_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles = place.open()
    old = decided(place, profiles)
    place.clock.advance(MONTH + WEEK)

    def fail(*_: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as killed:
        killed.setattr(putting_away, "replace_file", fail)
        with pytest.raises(OSError, match="killed"):
            put_away(profiles.inbox, place.data, place.clock.now())
    assert len(place.open().inbox.all()) == len(old)
    assert put_away(place.open().inbox, place.data, place.clock.now()) == len(old)
    assert place.open().inbox.all() == []
    assert len(place.open().inbox.older.all()) == len(old)


def test_lines_that_can_not_be_read_stay_to_be_mended(place: Place) -> None:
    profiles = place.open()
    decided(place, profiles)
    replace_file(place.data.inbox, place.data.inbox.read_bytes() + b'{"id":[]}\n{"event":"made","propo\n')
    place.clock.advance(MONTH + WEEK)
    put_away(place.open().inbox, place.data, place.clock.now())
    assert place.data.inbox.read_bytes().split() == [b'{"id":[]}', b'{"event":"made","propo']


def test_the_inbox_does_not_grow_with_the_months(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(putting_away, "LEAST_PROPOSALS", LEAST_PROPOSALS)
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    profiles = place.open()
    sizes = []
    for day in range(80):
        for number in range(3):
            profiles.inbox.add([proposal := place.proposal(f"Day {day} has its rule {number}")])
            profiles.inbox.set_state(proposal, ProposalState.SKIPPED)
        if day == 0:
            profiles.skip(place.propose(profiles, "We use tabs"), Means.TOAST)
        place.clock.advance(timedelta(days=1, minutes=1).total_seconds())
        compact(profiles, place.clock)
        sizes.append(place.data.inbox.stat().st_size)
    assert max(sizes[60:]) <= max(sizes[:60])
    assert len(place.open().inbox.all()) <= 3 * 33 + LEAST_PROPOSALS
    assert len(place.open().inbox.older.all()) + len(place.open().inbox.all()) == 80 * 3 + 1
