from __future__ import annotations

from pathlib import Path

from learnchat.learning.judging.memory import KEPT, MOST, SessionMemory, forget_old
from support.clock import FakeClock


def memory(folder: Path, clock: FakeClock, session: str = "s1") -> SessionMemory:
    return SessionMemory(folder, session, clock)


def test_what_was_done_is_known_to_the_next_process_too(tmp_path: Path) -> None:
    clock = FakeClock()
    memory(tmp_path, clock).note([("seen", "k1")], ["We use pnpm, not npm"])

    again = memory(tmp_path, clock)

    assert again.has("seen", "k1")
    assert not again.has("read", "k1")
    assert not memory(tmp_path, clock, "s2").has("seen", "k1")


def test_nearly_the_same_statement_was_heard_and_another_figure_was_not(tmp_path: Path) -> None:
    known = memory(tmp_path, FakeClock())
    known.note([], ["The session cookie ends after 30 minutes"])

    assert known.was_heard("Session cookies end after 30 minutes.")
    assert not known.was_heard("The session cookie ends after 45 minutes")


def test_no_words_are_kept(tmp_path: Path) -> None:
    memory(tmp_path, FakeClock()).note([("seen", "k1")], ["We use pnpm, not npm"])

    assert "pnpm" not in "".join(path.read_text() for path in tmp_path.iterdir())


def test_after_a_day_it_is_forgotten_and_the_file_goes(tmp_path: Path) -> None:
    import os

    clock = FakeClock()
    known = memory(tmp_path, clock)
    known.note([("seen", "k1")], ["We use pnpm"])
    [file] = tmp_path.iterdir()
    os.utime(file, (clock.now().timestamp(),) * 2)
    forget_old(tmp_path, clock)
    assert file.exists()

    clock.advance(KEPT.total_seconds() + 1)
    forget_old(tmp_path, clock)

    assert not known.has("seen", "k1")
    assert not known.was_heard("We use pnpm")
    assert list(tmp_path.iterdir()) == []


def test_the_last_two_hundred_are_kept_and_the_file_does_not_grow_for_ever(tmp_path: Path) -> None:
    known = memory(tmp_path, FakeClock())
    for number in range(5 * MOST):
        known.note([("seen", f"k{number}")])

    assert len(known.keys("seen")) == MOST
    assert known.has("seen", f"k{5 * MOST - 1}")
    assert not known.has("seen", "k0")
    [file] = tmp_path.iterdir()
    assert len(file.read_text().splitlines()) <= 4 * MOST


def test_a_torn_or_foreign_line_costs_only_itself(tmp_path: Path) -> None:
    clock = FakeClock()
    memory(tmp_path, clock).note([("seen", "k1")])
    [file] = tmp_path.iterdir()
    with file.open("a") as stream:
        stream.write('[1]\n{"at": 3}\n{"what": "seen", "ke')

    again = memory(tmp_path, clock)
    again.note([("seen", "k2")])

    assert memory(tmp_path, clock).keys("seen") == ["k1", "k2"]


def test_a_session_may_be_called_anything(tmp_path: Path) -> None:
    for name in ("../../etc/passwd", "CON", "a" * 500, "ü b"):
        known = memory(tmp_path, FakeClock(), name)
        known.note([("seen", "k")])
        assert known.has("seen", "k")
    assert len(list(tmp_path.iterdir())) == 4
