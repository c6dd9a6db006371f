from __future__ import annotations

import time
from pathlib import Path

import pytest

from learnchat.learning.detection import Detection
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.profile.insight import Means
from support.memory import Place, detection, make_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def heard(statement: str, **slots: str) -> Detection:
    return Detection(Kind.SWITCHING, statement, statement, 0, len(statement), 0.9, slots)


def test_what_is_known_in_other_words_is_not_asked(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use PostgreSQL")
    assert profiles.objection(detection("we moved to postgres")) == "already known"
    assert profiles.objection(detection("we moved to SQLite")) is None


def test_what_is_known_is_not_asked_though_all_its_words_are_light(place: Place) -> None:
    profiles = place.open()
    profiles.remember("We use Go")
    assert profiles.objection(detection("we use Go")) == "already known"


def test_what_contradicts_is_asked_and_names_what_it_replaces(place: Place) -> None:
    profiles = place.open()
    old = profiles.remember("we use Bootstrap").insight
    assert old is not None
    new = heard("We're switching from Bootstrap to Tailwind CSS", **{"from": "Bootstrap", "to": "Tailwind CSS"})
    assert profiles.objection(new) is None
    assert profiles.replaces(new) == old.id
    assert profiles.replaces(heard("We're switching from npm to pnpm", to="pnpm")) is None


def test_confirmed_it_takes_the_old_ones_place_and_undone_it_gives_it_back(place: Place) -> None:
    profiles = place.open()
    old = profiles.remember("we use Bootstrap").insight
    assert old is not None
    proposal = place.propose(profiles, "We moved from Bootstrap to Tailwind", replaces=old.id)
    profiles.confirm(proposal, Means.TOAST)
    assert [insight.statement for insight in profiles.insights()] == ["We moved from Bootstrap to Tailwind"]
    assert profiles.objection(heard("we use Bootstrap")) is None
    profiles.undo()
    assert [insight.statement for insight in profiles.insights()] == ["we use Bootstrap"]


def test_a_project_may_differ_from_what_holds_everywhere(place: Place) -> None:
    profiles = place.open()
    profiles.remember("I use tabs", scope=Scope.PERSONAL)
    assert profiles.replaces(heard("we moved from tabs to spaces", to="spaces")) is None
    personal = profiles.remember("We use Bootstrap in all my projects", scope=Scope.PERSONAL).insight
    assert personal is not None
    assert (
        profiles.replaces(heard("In all my projects we moved from Bootstrap to Tailwind", to="Tailwind")) == personal.id
    )


def test_refused_for_good_stays_silent_and_so_does_its_replacement_question(place: Place) -> None:
    profiles = place.open()
    profiles.remember("we use Bootstrap")
    profiles.never(place.propose(profiles, "We moved from Bootstrap to Tailwind"), Means.TOAST)
    objection = profiles.objection(heard("we moved from Bootstrap to Tailwind", to="Tailwind"))
    assert objection is not None
    assert objection.startswith("refused for good")


def test_a_skip_does_not_silence_what_only_is_a_part_of_it(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, "The admin dashboard of the shop in Berlin uses Tailwind"), Means.TOAST)
    assert profiles.objection(heard("the admin dashboard uses Tailwind")) is None
    assert profiles.objection(heard("the admin dashboard of the shop in Berlin uses Tailwind")) is not None


def test_two_thousand_insights_are_compared_in_a_blink(place: Place) -> None:
    from learnchat.learning.asking.matching import Matcher
    from support.insights import make_insight

    matcher = Matcher()
    known = [make_insight(f"The service{number} of team{number} uses bucket{number}") for number in range(2000)]
    statements = [insight.statement for insight in known]
    matcher.matches("we moved from Bootstrap to Tailwind", statements)
    started = time.process_time()
    matcher.matches("we moved from Redis to Memcached", statements)
    matcher.replaced("we moved from Redis to Memcached", known)
    assert time.process_time() - started < 0.1
