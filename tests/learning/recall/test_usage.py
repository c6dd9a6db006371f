from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.recall import usage
from learnchat.learning.recall.usage import Feedback, Usage, Use, taken_up
from support.clock import FakeClock

WRITER = """
import sys
from pathlib import Path
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.user_data import ProfileData
from learnchat.learning.recall.usage import Usage
usage = Usage(ProfileData(Path(sys.argv[1])), SystemClock())
for _ in range(int(sys.argv[2])):
    usage.note_given(["a", "b"], ["a"])
    print("noted", flush=True)
"""


@pytest.fixture
def data(tmp_path: Path) -> ProfileData:
    return ProfileData(tmp_path / "shop")


def start(data: ProfileData, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(data.folder), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)


def test_what_is_given_taken_up_and_said_is_counted(data: ProfileData) -> None:
    clock = FakeClock()
    counts = Usage(data, clock)
    counts.note_given(["a", "b", "a"], ["b"])
    clock.advance(60)
    counts.note_given(["a"], [])
    counts.note_given([], [])
    for feedback in Feedback:
        counts.note_feedback("a", feedback)
    expected = {
        "a": Use(given=2, useful=1, wrong=1, outdated=1, not_here=1, last=clock.now()),
        "b": Use(given=1, used=1, last=FakeClock().now()),
    }
    assert counts.all() == expected
    assert Usage(data, clock).all() == expected


def test_a_long_file_is_summed_up_and_says_the_same(data: ProfileData, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage, "MOST_RECORDS", 5)
    first, second = Usage(data, FakeClock()), Usage(data, FakeClock())
    for number in range(20):
        (first, second)[number % 2].note_given(["a", "b"], ["b"])
    first.note_feedback("a", Feedback.NOT_HERE)
    assert len(data.usage.read_text().splitlines()) <= 6
    for counts in (first, second, Usage(data, FakeClock())):
        assert counts.all()["a"] == Use(given=20, not_here=1, last=FakeClock().now())
        assert counts.all()["b"] == Use(given=20, used=20, last=FakeClock().now())


def test_damaged_lines_count_as_nothing(data: ProfileData) -> None:
    Usage(data, FakeClock()).note_given(["a"], [])
    with data.usage.open("ab") as file:
        file.write(
            b'{"at": 3, "given": 4}\n{"feedback": "nice", "id": "a"}\n{"sums": []}\n{"sums": {"a": [1]}}\n\xff\n{"at'
        )
    counts = Usage(data, FakeClock())
    counts.note_given(["a"], ["a"])
    assert counts.all() == {"a": Use(given=2, used=1, last=FakeClock().now())}


def test_concurrent_writers_lose_no_count(data: ProfileData) -> None:
    writers = [start(data, 40) for _ in range(3)]
    assert [writer.wait(timeout=30) for writer in writers] == [0, 0, 0]
    counts = Usage(data, SystemClock()).all()
    assert (counts["a"].given, counts["a"].used, counts["b"].given, counts["b"].used) == (120, 120, 120, 0)
    for writer in writers:
        assert writer.stdout
        writer.stdout.close()


def test_what_was_counted_survives_a_kill(data: ProfileData) -> None:
    writer = start(data, 100_000)
    assert writer.stdout
    for _ in range(20):
        assert writer.stdout.readline() == "noted\n"
    writer.send_signal(signal.SIGKILL)
    said = 20 + writer.stdout.read().count("noted\n")
    writer.wait()
    writer.stdout.close()
    given = Usage(data, SystemClock()).all()["a"].given
    assert said <= given <= said + 1
    # The next writer goes on where it was.
    Usage(data, SystemClock()).note_given(["a"], [])
    assert Usage(data, SystemClock()).all()["a"].given == given + 1


@pytest.mark.parametrize(
    ("question", "reply", "expected"),
    [
        ("What do we use for CSS?", "You switched from Bootstrap to Tailwind CSS for the dashboard.", ["css"]),
        ("How do I sort a list?", "Use sorted(), it returns a new list.", []),
        ("Which units has the API?", "It returns cents and not dollars.", ["cents"]),
        # All of it was in the question: nobody can tell.
        ("The API returns cents, not dollars, right?", "Right: the API returns cents, not dollars.", []),
        ("", "", []),
    ],
)
def test_a_reply_takes_up_what_it_says_beyond_the_question(question: str, reply: str, expected: list[str]) -> None:
    given = [
        ("css", "We're switching from Bootstrap to Tailwind CSS for the dashboard"),
        ("cents", "The API returns cents, not dollars"),
    ]
    assert taken_up(given, question, reply) == expected
