from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile import seal
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.unread import UnreadContent
from support.memory import Place, make_place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(seal, "LEAST_INSIGHTS", 1)
    place = make_place(tmp_path)
    profiles = place.open()
    for number in range(6):
        profiles.remember(f"Service {number} listens on port {8000 + number}")
        place.clock.advance(60)
    return place


def unread(profiles: Profiles) -> bool:
    assert profiles.project is not None
    content = profiles.project.folder.content()
    # The schema is asked for before anything else.
    return isinstance(content, UnreadContent) and {document["id"] for document in content.lines.values()} <= {"schema"}


def statements(profiles: Profiles) -> list[str]:
    return [insight.statement for insight in profiles.insights()]


def test_a_known_profile_is_counted_without_reading_a_line_of_it(place: Place) -> None:
    profiles = place.open()
    assert len(profiles.insights()) == 6
    assert profiles.unaccepted() == []
    assert unread(profiles)
    assert profiles.insights()[0].statement == "Service 5 listens on port 8005"
    assert profiles.insights()[-1].statement == "Service 0 listens on port 8000"
    assert [insight.statement[:9] for insight in profiles.insights()[1:3]] == ["Service 4", "Service 3"]


def test_read_in_full_it_says_the_same_decisions_too(place: Place) -> None:
    known = list(place.open().insights())
    place.data.outline.unlink()
    assert list(place.open().insights()) == known
    assert {insight.decision.means for insight in known} == {Means.REMEMBER}


def test_it_holds_no_word_of_an_insight(place: Place) -> None:
    assert "Service" not in place.data.outline.read_text()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda record: [], id="another thing"),
        pytest.param(lambda record: record | {"version": 0}, id="another version"),
        pytest.param(lambda record: record | {"order": ["nobody"]}, id="ids that are not there"),
        pytest.param(lambda record: record | {"order": 5}, id="no list"),
        pytest.param(lambda record: record | {"insights": "0" * 64}, id="another file"),
        pytest.param(lambda record: record | {"trust": [1, 2, 3]}, id="other trust"),
        pytest.param(lambda record: {"version": 1}, id="parts missing"),
    ],
)
def test_what_does_not_fit_is_no_use_and_all_is_read(
    place: Place, damage: Callable[[dict[str, object]], object]
) -> None:
    record = json.loads(place.data.outline.read_bytes())
    place.data.outline.write_text(json.dumps(damage(record)))
    assert len(statements(place.open())) == 6


def test_a_wording_changed_by_somebody_is_seen_although_the_profile_was_known(place: Place) -> None:
    place.change("port 8003", "port 9999")
    profiles = place.open()
    assert len(profiles.unaccepted()) == 1
    assert "Service 3 listens on port 8003" in statements(profiles)


def test_trust_taken_back_is_seen_although_the_file_is_the_same(place: Place) -> None:
    name = place.open().insights()[0].id
    with place.data.trust.open("a") as file:
        file.write(json.dumps({"id": name, "mark": None}) + "\n")
    assert len(statements(place.open())) == 5


def test_what_has_expired_since_is_not_recalled(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, "The vendor token lasts a day", expires=place.clock.now().replace(year=2030))
    profiles.confirm(proposal, Means.TOAST)
    assert len(place.open().insights()) == 7
    place.clock.advance(10 * 365 * 86_400)
    profiles = place.open()
    assert len(profiles.insights()) == 6


def test_what_is_learned_and_forgotten_over_a_known_profile_is_as_in_one_that_was_read(place: Place) -> None:
    profiles = place.open()
    profiles.put_off_writing()
    profiles.forget(profiles.insights()[2].id, Means.COMMAND)
    profiles.remember("A seventh one")
    assert statements(profiles)[0] == "A seventh one"
    assert len(statements(profiles)) == 6
    mine = statements(profiles)
    place.data.outline.unlink()
    assert statements(place.open()) == mine


def test_a_file_that_an_editor_laid_out_anew_is_read_in_full_each_time(place: Place) -> None:
    known = statements(place.open())
    lines = place.insights_file.read_text().splitlines()
    # Two documents on one line: it begins as learnchat writes it, and is no line of learnchat's.
    place.insights_file.write_text("\n".join([lines[0], lines[1] + " " + lines[2], *lines[3:]]) + "\n")
    assert statements(place.open()) == known
    assert statements(place.open()) == known


def test_going_through_all_once_says_the_same_and_keeps_nothing(place: Place) -> None:
    known = list(place.open().insights())
    profiles = place.open()
    assert list(profiles.insights().each_once()) == known
    assert unread(profiles)
