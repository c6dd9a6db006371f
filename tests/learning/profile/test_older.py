from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from learnchat.learning.memory.compaction import compact
from learnchat.learning.profile.insight import Means
from learnchat.learning.profile.insights_file import parse
from learnchat.learning.profile.older import read_older
from support.crashing import Crash, crash_at
from support.memory import Place, make_place

RECORDS: list[dict[str, Any]] = [
    {"statement": "We use pnpm", "kind": "now_using", "tags": ["js"], "confirmed": "2025-03-01T12:00:00Z"},
    {"type": "decided_to_use", "text": "We deploy from main", "context": "ok: we deploy from main", "timestamp": 1.7e9},
    {"insight": "The API returns cents"},
    {"count": 3},
]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A profile as TinyDB writes it by itself."""
    place = make_place(tmp_path)
    place.insights_file.parent.mkdir()
    with TinyDB(place.insights_file) as database:
        database.insert_multiple(dict(record) for record in RECORDS)
    return place


def kept(place: Place) -> list[Path]:
    return sorted(place.insights_file.parent.glob("insights.json.schema-0-*"))


def accept_all(place: Place) -> None:
    profiles = place.open()
    profiles.accept(profiles.review())


def test_a_file_that_tinydb_wrote_by_itself_is_read(place: Place) -> None:
    content = parse(place.insights_file.read_bytes())
    assert (content.damage, content.older, content.schema, content.unread) == ("", 0, 0, 1)
    found = {document["statement"]: document for document in content.documents}
    assert found.keys() == {"We use pnpm", "We deploy from main", "The API returns cents"}
    assert found["We use pnpm"]["kind"] == "now_using"
    assert found["We use pnpm"]["confirmed"] == "2025-03-01T12:00:00Z"
    assert found["We deploy from main"]["quote"] == "ok: we deploy from main"
    assert found["We deploy from main"]["confirmed"] == "2023-11-14T22:13:20Z"
    assert found["The API returns cents"]["kind"] == "fact"


def test_two_machines_bring_it_to_the_same_lines() -> None:
    one = read_older({"_default": {"1": {"statement": "a b"}, "2": {"statement": "c d"}}})
    other = read_older({"_default": {"7": {"statement": "c d"}}, "other": {"1": {"statement": "a b"}}})
    assert one is not None
    assert other is not None
    assert sorted(map(str, one.documents)) == sorted(map(str, other.documents))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([], id="a list"),
        pytest.param({}, id="nothing"),
        pytest.param({"tables": {}}, id="an empty object of another name"),
        pytest.param({"_default": []}, id="a table that is a list"),
        pytest.param({"_default": {"one": {"statement": "x"}}}, id="names that are no numbers"),
        pytest.param({"_default": {"1": "x"}}, id="records that are texts"),
        pytest.param({"_default": {"1": {"statement": "x"}}, "n": 1}, id="something beside the tables"),
    ],
)
def test_what_tinydb_would_not_write_is_no_earlier_schema(value: object) -> None:
    assert read_older(value) is None


def test_opening_changes_nothing_and_recalls_nothing_of_it(place: Place) -> None:
    before = place.insights_file.read_bytes()
    profiles = place.open()
    assert profiles.insights() == []
    assert {item.change.entry.statement for item in profiles.review()} >= {"We use pnpm", "We deploy from main"}
    assert profiles.health() == []
    assert place.insights_file.read_bytes() == before
    assert kept(place) == []


def test_the_first_decision_writes_the_present_schema_and_keeps_the_file_as_it_was(place: Place) -> None:
    before = place.insights_file.read_bytes()
    accept_all(place)
    [backup] = kept(place)
    assert backup.read_bytes() == before
    content = parse(place.insights_file.read_bytes())
    assert (content.older, content.schema) == (None, 1)
    json.loads(place.insights_file.read_bytes())
    profiles = place.open()
    assert len(profiles.insights()) == 3
    assert profiles.health() == []
    assert profiles.notices() == []
    acts = [event.name for _, event in profiles.history.acts()]
    assert acts == ["migrated", "accepted"]


def test_it_is_said_what_was_done_and_what_only_the_kept_file_has(place: Place) -> None:
    profiles = place.open()
    sentence, notice = profiles.remember("We use Vite").sentence.split("\n")
    assert sentence == "Learned: We use Vite · Fact"
    assert profiles.notices() == []
    assert "earlier form (schema 0)" in notice
    assert "1 of its records are no insights" in notice
    assert [insight.statement for insight in profiles.insights()] == ["We use Vite"]
    assert len(profiles.unaccepted()) == 3


def test_repair_does_it_without_a_decision(place: Place) -> None:
    assert any("schema 0" in sentence for sentence in place.open().repair())
    assert len(kept(place)) == 1
    assert parse(place.insights_file.read_bytes()).older is None
    assert place.open().insights() == []
    assert len(place.open().unaccepted()) == 3
    assert place.open().repair() == []


def test_undo_leaves_the_migration_as_it_is(place: Place) -> None:
    accept_all(place)
    undone = place.open().undo()
    assert undone is not None
    assert len(place.open().unaccepted()) == 3
    assert place.open().undo() is None


def test_wherever_it_ends_the_next_opening_finishes_and_there_is_one_file_as_it_was(tmp_path: Path) -> None:
    for step in count(1):
        place = make_place(tmp_path / str(step))
        place.insights_file.parent.mkdir()
        before = json.dumps({"_default": {str(number): record for number, record in enumerate(RECORDS, 1)}}).encode()
        place.insights_file.write_bytes(before)
        with pytest.MonkeyPatch.context() as patching:
            reached = crash_at(patching, step)
            with contextlib.suppress(Crash):
                accept_all(place)
            crashed = reached()
        parse_whole(place, before)
        accept_what_waits(place)
        profiles = place.open()
        assert len(profiles.insights()) == 3
        assert profiles.health() == []
        assert [file.read_bytes() for file in kept(place)] == [before]
        if not crashed:
            return


def parse_whole(place: Place, before: bytes) -> None:
    data = place.insights_file.read_bytes()
    assert data == before or (parse(data).older is None and not parse(data).damage)
    assert len(parse(data).documents) >= 3


def accept_what_waits(place: Place) -> None:
    profiles = place.open()
    if waiting := profiles.review():
        profiles.accept(waiting)


KILLED = """
import os, signal, sys
from pathlib import Path
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.set_aside import SetAside
write = SetAside.keep_older
def kill(*arguments):
    write(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
SetAside.keep_older = kill
profiles = Profiles.open(find_project(Path(sys.argv[1])), UserData(Path(sys.argv[2])), SystemClock())
profiles.remember("We use Vite")
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_killed_between_the_kept_file_and_the_new_one_it_is_finished_by_the_next(place: Place) -> None:
    before = place.insights_file.read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, str(place.root), str(place.data_root)], timeout=60)
    assert done.returncode == -9
    assert place.insights_file.read_bytes() == before
    profiles = place.open()
    assert [insight.statement for insight in profiles.insights()] == ["We use Vite"]
    assert len(profiles.unaccepted()) == 3
    assert [file.read_bytes() for file in kept(place)] == [before]
    assert profiles.health() == []


def test_a_folder_that_can_not_be_written_is_read_all_the_same(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learnchat.learning.profile.folder.unwritable_directory", lambda folder: "it is read-only")
    profiles = place.open()
    before = place.insights_file.read_bytes()
    assert not any("schema 0" in sentence for sentence in profiles.repair())
    assert len(profiles.unaccepted()) == 3
    assert place.insights_file.read_bytes() == before
    assert kept(place) == []


def test_what_is_forgotten_for_good_leaves_the_kept_file_too(place: Place) -> None:
    accept_all(place)
    insight = next(insight for insight in place.open().insights() if "pnpm" in insight.statement)
    place.open().forget(insight.id, Means.COMMAND)
    place.clock.advance(2 * 24 * 60 * 60)
    compact(place.open(), place.clock)
    assert not any(b"pnpm" in file.read_bytes() for file in place.insights_file.parent.iterdir())
    assert len(place.open().insights()) == 2


def test_beside_an_insight_of_ones_own_nothing_of_it_is_lost(place: Place) -> None:
    """The older file came by a pull, over one of the present schema."""
    older = place.insights_file.read_bytes()
    place.insights_file.unlink()
    place.open().remember("We use Vite")
    place.insights_file.write_bytes(older)
    profiles = place.open()
    assert {item.change.what for item in profiles.review()} == {"new", "missing"}
    profiles.remember("We use Vitest")
    statements = {entry.statement for entry in place.open().project.entries()}  # type: ignore[union-attr]
    assert statements >= {"We use pnpm", "We deploy from main", "The API returns cents", "We use Vitest"}
