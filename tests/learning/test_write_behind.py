from __future__ import annotations

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.files import identity
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import Proposal
from support.crashing import fail_from
from support.memory import Place, make_place

STATEMENT = "We're switching from Bootstrap to Tailwind"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def behind(place: Place) -> Profiles:
    profiles = place.open()
    profiles.put_off_writing()
    return profiles


def recalled(profiles: Profiles) -> list[str]:
    return sorted(insight.statement for insight in profiles.insights())


def in_files(place: Place) -> list[str]:
    documents = place.documents() if place.insights_file.exists() else []
    found = sorted(document["statement"] for document in documents if "statement" in document)
    markdown = place.markdown.read_text() if place.markdown.exists() else ""
    assert all(statement in markdown for statement in found)
    return found


def test_a_decision_is_acknowledged_before_any_file_of_the_folder_is_written(place: Place) -> None:
    profiles = behind(place)
    act = profiles.remember("We use pnpm")
    assert act.sentence == "Learned: We use pnpm · Fact"
    assert b"We use pnpm" in place.data.journal.read_bytes()
    assert not place.insights_file.exists()
    assert recalled(profiles) == ["We use pnpm"]
    assert profiles.unsettled


def test_several_decisions_are_one_write(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = behind(place)
    replaced: list[str] = []
    real = Directory.replace

    def noted(self: Directory, name: str, data: bytes, mode: int) -> None:
        replaced.append(name)
        real(self, name, data, mode)

    monkeypatch.setattr(Directory, "replace", noted)
    for number in range(5):
        profiles.remember(f"Service {number} listens on port {8000 + number}")
    assert profiles.settle() is None
    assert replaced.count("LEARNED_INSIGHTS.md") == 1
    assert len(in_files(place)) == 5
    assert not profiles.unsettled


def test_nothing_is_written_when_nothing_is_left_to_write(place: Place) -> None:
    profiles = behind(place)
    profiles.remember("We use pnpm")
    profiles.settle()
    before = [identity(file) for file in (place.insights_file, place.markdown, place.data.journal, place.data.trust)]
    assert profiles.settle() is None
    assert before == [
        identity(file) for file in (place.insights_file, place.markdown, place.data.journal, place.data.trust)
    ]


def test_a_process_that_ends_before_the_files_were_written_loses_nothing(place: Place) -> None:
    profiles = behind(place)
    profiles.remember("We use pnpm")
    profiles.forget(profiles.remember("We use npm").insight.id, Means.COMMAND)  # type: ignore[union-attr]
    del profiles
    after = place.open()
    assert recalled(after) == in_files(place) == ["We use pnpm"]
    assert after.health() == []


def test_another_process_sees_at_once_what_is_acknowledged_and_not_yet_written(place: Place) -> None:
    watching = place.open()
    assert recalled(watching) == []
    profiles = behind(place)
    profiles.remember("We use pnpm")
    assert recalled(watching) == ["We use pnpm"]
    assert watching.unaccepted() == []
    stone = place.propose(profiles, "We use npm")
    profiles.never(stone, Means.TOAST)
    assert [tombstone.reason for tombstone in watching.personal.refusals("We use npm")] == []
    assert watching.project is not None
    assert [tombstone.reason for tombstone in watching.project.refusals("We use npm")] == ["never"]
    profiles.undo()
    assert watching.project.refusals("We use npm") == []


def test_what_another_process_wrote_first_and_took_back_is_not_brought_again(place: Place) -> None:
    profiles = behind(place)
    act = profiles.remember("We use pnpm")
    assert act.insight is not None
    other = place.open()  # It settles what it finds.
    other.forget(act.insight.id, Means.COMMAND)
    profiles.settle()
    assert recalled(profiles) == recalled(place.open()) == in_files(place) == []
    assert place.open().health() == []


def test_trust_is_not_given_again_by_a_late_write(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    profiles = behind(place)
    act = profiles.remember("We use pnpm")
    assert act.insight is not None
    assert profiles.project is not None
    entry_id = act.insight.id
    real = profiles.project.folder.write

    def write_and_be_overtaken(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        place.open().forget(entry_id, Means.COMMAND)

    monkeypatch.setattr(profiles.project.folder, "write", write_and_be_overtaken)
    profiles.settle()
    assert recalled(profiles) == recalled(place.open()) == in_files(place) == []
    assert place.open().health() == []


def test_whatever_comes_between_two_decisions_the_view_is_the_one_of_a_new_process(place: Place) -> None:
    profiles = behind(place)
    ids = []
    for number in range(12):
        act = profiles.remember(f"Service {number} listens on port {8000 + number}")
        assert act.insight is not None
        ids.append(act.insight.id)
        place.clock.advance(1)
        if number % 3 == 2:
            profiles.forget(ids.pop(0), Means.COMMAND)
        if number % 4 == 3:
            profiles.settle()
        if number % 5 == 4:
            profiles.undo()
        mine = list(profiles.insights())
        fresh = place.open()
        assert mine == fresh.insights() == profiles.insights()
        assert profiles.unaccepted() == fresh.unaccepted() == []


# A disk that is full, or not ours, at any step


def refuse_at(monkeypatch: pytest.MonkeyPatch, step: int, number: int) -> Callable[[], bool]:
    """Let each write, fsync and renaming fail from the given one on; tells whether it came so far."""
    return fail_from(monkeypatch, step, lambda: OSError(number, os.strerror(number)))


def confirm(profiles: Profiles, proposal: Proposal) -> str | None:
    """Returns why it was refused."""
    try:
        profiles.confirm(proposal, Means.TOAST)
    except ProfileError as error:
        return error.title
    return None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=["full", "read-only", "denied"])
def test_wherever_the_disk_refuses_an_act_is_told_as_saved_or_not_and_that_is_so(tmp_path: Path, number: int) -> None:
    told = set()
    for step in count(1):
        place = make_place(tmp_path / str(step))
        profiles = behind(place)
        proposal = place.propose(profiles, STATEMENT)
        with pytest.MonkeyPatch.context() as monkeypatch:
            refused = refuse_at(monkeypatch, step, number)
            refusal = confirm(profiles, proposal)
            said = refusal is None
            assert said or os.strerror(number).lower() in str(refusal).lower()
            failure = profiles.settle()
            if said and failure is not None:
                # The chat goes on with it, and the status line has a reason.
                assert recalled(profiles) == [STATEMENT]
                assert os.strerror(number).lower() in failure.lower()
                assert profiles.unwritable is not None
            was_refused = refused()
        told.add(said)
        # The disk has room again.
        assert profiles.settle() is None
        assert profiles.unwritable is None
        assert recalled(profiles) == recalled(place.open()) == ([STATEMENT] if said else [])
        assert in_files(place) == ([STATEMENT] if said else [])
        assert place.open().health() == []
        if not was_refused:
            break
    assert told == {True, False}


FULL = """
import resource, sys
from pathlib import Path
from learnchat.learning.clock import SystemClock
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.disk.project import find_project
from learnchat.learning.disk.user_data import UserData
place = Path(sys.argv[1])
profiles = Profiles.open(find_project(place / "shop"), UserData(place / "data"), SystemClock())
profiles.put_off_writing()
for number in range(10):
    profiles.remember(f"Service {number} listens on port {8000 + number}")
profiles.settle()
# From here on no file grows above what the journal needs for one more decision.
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
size = (place / "shop" / ".learnchat" / "insights.json").stat().st_size
journal = profiles.project.data.journal
data = journal.read_bytes()
profiles.remember("One more that the journal still has room for")
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
print(profiles.settle())
print(len(profiles.insights()))
try:
    profiles.remember("And one that finds no room at all")
except Exception as error:
    print(type(error).__name__)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="a limit of POSIX")
def test_on_a_file_system_without_room_the_files_stay_whole_and_the_journal_keeps_what_was_confirmed(
    place: Place,
) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FULL, str(place.root.parent)], capture_output=True, text=True, check=True
    )
    failure, known, refused = answer.stdout.splitlines()
    assert "too large" in failure.lower()
    assert (known, refused) == ("11", "ProfileError")
    assert len(in_files(place)) == 10
    after = place.open()
    assert len(after.insights()) == len(in_files(place)) == 11
    assert after.health() == []
