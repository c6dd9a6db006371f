from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from learnchat.app.terminal_modes import left_raw, mended, was_left_raw

termios = pytest.importorskip("termios")
tty = pytest.importorskip("tty")


@pytest.fixture
def terminal() -> Iterator[int]:
    window, terminal = os.openpty()
    yield terminal
    os.close(window)
    os.close(terminal)


def test_a_terminal_as_a_shell_has_it_is_left_alone(terminal: int) -> None:
    attributes = termios.tcgetattr(terminal)
    assert not was_left_raw(terminal)
    assert mended(attributes) == attributes


def test_one_that_was_left_raw_is_as_it_was(terminal: int) -> None:
    before = termios.tcgetattr(terminal)
    tty.setraw(terminal)
    assert was_left_raw(terminal)
    termios.tcsetattr(terminal, termios.TCSANOW, mended(termios.tcgetattr(terminal)))
    after = termios.tcgetattr(terminal)
    assert [after[place] & before[place] for place in (0, 1, 3)] == [before[place] for place in (0, 1, 3)]


def test_one_that_only_hides_what_is_typed_was_left_by_nobody(terminal: int) -> None:
    attributes = termios.tcgetattr(terminal)
    attributes[3] &= ~termios.ECHO
    assert not left_raw(attributes)


def test_what_is_no_terminal_was_left_by_nobody(tmp_path: object) -> None:
    reading, writing = os.pipe()
    assert not was_left_raw(reading)
    os.close(reading)
    os.close(writing)
