from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.memory.acts import UNDO_WINDOW
from learnchat.learning.memory.compaction import compact
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.memory.purging import carry_out, plan_project
from learnchat.learning.profile.insight import Insight, Means
from learnchat.learning.recall.bearing import MemoryBearings, StoredBearings
from learnchat.learning.recall.finding import Finder
from learnchat.learning.recall.index_file import IndexFile, discard_index
from learnchat.learning.recall.insight_index import InsightIndex
from learnchat.learning.recall.query import Query
from learnchat.learning.transcripts.session import Transcript
from support.insights import LARGE, POSTGRES, TAILWIND, make_insight
from support.memory import Place, make_place

QUESTIONS = (
    "what do we use for CSS?",
    "which database do we use for orders?",
    "where does the billing service log, and who restarts it?",
    "python spaces db",
    "nothing of that",
    "",
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[IndexFile]:
    file = IndexFile(tmp_path / "data" / "search.sqlite")
    yield file
    file.close()


def finder(place: Place, profiles: Profiles | None = None) -> Finder:
    return Finder(profiles or place.open(), place.data, place.user_data)


def statements(found: Finder, text: str) -> list[str]:
    return [each.insight.statement for each in found.insights(Query(text))]


def say(place: Place, *texts: str) -> Transcript:
    transcript = Transcript.create(place.data.sessions, place.root, place.clock)
    for text in texts:
        transcript.append("user", text)
    return transcript


def excerpts(found: Finder, text: str) -> list[str]:
    return [each.excerpt.text for each in found.messages(Query(text))]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_index_on_disk_ranks_as_the_one_in_memory(file: IndexFile, question: str) -> None:
    stored = StoredBearings([file], lambda: [LARGE])

    found = {each.id: round(each.confidence, 9) for each in stored.find(question)}

    assert found == {each.id: round(each.confidence, 9) for each in MemoryBearings(LARGE).find(question)}


def test_two_profiles_are_ranked_as_one(file: IndexFile, tmp_path: Path) -> None:
    other = IndexFile(tmp_path / "personal" / "search.sqlite")
    stored = StoredBearings([file, other], lambda: [LARGE[:10], LARGE[10:]])

    found = {each.id: round(each.confidence, 9) for each in stored.find("which database do we use for orders?")}
    other.close()

    expected = MemoryBearings(LARGE).find("which database do we use for orders?")
    assert found == {each.id: round(each.confidence, 9) for each in expected}


def test_only_what_changed_is_written(file: IndexFile) -> None:
    index = InsightIndex(file)

    assert index.update([TAILWIND, POSTGRES]) == 2
    assert index.update([TAILWIND, POSTGRES]) == 0
    assert index.update([TAILWIND]) == 1
    assert index.update([make_insight("Bulma now", id="tailwind")]) == 2
    assert list(index.refresh().values()) == ["tailwind"]
    assert index.postings.holders("bulma")
    assert not index.postings.holders("tailwind")


def test_what_leaves_the_index_leaves_the_file(file: IndexFile, tmp_path: Path) -> None:
    index = InsightIndex(file)
    index.update([*LARGE, make_insight("The zeppelin lands at noon", id="zeppelin")])
    index.update(LARGE)

    left = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())

    assert b"billing" in left or b"bill" in left
    assert b"zeppelin" not in left


def test_what_is_learned_is_found_and_what_is_forgotten_is_not(place: Place) -> None:
    profiles = place.open()
    searches = finder(place, profiles)
    act = profiles.remember("The warehouse API returns pallets")
    assert statements(searches, "warehouse pallets?") == ["The warehouse API returns pallets"]

    assert act.insight is not None
    profiles.forget(act.insight.id, Means.COMMAND)
    assert statements(searches, "warehouse pallets?") == []

    profiles.undo()
    assert statements(searches, "warehouse pallets?") == ["The warehouse API returns pallets"]
    searches.close()


def test_another_window_sees_what_was_learned_here(place: Place) -> None:
    one, other = finder(place), finder(place)
    assert statements(one, "pallets") == statements(other, "pallets") == []

    place.open().remember("Pallets are counted twice")

    assert statements(one, "pallets") == statements(other, "pallets") == ["Pallets are counted twice"]
    one.close()
    other.close()


def test_sessions_are_read_on_where_they_were_read_last(place: Place) -> None:
    searches = finder(place)
    transcript = say(place, "The crane is stuck")
    assert excerpts(searches, "crane") == ["The crane is stuck"]

    transcript.append("assistant", "Grease the crane")
    say(place, "Another crane")
    assert len(excerpts(searches, "crane")) == 3

    transcript.path.unlink()
    assert excerpts(searches, "crane") == ["Another crane"]
    searches.close()


def test_a_line_that_is_still_being_written_is_read_when_it_is_whole(place: Place) -> None:
    searches = finder(place)
    transcript = say(place, "The crane is stuck")
    line = b'{"id": "m2", "role": "user", "text": "the crane moves"}'
    with transcript.path.open("ab") as stream:
        stream.write(line[:20])
    assert len(excerpts(searches, "crane")) == 1

    with transcript.path.open("ab") as stream:
        stream.write(line[20:] + b"\n")
    assert len(excerpts(searches, "crane")) == 2
    searches.close()


def damage_head(path: Path) -> None:
    path.write_bytes(b"no database at all" * 300)


def damage_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 2] = os.urandom(len(data) // 2 - len(data) // 3)
    path.write_bytes(data)


def damage_tables(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE insights")
    connection.close()


def old_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [damage_head, damage_middle, damage_tables, old_version, empty, discard_index])
def test_a_missing_stale_or_broken_index_is_made_again(place: Place, damage: object) -> None:
    profiles = place.open()
    for insight in LARGE[:8]:
        profiles.remember(insight.statement)
    say(place, "The crane is stuck", "It is the motor")
    first = finder(place, profiles)
    expected = statements(first, "where does the service log?"), excerpts(first, "crane motor")
    assert all(expected)
    first.close()

    damage(place.data.search)  # type: ignore[operator]
    again = finder(place, profiles)

    assert (statements(again, "where does the service log?"), excerpts(again, "crane motor")) == expected
    again.close()
    # And it is an index again, not a search in memory.
    third = finder(place, profiles)
    assert (statements(third, "where does the service log?"), excerpts(third, "crane motor")) == expected
    assert place.data.search.read_bytes().startswith(b"SQLite format 3")
    third.close()


def test_an_index_that_breaks_while_it_is_open_is_noticed(place: Place) -> None:
    profiles = place.open()
    profiles.remember("Pallets are counted twice")
    searches = finder(place, profiles)
    assert statements(searches, "pallets")

    discard_index(place.data.search)
    damage_head(place.data.search)

    assert searches.bearings.find("pallets")
    assert statements(searches, "pallets") == ["Pallets are counted twice"]
    searches.close()


def test_where_no_index_can_be_made_it_is_searched_in_memory(place: Place) -> None:
    profiles = place.open()
    profiles.remember("Pallets are counted twice")
    say(place, "The crane is stuck")
    # A folder in its place: nothing can be opened or deleted there, whoever the user is.
    place.data.search.mkdir()
    (place.data.search / "something").touch()

    searches = finder(place, profiles)

    assert statements(searches, "pallets") == ["Pallets are counted twice"]
    assert excerpts(searches, "crane") == ["The crane is stuck"]
    searches.read_on()
    searches.close()


def test_while_another_process_holds_it_it_is_searched_in_memory(place: Place) -> None:
    profiles = place.open()
    profiles.remember("Pallets are counted twice")
    searches = finder(place, profiles)
    assert statements(searches, "pallets")
    holder = sqlite3.connect(place.data.search, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    profiles.remember("Cranes are counted once")
    say(place, "The crane is stuck")
    found = statements(searches, "cranes"), excerpts(searches, "crane")

    holder.execute("ROLLBACK")
    holder.close()
    assert found == (["Cranes are counted once"], ["The crane is stuck"])
    profiles.remember("Forklifts are not counted")
    assert statements(searches, "forklifts") == ["Forklifts are not counted"]
    searches.close()


def test_nothing_is_written_where_nothing_may_be(place: Place) -> None:
    profiles = place.open()
    profiles.remember("Pallets are counted twice")
    say(place, "The crane is stuck")

    searches = Finder(profiles, place.data, place.user_data, in_memory=True)

    assert statements(searches, "pallets") == ["Pallets are counted twice"]
    assert excerpts(searches, "crane") == ["The crane is stuck"]
    searches.read_on()
    assert not place.data.search.exists()


def test_a_place_without_anything_gets_no_index(place: Place) -> None:
    searches = finder(place)

    assert statements(searches, "pallets") == []
    assert excerpts(searches, "crane") == []
    searches.read_on()
    assert not place.data.search.exists()


def test_only_the_user_can_read_it(place: Place) -> None:
    profiles = place.open()
    profiles.remember("Pallets are counted twice")
    searches = finder(place, profiles)
    statements(searches, "pallets")

    modes = [path.stat().st_mode & 0o077 for path in place.data.folder.glob("search.sqlite*")]
    searches.close()

    assert modes
    assert not any(modes)


def test_several_windows_write_it_at_once(place: Place) -> None:
    for number in range(12):
        say(place, f"The crane number {number} is stuck")
    found: list[int] = []

    def search() -> None:
        searches = finder(place)
        found.append(len(excerpts(searches, "crane")))
        searches.close()

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [12] * 4


KILLED = """
import os, sys
from pathlib import Path
from learnchat.learning.recall import message_index
from learnchat.learning.recall.index_file import IndexFile
count = 0
read_on = message_index._read_on
def counted(connection, session):
    global count
    read_on(connection, session)
    count += 1
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), 9)
message_index._read_on = counted
message_index.SLICE_SECONDS = float(sys.argv[3])
folder = Path(sys.argv[1])
message_index.MessageIndex(IndexFile(folder / "search.sqlite"), folder / "sessions").update()
"""


@pytest.mark.parametrize("seconds", ["0", "10"])
def test_what_a_kill_left_half_done_is_finished(place: Place, seconds: str) -> None:
    for number in range(6):
        say(place, f"The crane number {number} is stuck")
    data: ProfileData = place.data

    killed = subprocess.run([sys.executable, "-c", KILLED, str(data.folder), "3", seconds], timeout=30)
    assert killed.returncode == -signal.SIGKILL
    searches = finder(place)

    assert len(excerpts(searches, "crane")) == 6
    searches.close()


def test_two_windows_that_take_in_the_same_insights_piece_by_piece_make_one_index(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learnchat.learning.recall.insight_index.SLICE_SECONDS", 0)
    profiles = place.open()
    for number in range(12):
        profiles.remember(f"Pallets of kind {number} are counted twice")
    insights = list(profiles.insights())
    windows = [InsightIndex(IndexFile(place.data.search)) for _ in range(2)]
    while not all(window.whole and window.update(insights, "now", 0) == 0 for window in windows):
        for window in windows:
            window.update(insights, "now", 0)
    rows = IndexFile(place.data.search).connect().execute("SELECT id FROM insights").fetchall()
    assert sorted(name for (name,) in rows) == sorted(insight.id for insight in insights)


def test_an_index_that_is_taken_away_between_two_pieces_is_made_whole(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learnchat.learning.recall.insight_index.SLICE_SECONDS", 0)
    profiles = place.open()
    for number in range(6):
        profiles.remember(f"Pallets of kind {number} are counted twice")
    file, pieces = IndexFile(place.data.search), iter(range(100))
    writing = file.writing

    def taken_away_before_the_fourth() -> AbstractContextManager[sqlite3.Connection]:
        if next(pieces) == 3:
            discard_index(place.data.search)
        return writing()

    monkeypatch.setattr(file, "writing", taken_away_before_the_fourth)
    InsightIndex(file).update(list(profiles.insights()), "now")
    assert next(pieces) > 6
    rows = IndexFile(place.data.search).connect().execute("SELECT id FROM insights").fetchall()
    assert len(rows) == 6


def test_forgetting_for_good_takes_the_index_along(place: Place) -> None:
    profiles = place.open()
    act = profiles.remember("The zeppelin lands at noon")
    searches = finder(place, profiles)
    assert statements(searches, "zeppelin")
    searches.close()
    assert act.insight is not None
    # On the command line, say: nothing looks at the index afterwards.
    profiles.forget(act.insight.id, Means.COMMAND)
    assert any(b"zeppelin" in path.read_bytes() for path in place.data.folder.glob("search.sqlite*"))

    place.clock.advance(UNDO_WINDOW.total_seconds() + 1)
    compact(place.open(), place.clock)

    assert not [*place.data.folder.glob("search.sqlite*")]
    assert not any(b"zeppelin" in path.read_bytes() for path in place.data.folder.rglob("*") if path.is_file())


def test_compacting_again_leaves_the_index_alone(place: Place) -> None:
    profiles = place.open()
    act = profiles.remember("The zeppelin lands at noon")
    assert act.insight is not None
    profiles.forget(act.insight.id, Means.COMMAND)
    profiles.remember("Pallets are counted twice")
    place.clock.advance(UNDO_WINDOW.total_seconds() + 1)
    compact(place.open(), place.clock)
    searches = finder(place)
    assert statements(searches, "pallets")
    searches.close()

    place.clock.advance(UNDO_WINDOW.total_seconds() + 1)
    compact(place.open(), place.clock)

    assert place.data.search.exists()


def test_purging_a_project_takes_the_index_along(place: Place) -> None:
    profiles = place.open()
    profiles.remember("Pallets are counted twice")
    searches = finder(place, profiles)
    assert statements(searches, "pallets")

    assert carry_out(plan_project(place.project, place.user_data, place.clock)) == []

    assert not [*place.data.folder.glob("search.sqlite*")]
    searches.close()


def test_insights_that_did_not_change_are_not_read_again(file: IndexFile) -> None:
    def unread() -> Iterator[Insight]:
        raise AssertionError("they were read")
        yield

    index = InsightIndex(file)
    index.update([TAILWIND], "stamp 1")

    assert index.update(unread(), "stamp 1") == 0
    assert index.update([TAILWIND, POSTGRES], "stamp 2") == 1


def test_messages_are_ranked_on_disk_as_in_memory(place: Place) -> None:
    profiles = place.open()
    say(place, "Where do the invoices go?", "Into the blue bucket", "And the receipts?", "Into the red one")
    say(place, "The invoice worker stalls", "Restart it")
    stored = finder(place, profiles)
    memory = Finder(profiles, place.data, place.user_data, in_memory=True)

    for text in ("invoices", "blue bucket receipts", "restart the worker", "nothing of that"):
        assert stored.messages(Query(text)) == memory.messages(Query(text)), text
        assert stored.sessions(Query(text)) == memory.sessions(Query(text)), text
    stored.close()


def test_in_little_time_a_part_is_taken_in_and_the_rest_the_next_time(file: IndexFile) -> None:
    stored = StoredBearings([file], lambda: [LARGE], patience=0.0)

    found = len(stored.find("service"))
    assert found < len(LARGE)
    rounds = 1
    while not stored.update(0.0):
        rounds += 1

    assert rounds > 3
    assert stored.find("which service logs?") == MemoryBearings(LARGE).find("which service logs?")


def test_where_all_was_forgotten_meanwhile_nothing_is_left_to_be_done(file: IndexFile) -> None:
    known = list(LARGE)
    stored = StoredBearings([file], lambda: [known])
    assert not stored.update(0.0)
    known.clear()
    file.close()
    discard_index(file._path)

    assert stored.update(0.0)


def test_two_processes_make_the_same_index_together(file: IndexFile, tmp_path: Path) -> None:
    other = IndexFile(tmp_path / "data" / "search.sqlite")
    one, two = InsightIndex(file), InsightIndex(other)

    for index in (one, two) * 8:
        index.update(LARGE, "stamp", 0.0)
    while not (one.whole and two.whole):
        one.update(LARGE, "stamp", 0.0), two.update(LARGE, "stamp", 0.0)

    assert sorted(one.refresh().values()) == sorted(insight.id for insight in LARGE)
    other.close()


def test_what_changes_while_an_index_is_made_is_taken_in(file: IndexFile) -> None:
    index = InsightIndex(file)
    index.update(LARGE, "before", 0.0)
    assert not index.whole

    index.update([TAILWIND], "after")

    assert index.whole
    assert list(index.refresh().values()) == ["tailwind"]
