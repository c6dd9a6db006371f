from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from torture.kills import kill_writers
from torture.writers import write_at_once

from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import ProposalState
from support.crashing import Crash, crash_at
from support.memory import Place, detection, make_place

STATEMENT = "We're switching from Bootstrap to Tailwind"


def confirm(profiles: Profiles) -> None:
    profiles.confirm(profiles.inbox.all()[0], Means.TOAST)


def never(profiles: Profiles) -> None:
    profiles.never(profiles.inbox.all()[0], Means.TOAST)


def forget(profiles: Profiles) -> None:
    profiles.forget(profiles.insights()[0].id, Means.COMMAND)


def undo(profiles: Profiles) -> None:
    profiles.undo()


@pytest.mark.parametrize(
    ("before", "act", "put_off"),
    [
        ([], confirm, False),
        ([confirm], forget, False),
        # As in the chat, where the files follow a little later.
        ([], confirm, True),
        ([], never, True),
        ([confirm], forget, True),
        ([confirm], undo, True),
        ([never], undo, True),
        ([confirm, forget], undo, True),
    ],
)
def test_wherever_the_process_ends_an_act_is_done_wholly_or_not_at_all(
    tmp_path: Path, before: list[Callable[[Profiles], None]], act: Callable[[Profiles], None], put_off: bool
) -> None:
    outcomes = set()
    for step in count(1):
        place = make_place(tmp_path / str(step), in_git=True)
        profiles = place.open()
        if put_off:
            profiles.put_off_writing()
        place.propose(profiles, STATEMENT)
        for earlier in before:
            earlier(profiles)
        acknowledged = len(place.data.journal.read_bytes()) if place.data.journal.exists() else 0
        with pytest.MonkeyPatch.context() as monkeypatch:
            reached = crash_at(monkeypatch, step)
            try:
                act(profiles)
                profiles.settle()
            except Crash:
                pass
            finally:
                crashed = reached()
        done = place.data.journal.exists() and place.data.journal.read_bytes()[acknowledged:].count(b"\n") > 0
        outcome = state_of(place)
        outcomes.add((done, outcome))
        assert place.open().health() == []
        if not crashed:
            break
    # One state where it was not acknowledged, another one where it was: nothing in between.
    assert len(outcomes) == 2
    assert {done for done, _ in outcomes} == {False, True}


def state_of(place: Place) -> tuple[object, ...]:
    profiles = place.open()
    [proposal] = profiles.inbox.all()
    in_file = [d.get("statement") for d in place.documents()] if place.insights_file.exists() else []
    in_markdown = place.markdown.exists() and STATEMENT in place.markdown.read_text()
    insights = [insight.statement for insight in profiles.insights()]
    objection = profiles.objection(detection(STATEMENT))
    return (tuple(insights), tuple(in_file), in_markdown, proposal.state, objection, len(profiles.unaccepted()))


def test_a_proposal_that_was_decided_elsewhere_before_the_crash_is_decided_here(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    profiles = place.open()
    proposal = place.propose(profiles, STATEMENT)
    profiles.skip(proposal, Means.TOAST)
    lines = place.data.inbox.read_text().splitlines(keepends=True)
    place.data.inbox.write_text("".join(line for line in lines if '"state"' not in line))
    [known] = place.open().inbox.all()
    assert known.state is ProposalState.SKIPPED


def test_killed_while_writing_no_acknowledged_insight_is_lost_and_every_file_can_be_read(tmp_path: Path) -> None:
    report = kill_writers(tmp_path, kills=4, seed=1)
    assert report.problems == []
    assert report.acknowledged > 0


def test_eight_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    report = write_at_once(tmp_path, processes=8, each=5)
    assert report.problems == []
    assert report.insights == 40


def test_the_bytes_of_a_rebuilt_file_are_those_of_the_lost_one(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    for number in range(5):
        place.open().remember(f"Service {number} listens on port {8000 + number}")
    before = place.documents()
    place.insights_file.write_bytes(b"")
    place.open()
    assert place.documents() == before
    json.loads(place.insights_file.read_bytes())
