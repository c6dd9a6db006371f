from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.transcripts.saved import SavedSession, read_saved
from learnchat.learning.transcripts.session import SessionFile, Transcript, list_sessions
from learnchat.learning.transcripts.shelf import delete, drop_deleted, fork, rename, restore
from support.clock import FakeClock

PROJECT = Path("/code/shop")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sessions"


@pytest.fixture
def transcript(folder: Path, clock: FakeClock) -> Transcript:
    """Two exchanges, the second answered twice."""
    transcript = Transcript.create(folder, PROJECT, clock)
    transcript.append("user", "how do\nwe deploy?", id="u1", parent="")
    transcript.append("assistant", "By hand.", id="a1", parent="u1", model="offline")
    transcript.append("user", "and test?", id="u2", parent="a1")
    transcript.append("assistant", "Rarely.", id="a2", parent="u2")
    clock.advance(60)
    transcript.append("assistant", "Always.", id="b2", parent="u2")
    return transcript


def file(folder: Path) -> SessionFile:
    [found] = list_sessions(folder)
    return found


def read(folder: Path) -> SavedSession:
    return read_saved(file(folder))


def texts(saved: SavedSession) -> list[str]:
    return [each.text for each in saved.branches.path()]


def test_a_session_is_read_with_its_newest_branch(folder: Path, transcript: Transcript, clock: FakeClock) -> None:
    saved = read(folder)

    assert texts(saved) == ["how do\nwe deploy?", "By hand.", "and test?", "Always."]
    assert saved.branches.variants("b2") == ["a2", "b2"]
    assert (saved.id, saved.header["project"]) == (transcript.session, str(PROJECT))
    assert saved.last == clock.now()


def test_the_branch_that_was_chosen_last_is_seen(folder: Path, transcript: Transcript) -> None:
    transcript.note(current="a2")
    assert texts(read(folder))[-1] == "Rarely."

    transcript.note(current="nowhere")
    assert texts(read(folder))[-1] == "Rarely."


def test_the_title_is_how_the_first_message_begins_until_it_has_one(
    folder: Path, transcript: Transcript, clock: FakeClock
) -> None:
    assert read(folder).title == "how do we deploy?"

    rename(file(folder), "Deploying\x1b[31m", clock)
    assert read(folder).title == "Deploying"

    rename(file(folder), "", clock)
    assert read(folder).title == "how do we deploy?"


def test_a_title_given_before_the_first_message_is_written_with_it(folder: Path, clock: FakeClock) -> None:
    transcript = Transcript.create(folder, PROJECT, clock)
    transcript.note(title="Plans")
    assert not folder.exists()

    transcript.append("user", "hello")

    assert read(folder).title == "Plans"
    assert transcript.path.read_text("utf-8").startswith('{"learnchat":1')


def test_a_deleted_session_is_in_no_list_and_can_be_restored(
    folder: Path, transcript: Transcript, clock: FakeClock
) -> None:
    deleted = file(folder)
    delete(deleted, clock)

    assert list_sessions(folder) == []
    assert list_sessions(folder, deleted=True) == [deleted]
    assert read_saved(deleted).deleted == clock.now()

    restore(deleted, clock)
    assert list_sessions(folder) == [deleted]
    assert read_saved(deleted).deleted is None


def test_what_is_said_in_a_deleted_session_brings_it_back(
    folder: Path, transcript: Transcript, clock: FakeClock
) -> None:
    delete(file(folder), clock)

    transcript.append("user", "x" * 2000)

    assert read(folder).deleted is None


def test_a_torn_deletion_is_none(folder: Path, transcript: Transcript, clock: FakeClock) -> None:
    with transcript.path.open("ab") as stream:
        stream.write(b'{"at":"2026-04-01T09:00:00Z","deleted":tr')

    assert len(list_sessions(folder)) == 1


def test_a_deleted_session_goes_after_a_day(folder: Path, transcript: Transcript, clock: FakeClock) -> None:
    delete(file(folder), clock)
    clock.advance(23 * 3600)
    assert drop_deleted(folder, clock) == 0

    clock.advance(2 * 3600)
    assert drop_deleted(folder, clock) == 1
    assert list(folder.iterdir()) == []


def test_what_is_gone_for_good_can_not_be_renamed(folder: Path, transcript: Transcript, clock: FakeClock) -> None:
    found = file(folder)
    found.path.unlink()

    with pytest.raises(OSError):
        rename(found, "ghost", clock)
    assert not found.path.exists()


def test_a_fork_has_what_was_said_up_to_its_message_and_goes_its_own_way(
    folder: Path, transcript: Transcript, clock: FakeClock
) -> None:
    clock.advance(60)
    made = fork(read(folder), "a2", folder, PROJECT, clock)
    copy = Transcript.reopen(made, PROJECT, clock)
    copy.append("user", "go on", parent="a2")

    saved = read_saved(made)

    assert texts(saved) == ["how do\nwe deploy?", "By hand.", "and test?", "Rarely.", "go on"]
    assert saved.title == "how do we deploy? (fork)"
    assert saved.header["forked"] == {"session": transcript.session, "at": "a2"}
    assert texts(read_saved(list_sessions(folder)[1]))[-1] == "Always."


def test_two_windows_write_branches_of_one_session(folder: Path, transcript: Transcript, clock: FakeClock) -> None:
    one, other = (Transcript.reopen(file(folder), PROJECT, clock) for _ in range(2))
    one.append("user", "here", id="u3", parent="b2")
    other.append("user", "there", id="v3", parent="b2")
    one.append("assistant", "to here", id="a3", parent="u3")
    other.append("assistant", "to there", id="c3", parent="v3")

    saved = read(folder)

    assert texts(saved)[-2:] == ["there", "to there"]
    saved.branches.choose("u3")
    assert texts(saved)[-2:] == ["here", "to here"]


def test_a_session_of_an_earlier_learnchat_is_one_branch(folder: Path, clock: FakeClock) -> None:
    transcript = Transcript.create(folder, PROJECT, clock)
    for role in ("user", "assistant", "user"):
        transcript.append(role, role)  # type: ignore[arg-type]

    assert texts(read(folder)) == ["user", "assistant", "user"]


def test_what_another_window_says_in_the_same_session_is_noticed_once(
    transcript: Transcript, folder: Path, clock: FakeClock
) -> None:
    assert not transcript.has_company()
    other = Transcript.reopen(file(folder), PROJECT, clock)
    other.note(title="Deploying")
    assert not transcript.has_company()

    other.append("user", "by whom?", id="u3", parent="b2")
    transcript.append("user", "and when?", id="u4", parent="b2")

    assert transcript.has_company()
    assert not transcript.has_company()
    assert other.has_company()
