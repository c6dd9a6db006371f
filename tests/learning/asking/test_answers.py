from __future__ import annotations

import json
from pathlib import Path

import pytest

from learnchat.learning.asking.answers import Answers
from learnchat.learning.clock import timestamp
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import IMPORTED
from support.memory import Place, make_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def counts(place: Place) -> list[tuple[Kind, bool]]:
    return [(answer.kind, answer.confirmed) for answer in Answers(place.user_data).all()]


def test_an_answer_is_noted_by_kind_and_probability_without_a_word_of_it(place: Place) -> None:
    profiles = place.open()
    profiles.confirm(place.propose(profiles, "We use Tailwind"), Means.TOAST)
    (answer,) = Answers(place.user_data).all()
    assert (answer.kind, answer.probability, answer.confirmed) == (Kind.SWITCHING, 0.9, True)
    assert answer.place == place.data.folder.name
    assert "tailwind" not in place.user_data.answers.read_text().lower()


def test_the_probability_that_is_noted_is_the_gates_own(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, "We use Tailwind", offset=-1.0), Means.TOAST)
    (answer,) = Answers(place.user_data).all()
    assert answer.probability == pytest.approx(0.9607, abs=1e-3)


def test_skip_and_never_are_refusals(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, "We use Tailwind"), Means.TOAST)
    profiles.never(place.propose(profiles, "We use Bootstrap", kind=Kind.FACT), Means.INBOX)
    assert counts(place) == [(Kind.SWITCHING, False), (Kind.FACT, False)]


def test_what_was_imported_counts_as_nothing(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, "We use Tailwind", detector=IMPORTED), Means.INBOX)
    assert counts(place) == []
    assert profiles.answers.rebuild() == []


def test_what_waits_or_lapsed_counts_as_nothing(place: Place) -> None:
    profiles = place.open()
    place.propose(profiles, "We use Tailwind")
    place.clock.advance(8 * 86_400)
    assert counts(place) == []
    assert profiles.answers.dial(profiles.name).settings == {}


def test_an_undone_answer_counts_no_longer(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, "We use Tailwind")
    profiles.skip(proposal, Means.TOAST)
    profiles.undo()
    assert counts(place) == []
    profiles.confirm(proposal, Means.TOAST)
    assert counts(place) == [(Kind.SWITCHING, True)]


def test_what_was_remembered_by_hand_is_no_answer(place: Place) -> None:
    place.open().remember("We use Tailwind")
    assert counts(place) == []


def test_the_dial_follows_each_answer_of_another_window(place: Place) -> None:
    mine, other = place.open(), place.open()
    assert mine.answers.dial(mine.name).offset(Kind.SWITCHING) == 0
    other.skip(place.propose(other, "We use Tailwind"), Means.TOAST)
    assert mine.answers.dial(mine.name).offset(Kind.SWITCHING) < 0


def test_it_is_made_anew_from_the_journals(place: Place, tmp_path: Path) -> None:
    shop = place.open()
    shop.confirm(place.propose(shop, "I prefer tabs", kind=Kind.PREFERENCE, scope=Scope.PERSONAL), Means.TOAST)
    shop.skip(place.propose(shop, "We use Tailwind"), Means.TOAST)
    undone = place.propose(shop, "We use Bootstrap")
    shop.skip(undone, Means.TOAST)
    shop.undo()
    blog = Place(tmp_path / "blog", place.data_root)
    blog.root.mkdir()
    there = blog.open()
    there.never(blog.propose(there, "Ports are odd", kind=Kind.FACT), Means.INBOX)
    before = Answers(place.user_data).all()
    place.user_data.answers.unlink()
    assert sorted(Answers(place.user_data).rebuild(), key=repr) == sorted(before, key=repr)
    assert len(before) == 3


def test_a_reset_lets_earlier_answers_count_no_longer_also_after_rebuilding(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, "We use Tailwind"), Means.TOAST)
    profiles.skip(place.propose(profiles, "Ports are odd", kind=Kind.FACT), Means.TOAST)
    profiles.answers.reset(Kind.FACT, place.clock.now())
    place.clock.advance(60)
    profiles.confirm(place.propose(profiles, "Ports are even", kind=Kind.FACT), Means.TOAST)
    assert counts(place) == [(Kind.SWITCHING, False), (Kind.FACT, True)]
    assert len(profiles.answers.rebuild()) == 2
    profiles.answers.reset(None, place.clock.now())
    assert counts(place) == []


def test_a_damaged_line_costs_that_answer_alone(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, "We use Tailwind"), Means.TOAST)
    with place.user_data.answers.open("ab") as file:
        file.write(
            b'{"id":"x","answer":"maybe","kind":"fact","probability":1,"place":"p","at":"2026-04-01T09:00:00Z"}\n'
        )
        file.write(b'{"id":"y","answer":"refused","kind":"later kind"}\ntorn{\n')
    assert counts(place) == [(Kind.SWITCHING, False)]


def test_what_cannot_be_read_leaves_the_gate_as_shipped(place: Place) -> None:
    place.user_data.answers.mkdir(parents=True)
    assert Answers(place.user_data).dial("shop").settings == {}


def test_a_skip_of_what_no_toast_has_shown_counts_as_nothing(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, "We use Tailwind", shown=False), Means.INBOX)
    assert counts(place) == []
    assert profiles.answers.rebuild() == []
    profiles.never(place.propose(profiles, "We use Bootstrap", shown=False), Means.INBOX)
    profiles.confirm(place.propose(profiles, "We use Bulma", shown=False), Means.INBOX)
    assert counts(place) == [(Kind.SWITCHING, False), (Kind.SWITCHING, True)]


def test_many_answers_to_one_message_are_one_for_each_kind(place: Place) -> None:
    profiles = place.open()
    for number, kind in enumerate([Kind.FACT, Kind.FACT, Kind.PREFERENCE, Kind.FACT]):
        profiles.skip(place.propose(profiles, f"Rule {number} holds", kind=kind, message="log"), Means.TOAST)
    profiles.skip(place.propose(profiles, "Rule five holds", kind=Kind.FACT, message="another"), Means.TOAST)
    expected = [(Kind.FACT, False), (Kind.PREFERENCE, False), (Kind.FACT, False)]
    assert counts(place) == expected
    assert [(each.kind, each.confirmed) for each in profiles.answers.rebuild()] == expected


def test_an_answer_of_an_earlier_learnchat_names_no_message_and_counts(place: Place) -> None:
    profiles = place.open()
    for number in range(2):
        profiles.skip(place.propose(profiles, f"Rule {number} holds", message=""), Means.TOAST)
    assert len(counts(place)) == 2


def test_clearing_the_inbox_of_what_a_log_filled_it_with_moves_no_dial(place: Place) -> None:
    profiles = place.open()
    waiting = [place.propose(profiles, f"Never use tool {number}", shown=False) for number in range(30)]
    for proposal in waiting:
        profiles.skip(proposal, Means.COMMAND)
    assert profiles.answers.dial(profiles.name).offset(Kind.SWITCHING) == 0


def test_what_an_earlier_learnchat_counted_is_counted_anew_once(place: Place) -> None:
    profiles = place.open()
    profiles.confirm(place.propose(profiles, "We use Bulma"), Means.TOAST)
    proposal = place.propose(profiles, "We use Tailwind", shown=False)
    profiles.skip(proposal, Means.INBOX)
    earlier = {"id": proposal.id, "place": profiles.name, "kind": "switching", "probability": 0.9, "answer": "refused"}
    with place.user_data.answers.open("a") as file:
        file.write(json.dumps(earlier | {"at": timestamp(place.clock.now())}) + "\n")
    assert counts(place) == [(Kind.SWITCHING, True), (Kind.SWITCHING, False)]
    assert Answers(place.user_data).recount()
    assert counts(place) == [(Kind.SWITCHING, True)]
    profiles.never(place.propose(profiles, "We use Bootstrap"), Means.TOAST)
    assert not Answers(place.user_data).recount()
    assert counts(place) == [(Kind.SWITCHING, True), (Kind.SWITCHING, False)]


def test_where_there_is_no_answer_nothing_is_made_anew(place: Place) -> None:
    assert not Answers(place.user_data).recount()
    assert not place.user_data.answers.exists()
