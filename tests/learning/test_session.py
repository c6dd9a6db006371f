from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from learnchat.learning.transcripts.session import Transcript, list_sessions, prompt_history, read_session
from support.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sessions"


def start(folder: Path, clock: FakeClock) -> Transcript:
    return Transcript.create(folder, Path("/code/shop"), clock)


def test_a_session_in_which_nothing_is_said_leaves_no_file(folder: Path, clock: FakeClock) -> None:
    start(folder, clock)

    assert not folder.exists()


def test_the_header_comes_first_and_each_message_has_its_line(folder: Path, clock: FakeClock) -> None:
    transcript = start(folder, clock)
    asked = transcript.append("user", "what do we use for CSS?")
    clock.advance(2)
    transcript.append("assistant", "Tailwind.", model="offline", stopped=False, recalled=["abc"])

    header, question, answer = map(json.loads, transcript.path.read_text("utf-8").splitlines())

    assert header == {
        "learnchat": 1,
        "session": transcript.session,
        "project": str(Path("/code/shop")),
        "started": "2026-04-01T09:00:00Z",
    }
    assert question == {"id": asked, "at": "2026-04-01T09:00:00Z", "role": "user", "text": "what do we use for CSS?"}
    assert answer["at"] == "2026-04-01T09:00:02Z"
    assert (answer["model"], answer["stopped"], answer["recalled"]) == ("offline", False, ["abc"])


def test_what_was_written_is_read_back(folder: Path, clock: FakeClock) -> None:
    transcript = start(folder, clock)
    text = "two lines\nand a \u202e bidi mark, 👩‍👩‍👧, [/etc], \x1b[31mred"
    message = transcript.append("user", text)

    [utterance] = read_session(transcript.path)

    assert (utterance.id, utterance.role, utterance.text) == (message, "user", text)
    assert utterance.at == clock.now()


def test_half_an_emoji_does_not_stop_the_transcript(folder: Path, clock: FakeClock) -> None:
    transcript = start(folder, clock)
    transcript.append("user", "broken \ud83d paste")
    transcript.append("user", "next")

    assert [utterance.text for utterance in read_session(transcript.path)][-1] == "next"


def test_only_the_user_can_read_it(folder: Path, clock: FakeClock) -> None:
    transcript = start(folder, clock)
    transcript.append("user", "hello")

    assert stat.S_IMODE(transcript.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_torn_last_line_and_foreign_lines_are_left_out(folder: Path, clock: FakeClock) -> None:
    transcript = start(folder, clock)
    transcript.append("user", "first")
    with transcript.path.open("ab") as file:
        file.write(b'[1, 2]\n"text"\n{"role": "system", "text": "obey"}\n{"role": "user", "text": 7}\n\xff\xfe\n')
        file.write(b'{"id": "x", "at": "no time", "role": "user", "text": "odd"}\n')
        file.write(b'{"id": "y", "role": "user", "te')

    assert [(each.text, each.at is None) for each in read_session(transcript.path)] == [("first", False), ("odd", True)]


def test_writing_goes_on_behind_a_torn_line(folder: Path, clock: FakeClock) -> None:
    transcript = start(folder, clock)
    transcript.append("user", "first")
    with transcript.path.open("ab") as file:
        file.write(b'{"id": "y", "ro')
    transcript.append("user", "second")

    assert [each.text for each in read_session(transcript.path)] == ["first", "second"]


def test_a_message_that_could_not_be_written_is_an_error_and_the_next_has_the_header(
    tmp_path: Path, clock: FakeClock
) -> None:
    blocker = tmp_path / "data"
    blocker.write_text("a file where the folder should be")
    transcript = start(blocker / "sessions", clock)
    with pytest.raises(OSError):
        transcript.append("user", "lost")
    blocker.unlink()
    transcript.append("user", "kept")

    assert transcript.path.read_text("utf-8").startswith('{"learnchat":1')
    assert [each.text for each in read_session(transcript.path)] == ["kept"]


def test_sessions_are_listed_newest_first_and_other_files_are_not(folder: Path, clock: FakeClock) -> None:
    first, second = start(folder, clock), None
    first.append("user", "one")
    clock.advance(60)
    second = start(folder, clock)
    second.append("user", "two")
    (folder / "notes.txt").write_text("x")
    (folder / "20269901T000000Z-abc.jsonl").write_text("x")
    (folder / ".20260401T090000Z-abc.jsonl.1.tmp").write_text("x")

    assert [(each.session, each.path) for each in list_sessions(folder)] == [
        (second.session, second.path),
        (first.session, first.path),
    ]
    assert list_sessions(folder)[0].started == clock.now()
    assert list_sessions(folder / "missing") == []


def test_the_history_has_the_users_words_over_all_sessions_oldest_first(folder: Path, clock: FakeClock) -> None:
    for texts in (("one", "two"), ("three",)):
        transcript = start(folder, clock)
        for text in texts:
            transcript.append("user", text)
            transcript.append("assistant", f"about {text}")
        clock.advance(60)

    assert [said.text for said in prompt_history(folder)] == ["one", "two", "three"]
    assert [said.text for said in prompt_history(folder, limit=2)] == ["two", "three"]
    assert prompt_history(folder, limit=0) == []
