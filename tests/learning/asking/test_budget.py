from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from learnchat.learning.asking.budget import KEPT_RECORDS, Budget, Quiet
from learnchat.learning.disk.files import append_json_lines, read_json_lines
from learnchat.learning.disk.notes import change_notes
from support.memory import Place, make_place

PROGRAM = """
import sys, pathlib
from learnchat.learning.asking.budget import Budget
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.user_data import UserData
user = UserData(pathlib.Path(sys.argv[1]))
budget = Budget(user.personal, user, SystemClock(), per_hour=3, pause=0.0)
print(sum(budget.take() for _ in range(5)))
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def budget(place: Place, per_hour: int = 5, pause: float = 120.0) -> Budget:
    return Budget(place.data, place.user_data, place.clock, per_hour=per_hour, pause=pause)


def test_two_toasts_are_two_minutes_apart_over_all_windows(place: Place) -> None:
    assert budget(place).take()
    place.clock.advance(119)
    assert not budget(place).take()
    assert budget(place).objection() == "the last toast is less than 120 seconds old"
    place.clock.advance(1)
    assert budget(place).take()


def test_five_toasts_an_hour_are_the_most_and_the_hour_moves_on(place: Place) -> None:
    for _ in range(5):
        assert budget(place).take()
        place.clock.advance(120)
    assert not budget(place).take()
    assert budget(place).objection() == "5 toasts in the last hour"
    place.clock.advance(timedelta(hours=1).total_seconds() - 5 * 120)
    assert budget(place).take()
    assert not budget(place).take()


def test_a_budget_of_none_never_asks(place: Place) -> None:
    assert not budget(place, per_hour=0).take()


def test_another_project_has_a_budget_of_its_own(place: Place) -> None:
    assert budget(place).take()
    assert Budget(place.user_data.project(place.root / "other"), place.user_data, place.clock).take()


def test_a_clock_that_was_set_back_does_not_keep_toasts_away(place: Place) -> None:
    place.clock.advance(timedelta(days=300).total_seconds())
    assert budget(place).take()
    place.clock.advance(-timedelta(days=300).total_seconds())
    assert budget(place).take()


def test_damaged_records_are_passed_over(place: Place) -> None:
    append_json_lines(place.data.asks, [{"at": 5}, {}, {"at": "soon"}])
    assert budget(place).take()


def test_the_file_of_records_stays_small(place: Place) -> None:
    for _ in range(KEPT_RECORDS + 1):
        assert budget(place).take()
        place.clock.advance(720)
    assert len(read_json_lines(place.data.asks)[0]) <= KEPT_RECORDS
    place.clock.advance(-720 + 60)
    assert not budget(place).take()


def test_processes_that_ask_at_once_share_one_budget(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path)], stdout=subprocess.PIPE) for _ in range(3)
    ]
    taken = [int(process.communicate()[0]) for process in processes]
    assert sum(taken) == 3


def test_only_the_first_toast_of_all_is_the_first(place: Place) -> None:
    assert budget(place).first_ever()
    assert not budget(place).first_ever()


def test_quiet_for_the_session_ends_with_it(place: Place) -> None:
    quiet = Quiet(place.data, place.clock)
    assert quiet.state() is None
    assert "session" in quiet.set("session")
    assert quiet.state() == "quiet in this session"
    assert Quiet(place.data, place.clock).state() is None


def test_quiet_for_an_hour_holds_in_every_window_and_ends(place: Place) -> None:
    Quiet(place.data, place.clock).set("1h")
    quiet = Quiet(place.data, place.clock)
    state = quiet.state()
    assert state is not None
    assert state.startswith("quiet until ")
    place.clock.advance(3600)
    assert quiet.state() is None


def test_quiet_in_the_project_stays_until_it_is_taken_back(place: Place) -> None:
    Quiet(place.data, place.clock).set("project")
    place.clock.advance(timedelta(days=100).total_seconds())
    quiet = Quiet(place.data, place.clock)
    assert quiet.state() == "quiet in this project"
    quiet.set("off")
    assert Quiet(place.data, place.clock).state() is None


def test_quiet_off_ends_every_kind_of_quiet(place: Place) -> None:
    quiet = Quiet(place.data, place.clock)
    quiet.set("session")
    quiet.set("1h")
    quiet.set("off")
    assert quiet.state() is None


def test_an_unknown_quiet_is_refused(place: Place) -> None:
    with pytest.raises(ValueError, match="none of session"):
        Quiet(place.data, place.clock).set("forever")


def test_damaged_notes_are_no_quiet(place: Place) -> None:
    change_notes(place.data, lambda notes: notes.update(quiet="soon"))
    assert Quiet(place.data, place.clock).state() is None
    place.data.project_file.write_text("[")
    assert Quiet(place.data, place.clock).state() is None
