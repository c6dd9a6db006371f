from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.learning.kinds import Scope
from learnchat.learning.memory.acts import Rewording
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import ProposalState
from support.memory import Place, detection, make_place

FROZEN = "Prices are frozen for the sale"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def learn(
    place: Place, profiles: Profiles, days: float = 1, statement: str = FROZEN, scope: Scope = Scope.PROJECT
) -> str:
    expires = place.clock.now() + timedelta(days=days)
    insight = profiles.confirm(place.propose(profiles, statement, expires=expires, scope=scope), Means.TOAST).insight
    assert insight is not None
    return insight.id


def a_day_later(place: Place) -> None:
    place.clock.advance(timedelta(days=1, minutes=1).total_seconds())


def test_what_has_come_to_its_date_is_asked_about_once(place: Place) -> None:
    profiles = place.open()
    name = learn(place, profiles)
    assert profiles.recheck() == []
    a_day_later(place)
    [asked] = profiles.recheck()
    assert (asked.statement, asked.replaces, asked.source.quote) == (FROZEN, name, FROZEN)
    assert profiles.recheck() == place.open().recheck() == []
    assert [each.id for each in profiles.inbox.pending()] == [asked.id]
    place.clock.advance(timedelta(days=8).total_seconds())
    # A week of silence: nothing has changed, and it is not asked again.
    assert profiles.recheck() == profiles.inbox.pending() == list(profiles.insights()) == []
    [document] = place.documents()
    assert (document["statement"], document.get("state")) == (FROZEN, None)


def test_yes_keeps_it_without_a_date_and_undo_asks_again(place: Place) -> None:
    profiles = place.open()
    name = learn(place, profiles)
    a_day_later(place)
    [asked] = profiles.recheck()
    act = profiles.confirm(asked, Means.TOAST)
    assert act.sentence == f"Kept: {FROZEN}"
    [insight] = profiles.insights()
    assert (insight.id, insight.entry.expires, insight.decision.source.session) == (name, None, "session-1")
    profiles.undo()
    assert list(profiles.insights()) == []
    assert [each.id for each in profiles.inbox.pending()] == [asked.id]
    assert profiles.recheck() == []


def test_a_new_date_is_asked_about_when_it_has_come(place: Place) -> None:
    profiles = place.open()
    learn(place, profiles)
    a_day_later(place)
    [asked] = profiles.recheck()
    until = place.clock.now() + timedelta(days=1)
    wording = Rewording(FROZEN, asked.kind, asked.tags, asked.scope, asked.because, until)
    assert profiles.confirm(asked, Means.TOAST, wording).sentence == f"Kept, best before {until:%Y-%m-%d}: {FROZEN}"
    [insight] = profiles.insights()
    assert insight.entry.expires == until.replace(microsecond=0)
    a_day_later(place)
    [again] = profiles.recheck()
    assert again.id != asked.id


def test_no_lets_it_go_and_says_nothing_about_asking(place: Place) -> None:
    profiles = place.open()
    learn(place, profiles)
    a_day_later(place)
    [asked] = profiles.recheck()
    assert profiles.skip(asked, Means.TOAST).sentence == f"Let go, it is recalled no longer: {FROZEN}"
    assert list(profiles.insights()) == profiles.recheck() == []
    # Heard anew it may be asked anew, and the dial has learned nothing.
    assert profiles.objection(detection(FROZEN)) is None
    assert [answer.confirmed for answer in profiles.answers.all()] == [True]
    assert len(profiles.answers.rebuild()) == 1


def test_what_was_changed_or_forgotten_meanwhile_is_not_asked_about(place: Place) -> None:
    profiles = place.open()
    kept, gone = learn(place, profiles), learn(place, profiles, statement="The old API answers until the move")
    a_day_later(place)
    first, second = sorted(profiles.recheck(), key=lambda each: each.replaces != kept)
    profiles.edit(kept, Means.COMMAND, lasts=True)
    profiles.forget(gone, Means.COMMAND)
    for proposal in (first, second):
        with pytest.raises(ProfileError, match="changed or forgotten since"):
            profiles.confirm(proposal, Means.INBOX)
    assert profiles.recheck() == profiles.inbox.pending() == []
    assert {each.state for each in profiles.inbox.all()} == {ProposalState.CONFIRMED, ProposalState.LAPSED}


def test_what_ran_out_long_ago_is_left_alone(place: Place) -> None:
    learn(place, place.open())
    place.clock.advance(timedelta(days=40).total_seconds())
    assert place.open().recheck() == []


def test_a_personal_one_is_asked_about_in_one_project_only(place: Place, tmp_path: Path) -> None:
    learn(place, place.open(), scope=Scope.PERSONAL)
    a_day_later(place)
    elsewhere = Place(tmp_path / "elsewhere", place.data_root, place.clock)
    elsewhere.root.mkdir()
    [asked] = elsewhere.open().recheck()
    assert place.open().recheck() == []
    profiles = elsewhere.open()
    wording = Rewording(asked.statement, asked.kind, scope=Scope.PROJECT)
    with pytest.raises(ProfileError, match="Where it holds"):
        profiles.confirm(asked, Means.INBOX, wording)
    profiles.confirm(asked, Means.INBOX)
    assert [each.statement for each in place.open().insights()] == [FROZEN]
