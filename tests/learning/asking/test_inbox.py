from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.learning.asking.inbox import Inbox, proposal_record, read_proposal
from learnchat.learning.disk.files import read_json_lines
from learnchat.learning.kinds import Scope
from learnchat.learning.proposal import ProposalState
from support.memory import Place, make_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def another_process(place: Place) -> Inbox:
    return Inbox(place.data, place.clock)


def test_a_proposal_is_there_for_another_process_from_the_moment_it_is_made(place: Place) -> None:
    proposal = place.proposal("We use pnpm")
    another_process(place).add([proposal])
    assert another_process(place).pending() == [proposal]


def test_every_field_of_a_proposal_is_kept(place: Place) -> None:
    proposal = place.proposal(
        "We use pnpm",
        quote="we use pnpm now",
        scope=Scope.PERSONAL,
        tags=("js",),
        slots={"to": "pnpm"},
        detector="switching",
        replaces="abc",
        because="faster",
        expires=place.clock.now(),
    )
    assert read_proposal(proposal_record(proposal)) == proposal


def test_two_windows_see_what_the_other_one_adds_and_decides(place: Place) -> None:
    one, other = another_process(place), another_process(place)
    first, second = place.proposal("We use pnpm"), place.proposal("We use Vite")
    one.add([first])
    assert other.pending() == [first]
    other.add([second])
    one.set_state(first, ProposalState.SKIPPED)
    assert [proposal.id for proposal in other.pending()] == [second.id]
    assert [proposal.state for proposal in other.all()] == [ProposalState.SKIPPED, ProposalState.PENDING]
    assert other.decided(first.id) == place.clock.now()
    assert other.decided(second.id) is None


def test_the_oldest_proposal_comes_first(place: Place) -> None:
    inbox = another_process(place)
    late = place.proposal("late", created=place.clock.now())
    early = place.proposal("early", created=place.clock.now() - timedelta(hours=1))
    inbox.add([late, early])
    assert inbox.pending() == [early, late]


def test_a_proposal_lapses_after_seven_days_without_a_file_being_written(place: Place) -> None:
    inbox = another_process(place)
    inbox.add([place.proposal("We use pnpm")])
    before = place.data.inbox.read_bytes()
    place.clock.advance(timedelta(days=7).total_seconds())
    assert len(inbox.pending()) == 1
    place.clock.advance(1)
    assert inbox.pending() == []
    assert [proposal.state for proposal in inbox.all()] == [ProposalState.LAPSED]
    assert place.data.inbox.read_bytes() == before


def test_a_proposal_is_found_by_its_id_or_the_unique_beginning_of_it(place: Place) -> None:
    inbox = another_process(place)
    one, other = replace(place.proposal("one"), id="abc1"), replace(place.proposal("other"), id="abd1")
    inbox.add([one, other])
    assert inbox.get("abc1") == one
    assert inbox.get("abd") == other
    assert inbox.get("ab") is None
    assert inbox.get("") is None
    assert inbox.get("zzz") is None


def test_when_a_proposal_was_first_shown_is_kept(place: Place) -> None:
    inbox = another_process(place)
    proposal = place.proposal("We use pnpm")
    inbox.add([proposal])
    shown = place.clock.now()
    inbox.mark_asked(proposal.id)
    place.clock.advance(60)
    inbox.mark_asked(proposal.id)
    assert [each.asked for each in another_process(place).pending()] == [shown]


def test_damaged_lines_are_counted_and_cost_no_other_proposal(place: Place) -> None:
    inbox = another_process(place)
    proposal = place.proposal("We use pnpm")
    inbox.add([proposal])
    with place.data.inbox.open("ab") as file:
        file.write(b'{"event":"made","proposal":{"id":"x"}}\n{"event":"state","id":"%s"}\n' % proposal.id.encode())
        file.write(b'{"event":"made"}\nnonsense\n')
    inbox = another_process(place)
    assert inbox.pending() == [proposal]
    assert inbox.unreadable == 4


def test_what_cannot_be_written_is_an_error_and_not_a_proposal(place: Place) -> None:
    place.data_root.write_text("a file where the directory should be")
    inbox = another_process(place)
    with pytest.raises(OSError):
        inbox.add([place.proposal("We use pnpm")])
    assert inbox.pending() == []


def test_adding_nothing_writes_nothing(place: Place) -> None:
    another_process(place).add([])
    assert read_json_lines(place.data.inbox) == ([], 0)
    assert not place.data_root.exists()
