from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.learning.memory.compaction import compact
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.journal import Journal
from support.memory import Place, make_place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = make_place(tmp_path)
    for name in ("tabs", "pnpm", "Vite"):
        place.open().remember(f"We use {name}")
        place.clock.advance(60)
    return place


def said(profiles: Profiles) -> list[str]:
    return [insight.statement for insight in profiles.insights()]


def harm(place: Place, word: str) -> bytes:
    """Damage the line of an act; returns it as it is then."""
    lines = place.data.journal.read_bytes().splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if word.encode() in line)
    lines[number] = lines[number].replace(b'"event":', b'"ev\xffnt":', 1)
    place.data.journal.write_bytes(b"".join(lines))
    return lines[number]


def aside(place: Place) -> list[Path]:
    return sorted(place.data.folder.glob("*.corrupt-*"))


def test_an_unreadable_line_is_set_aside_and_the_decision_in_it_made_again(place: Place) -> None:
    before = {insight.id: insight.decision.id for insight in place.open().insights()}
    line = harm(place, "pnpm")
    profiles = place.open()
    assert any("1 lines of" in sentence and "can't be read" in sentence for sentence in profiles.health())
    assert any("lacks the decisions behind 1 insights" in sentence for sentence in profiles.health())
    done = profiles.repair()
    assert any("1 line was unreadable" in sentence for sentence in done)
    assert any("behind 1 insights were made again" in sentence for sentence in done)
    [kept] = aside(place)
    assert kept.read_bytes() == line
    profiles = place.open()
    assert profiles.health() == [f"{kept} was set aside; look at it, then delete it."]
    assert said(profiles) == ["We use Vite", "We use pnpm", "We use tabs"]
    assert {insight.id: insight.decision.id for insight in profiles.insights()} == before
    assert {insight.statement: insight.decision.means for insight in profiles.insights()} == {
        "We use Vite": Means.REMEMBER,
        "We use pnpm": Means.ACCEPTED,
        "We use tabs": Means.REMEMBER,
    }


def test_repaired_once_there_is_nothing_more_to_repair(place: Place) -> None:
    harm(place, "pnpm")
    place.open().repair()
    journal = place.data.journal.read_bytes()
    assert place.open().repair() == []
    assert place.data.journal.read_bytes() == journal


def test_undo_takes_back_an_act_that_is_known_and_not_one_that_was_made_again(place: Place) -> None:
    harm(place, "Vite")
    place.open().repair()
    undone = place.open().undo()
    assert undone is not None
    assert undone.sentence.startswith("Undone (remembered): We use pnpm")
    assert said(place.open()) == ["We use Vite", "We use tabs"]


def test_what_the_files_do_not_know_stays_named_as_lost(place: Place) -> None:
    place.change("We use pnpm", "We use yarn")
    harm(place, "pnpm")
    profiles = place.open()
    profiles.repair()
    assert any("lacks the decisions behind 1 insights" in sentence for sentence in place.open().health())


@pytest.mark.parametrize("moment", range(6))
def test_whenever_it_crashes_the_next_repair_finishes(
    place: Place, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm(place, "pnpm")
    steps = 0

    def step(*arguments: object) -> None:
        nonlocal steps
        steps += 1
        if steps > moment:
            raise OSError("the power went")

    with monkeypatch.context() as patching:
        patching.setattr("os.fsync", step)
        place.open().repair()
    profiles = place.open()
    profiles.repair()
    assert said(place.open()) == ["We use Vite", "We use pnpm", "We use tabs"]
    assert any(b'"ev\xffnt"' in kept.read_bytes() for kept in aside(place))
    assert all("was set aside" in sentence for sentence in place.open().health())


def test_an_act_that_lost_its_note_does_not_bring_back_what_was_changed_since(place: Place) -> None:
    profiles = place.open()
    insight = next(insight for insight in profiles.insights() if insight.statement == "We use tabs")
    profiles.forget(insight.id, Means.COMMAND)
    profiles.undo()
    forgotten = profiles.forget(insight.id, Means.COMMAND)
    lines = place.data.journal.read_bytes().splitlines(keepends=True)
    # The notes of all but the last act are gone.
    notes = [number for number, line in enumerate(lines) if b'"written"' in line]
    kept = [line for number, line in enumerate(lines) if number not in notes[:-1]]
    place.data.journal.write_bytes(b"".join(kept))
    journal = Journal(place.data.journal)
    journal.refresh()
    assert all(insight.id not in event.marks for event in journal.unwritten())
    assert said(place.open()) == ["We use Vite", "We use pnpm"]
    [stone] = place.open().project.refusals("We use tabs")  # type: ignore[union-attr]
    assert stone.id == forgotten.id


def test_what_is_forgotten_for_good_leaves_the_lines_that_were_set_aside(place: Place) -> None:
    harm(place, "pnpm")
    profiles = place.open()
    profiles.repair()
    insight = next(insight for insight in place.open().insights() if "pnpm" in insight.statement)
    place.open().forget(insight.id, Means.COMMAND)
    place.clock.advance(timedelta(days=2).total_seconds())
    compact(place.open(), place.clock)
    assert not any(b"pnpm" in file.read_bytes() for file in place.data.folder.glob("*.jsonl*"))


def test_unreadable_lines_of_the_inbox_are_set_aside(place: Place) -> None:
    proposal = place.propose(place.open(), "We deploy on Fridays")
    state = f'{{"event":"state","id":"{proposal.id}","state":"maybe","at":"2026-01-01T00:00:00Z"}}\n'
    with place.data.inbox.open("ab") as file:
        file.write(b"\x00\x00\n" + state.encode())
    assert any("2 lines of" in sentence for sentence in place.open().health())
    assert any("2 unreadable lines of" in sentence for sentence in place.open().repair())
    profiles = place.open()
    [kept] = aside(place)
    assert profiles.health() == [f"{kept} was set aside; look at it, then delete it."]
    assert [each.statement for each in profiles.inbox.pending()] == ["We deploy on Fridays"]


def test_the_quick_look_reads_no_line_twice_and_sees_what_is_not_as_it_was_written(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from learnchat.learning.profile import agreement

    looked: list[object] = []
    slow = agreement._markdown_problems
    monkeypatch.setattr(agreement, "_markdown_problems", lambda profile: looked.append(profile) or slow(profile))
    profiles = place.open()
    assert profiles.health(thorough=False) == []
    assert [profile for profile in looked if profile is profiles.project] == []
    place.markdown.write_text("# Learned insights\n")
    assert any("does not show 3 insights" in sentence for sentence in place.open().health(thorough=False))
