from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.learning.disk.notes import change_notes
from learnchat.learning.kinds import Scope
from learnchat.learning.memory.compaction import compact, drop_old_sessions
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import ProposalState
from support.clock import FakeClock
from support.memory import Place, detection, make_place

SECRET_PLAN = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
DAY = timedelta(days=1, minutes=1).total_seconds()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def files_with(place: Place, *words: str) -> set[str]:
    """Files of the project and of the user's data in which one of some words stands."""
    files = [path for folder in (place.root, place.data_root) for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if any(word.encode() in path.read_bytes() for word in words)}


def forget_the_plan(place: Place) -> str:
    profiles = place.open()
    proposal = place.propose(
        profiles, SECRET_PLAN, quote=f"ok so {SECRET_PLAN}", tags=("plan",), slots={"to": "Tailwind"}
    )
    profiles.skip(proposal, Means.TOAST)
    profiles.undo()
    insight = profiles.confirm(proposal, Means.TOAST).insight
    assert insight is not None
    profiles.edit(insight.id, Means.COMMAND, statement="We're switching to Tailwind CSS", because="Tailwind is smaller")
    profiles.forget(insight.id, Means.COMMAND)
    return insight.id


def test_what_was_forgotten_leaves_every_file_after_the_day_of_undo(place: Place) -> None:
    name = forget_the_plan(place)
    place.clock.advance(DAY)
    assert files_with(place, "Tailwind") == {"journal.jsonl", "inbox.jsonl"}
    assert compact(place.open(), place.clock) > 0
    assert files_with(place, "Tailwind", "Bootstrap") == set()
    profiles = place.open()
    assert profiles.insights() == []
    assert profiles.health() == []
    assert profiles.objection(detection("We're switching to Tailwind CSS")) is not None
    assert [event.name for _, event in profiles.history.acts()] == [
        "skipped",
        "undone",
        "confirmed",
        "edited",
        "forgotten",
    ]
    assert place.documents() == [{"id": name, "revision": 3, "state": "forgotten"}]


def test_within_the_day_nothing_leaves_and_all_can_be_undone(place: Place) -> None:
    name = forget_the_plan(place)
    place.clock.advance(DAY - 3600)
    assert compact(place.open(), place.clock) == 0
    assert place.open().restore(name, Means.COMMAND).insight is not None


def test_what_was_forgotten_and_brought_back_stays(place: Place) -> None:
    name = forget_the_plan(place)
    place.open().restore(name, Means.COMMAND)
    place.clock.advance(DAY)
    assert compact(place.open(), place.clock) == 0
    [insight] = place.open().insights()
    assert insight.decision.source.quote == f"ok so {SECRET_PLAN}"


def test_what_was_refused_for_good_leaves_and_stays_refused(place: Place) -> None:
    profiles = place.open()
    profiles.never(place.propose(profiles, SECRET_PLAN), Means.TOAST)
    place.clock.advance(DAY)
    compact(place.open(), place.clock)
    assert files_with(place, "Tailwind") == set()
    again = place.open()
    assert again.objection(detection(SECRET_PLAN)) is not None
    [proposal] = again.inbox.all()
    assert proposal.state is ProposalState.NEVER
    assert proposal.kind == "switching"


def test_what_was_skipped_and_what_waits_stays(place: Place) -> None:
    profiles = place.open()
    profiles.skip(place.propose(profiles, SECRET_PLAN), Means.TOAST)
    place.propose(profiles, "We use pnpm")
    undone = profiles.remember("We use Vite").insight
    assert undone is not None
    place.clock.advance(DAY)
    assert compact(place.open(), place.clock) == 0
    assert place.open().objection(detection(SECRET_PLAN)) is not None


def test_the_other_insight_of_a_replacement_keeps_its_words(place: Place) -> None:
    profiles = place.open()
    old = profiles.remember("We use Bootstrap").insight
    assert old is not None
    profiles.confirm(place.propose(profiles, "We use Vite", replaces=old.id, quote="so: Vite"), Means.TOAST)
    profiles.forget(old.id, Means.COMMAND)
    place.clock.advance(DAY)
    compact(place.open(), place.clock)
    assert files_with(place, "Bootstrap") == set()
    [insight] = place.open().insights()
    assert (insight.statement, insight.decision.source.quote) == ("We use Vite", "so: Vite")


def test_the_same_words_remembered_again_stay(place: Place) -> None:
    forget_the_plan(place)
    place.open().remember(SECRET_PLAN)
    place.clock.advance(DAY)
    compact(place.open(), place.clock)
    [insight] = place.open().insights()
    assert (insight.statement, insight.decision.source.quote) == (SECRET_PLAN, SECRET_PLAN)


def test_a_personal_insight_leaves_the_inbox_of_the_project_it_was_said_in(place: Place) -> None:
    profiles = place.open()
    proposal = place.propose(profiles, SECRET_PLAN, scope=Scope.PERSONAL)
    insight = profiles.confirm(proposal, Means.TOAST).insight
    assert insight is not None
    elsewhere = Place(place.root.parent / "other", place.data_root, place.clock)
    elsewhere.root.mkdir()
    elsewhere.open().forget(insight.id, Means.COMMAND)
    place.clock.advance(DAY)
    compact(elsewhere.open(), place.clock)
    assert files_with(place, "Tailwind") == {"inbox.jsonl"}
    compact(place.open(), place.clock)
    assert files_with(place, "Tailwind") == set()


def test_files_set_aside_lose_the_lines_about_it_and_no_other(place: Place) -> None:
    name = forget_the_plan(place)
    folder = place.root / ".learnchat"
    (folder / "insights.json.corrupt-20260401T090000Z").write_text(f'{{"id":"{name}","statement":"x"}},\nother line\n')
    (folder / "LEARNED_INSIGHTS.md.edited-20260401T090000Z").write_text(f"- {SECRET_PLAN}\n- Written by hand\n")
    place.clock.advance(DAY)
    compact(place.open(), place.clock)
    assert [path.read_text() for path in sorted(folder.glob("*-2026*"))] == ["- Written by hand\n", "other line\n"]


def test_it_is_done_once_a_day_at_most_and_leaves_a_place_without_decisions_alone(place: Place) -> None:
    assert compact(place.open(), place.clock) == 0
    assert not place.data.folder.exists()
    place.open().remember("We use Vite")
    compact(place.open(), place.clock)
    forget_the_plan(place)
    place.clock.advance(DAY - 120)
    assert compact(place.open(), place.clock) == 0
    place.clock.advance(240)
    assert compact(place.open(), place.clock) > 0


def test_a_window_that_is_open_reads_on_and_loses_nothing(place: Place) -> None:
    forget_the_plan(place)
    window = place.open()
    place.clock.advance(DAY)
    compact(place.open(), place.clock)
    window.remember("We use Vite")
    assert [insight.statement for insight in place.open().insights()] == ["We use Vite"]
    assert window.health() == []
    assert window.undo() is not None


def test_windows_that_write_meanwhile_lose_nothing(place: Place) -> None:
    profiles = place.open()
    insights = [profiles.remember(f"Plan {letter} is secret").insight for letter in "abcdefgh"]
    for insight in insights:
        assert insight is not None
        profiles.forget(insight.id, Means.COMMAND)
        place.clock.advance(60)

    def write(name: str) -> None:
        window = place.open()
        for number in range(6):
            window.remember(f"Window {name} says {number}")

    def compact_again_and_again() -> None:
        clock = FakeClock()
        clock.advance(timedelta(days=1, seconds=-59.5).total_seconds())
        for _ in insights:
            clock.advance(60)
            change_notes(place.data, lambda notes: notes.pop("compacted", None))
            assert compact(place.open(), clock) > 0

    with ThreadPoolExecutor(4) as pool:
        for job in [pool.submit(compact_again_and_again), *(pool.submit(write, name) for name in "xyz")]:
            job.result()
    assert files_with(place, "secret") == set()
    expected = {f"Window {name} says {number}" for name in "xyz" for number in range(6)}
    assert {insight.statement for insight in place.open().insights()} == expected
    assert place.open().health() == []


def test_lines_that_can_not_be_read_stay(place: Place) -> None:
    forget_the_plan(place)
    with place.data.journal.open("ab") as journal:
        journal.write(b"{torn")
    place.clock.advance(DAY)
    compact(place.open(), place.clock)
    assert place.data.journal.read_bytes().endswith(b"\n{torn")


def test_old_sessions_are_dropped_when_that_is_wished(place: Place, tmp_path: Path) -> None:
    names = {"old": 31, "new": 29}
    for name, days in names.items():
        path = tmp_path / f"{name}.jsonl"
        path.write_text("{}\n")
        moment = (place.clock.now() - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
    assert drop_old_sessions(tmp_path, 0, place.clock) == 0
    assert drop_old_sessions(tmp_path, 30, place.clock) == 1
    assert [path.stem for path in tmp_path.glob("*.jsonl")] == ["new"]
