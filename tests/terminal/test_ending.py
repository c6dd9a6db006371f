from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from support.terminal import LEARNCHAT, PATIENCE_SECONDS, Terminal

pytestmark = pytest.mark.terminal

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("mode", ["", "--inline", "--plain"], ids=["screen", "inline", "plain"])
def test_whatever_ends_it_the_terminal_is_as_it_was(tmp_path: Path, mode: str, number: signal.Signals) -> None:
    if mode == "--plain" and number is signal.SIGINT:
        pytest.skip("there it is Ctrl+C, which stops a reply")
    started = f"echo $$ > pid; exec {LEARNCHAT} {mode}"
    program = ("/bin/bash", "-c", f"(sh -c '{started}'); stty -a > after.txt")
    with Terminal([], tmp_path, program=program) as terminal:
        terminal.wait_for("No model is set up")
        terminal.send("a draft")
        terminal.wait_for("a draft")
        os.kill(int((tmp_path / "pid").read_text()), number)
        after = tmp_path / "after.txt"
        terminal.wait(lambda: after.exists() and after.read_text().endswith("\n"), "the end")
        terminal.wait_for_end()
    settings = after.read_text().replace(";", " ").split()
    assert {"echo", "icanon", "isig", "icrnl"} <= set(settings)
    assert b"Traceback" not in terminal.raw
    if not mode:
        assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")
    if mode != "--plain":
        # The mouse, what is pasted, the cursor.
        assert [terminal.raw.count(code) > 0 for code in (b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[?25h")] == [True] * 3


def test_a_terminal_that_goes_away_without_a_signal_ends_it(tmp_path: Path) -> None:
    master, slave = os.openpty()
    # A session of its own and no controlling terminal: nobody sends it SIGHUP.
    process = subprocess.Popen(
        [LEARNCHAT], cwd=tmp_path, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    )
    os.close(slave)
    screen = b""
    while b"No model is set up" not in screen:
        screen += os.read(master, 65536)
    os.write(master, b"half a thought")
    while b"half a thought" not in screen:
        screen += os.read(master, 65536)
    os.close(master)
    try:
        # 120 is Python's word for output that can't be written when it ends.
        assert process.wait(PATIENCE_SECONDS) in (0, 120)
    finally:
        process.kill()
    with Terminal([], tmp_path) as terminal:
        terminal.wait_for("Up brings back the draft you left")


def test_what_was_killed_is_made_good_by_the_next_start(tmp_path: Path) -> None:
    started = f"echo $$ > pid; exec {LEARNCHAT}"
    script = f"(sh -c '{started}'); {LEARNCHAT} doctor --offline; {LEARNCHAT}; stty -a > after.txt"
    with Terminal([], tmp_path, size=(120, 40), program=("/bin/bash", "-c", script)) as terminal:
        terminal.wait_for("No model is set up")
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
        terminal.wait(lambda: b"type `reset`" in terminal.raw, "what the doctor says")
        begins = len(terminal.raw)
        terminal.wait(lambda: b"No model is set up" in terminal.raw[begins:], "the second start")
        terminal.send("/quit\r")
        terminal.wait_for_end()
    settings = (tmp_path / "after.txt").read_text().replace(";", " ").split()
    assert {"echo", "icanon", "isig", "icrnl", "opost"} <= set(settings)
