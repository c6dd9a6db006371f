from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.learning.memory.acts import UNDO_WINDOW
from learnchat.learning.memory.compaction import compact
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import Source
from support.memory import Place, make_place

CSS = "We use Tailwind for CSS"
MAIL = "how do I write CSS for HTML mail?"
SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def remembered(profiles: Profiles) -> str:
    insight = profiles.remember(CSS).insight
    assert insight is not None
    return insight.id


def test_it_is_kept_with_the_message_and_changes_no_insight(place: Place) -> None:
    profiles = place.open()
    css = remembered(profiles)
    before = place.documents()

    act = profiles.misplace(css, Means.COMMAND, Source(MAIL, "session-1", "message-1"))

    assert act.sentence == f"Not here: {CSS}"
    (said,) = place.open().misplaced()
    assert (said.insight, said.said, said.session) == (css, MAIL, "session-1")
    assert place.documents() == before
    assert [event.name for _, event in profiles.history.about(css)] == ["remembered", "misplaced"]


def test_undo_takes_it_back_and_the_next_undo_goes_on_to_what_was_before(place: Place) -> None:
    profiles = place.open()
    css = remembered(profiles)
    profiles.misplace(css, Means.COMMAND, Source(MAIL))

    undone = profiles.undo()

    assert undone is not None
    assert undone.sentence == f"Undone (misplaced): {CSS}"
    assert place.open().misplaced() == []
    assert len(profiles.insights()) == 1
    profiles.undo()
    assert len(profiles.insights()) == 0


def test_it_can_be_taken_back_however_old_it_is_once(place: Place) -> None:
    profiles = place.open()
    profiles.misplace(remembered(profiles), Means.COMMAND, Source(MAIL))
    place.clock.advance(90 * 24 * 3600)
    assert profiles.undo() is None
    (said,) = profiles.misplaced()

    assert profiles.place_again(said, Means.COMMAND).sentence == f"Bears here again: {CSS}"

    assert place.open().misplaced() == []
    with pytest.raises(ProfileError, match="already"):
        profiles.place_again(said, Means.COMMAND)


def test_of_what_is_not_there_nothing_can_be_said(place: Place) -> None:
    with pytest.raises(ProfileError, match="no insight"):
        place.open().misplace("nothing", Means.COMMAND, Source(MAIL))


def test_a_secret_in_the_message_is_not_kept(place: Place) -> None:
    profiles = place.open()
    profiles.misplace(remembered(profiles), Means.COMMAND, Source(f"{MAIL} {SECRET}"))

    assert SECRET not in place.data.journal.read_text()
    assert profiles.misplaced()[0].said.startswith(MAIL)


def test_a_day_after_the_insight_was_forgotten_the_message_is_too(place: Place) -> None:
    profiles = place.open()
    css = remembered(profiles)
    profiles.misplace(css, Means.COMMAND, Source(MAIL))
    profiles.forget(css, Means.COMMAND)
    place.clock.advance((UNDO_WINDOW + timedelta(hours=1)).total_seconds())

    compact(place.open(), place.clock)

    assert MAIL not in place.data.journal.read_text()
    assert place.open().misplaced() == []
