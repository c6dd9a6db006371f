"""From spawn to an echoed keystroke: learnchat beside a bare Textual program, in turns in the same run."""

from __future__ import annotations

import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path

from tests.bench.table import milliseconds, print_table

RUNS = 15
COLUMNS, ROWS = 120, 40
# A letter that neither program shows by itself.
LETTER = b"Q"
# What is no text. No emulator takes part: a first screenful costs one written in Python more than what is measured.
_SEQUENCES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[P\]X^_][^\x1b\x07]*(?:\x1b\\|\x07)|[ -/]*[0-~])")
# It is typed again and again, as by somebody who starts to type at once.
GAP_SECONDS = 0.02
PATIENCE_SECONDS = 30.0
# The most that learnchat allows itself: beyond it, opening is felt.
BOUND = 1.3


def time_to_echo(command: Sequence[str], home: Path) -> float:
    """Seconds from spawn until a typed letter stands on the screen."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
    }
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    sent = b""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=home, start_new_session=True
    )
    typed_at = began
    try:
        while time.perf_counter() - began < PATIENCE_SECONDS:
            readable, _, _ = select.select([master], [], [], GAP_SECONDS)
            if readable:
                sent += os.read(master, 65536)
                if LETTER in _SEQUENCES.sub(b"", sent):
                    return time.perf_counter() - began
            # Before the program has taken the terminal over, the kernel itself would echo.
            echoes = termios.tcgetattr(slave)[3] & termios.ECHO
            if not echoes and time.perf_counter() - typed_at >= GAP_SECONDS:
                os.write(master, LETTER)
                typed_at = time.perf_counter()
        raise TimeoutError(f"{command[0]} never echoed:\n" + sent[-2000:].decode(errors="replace"))
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(slave)


def main() -> None:
    floor = [sys.executable, str(Path(__file__).with_name("floor.py"))]
    learnchat = [str(Path(sys.executable).with_name("learnchat"))]
    times: dict[str, list[float]] = {"a bare Textual TextArea": [], "learnchat": []}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for command in (floor, learnchat):
            time_to_echo(command, home)  # the first start compiles and warms the caches
        for _ in range(RUNS):
            times["a bare Textual TextArea"].append(time_to_echo(floor, home))
            times["learnchat"].append(time_to_echo(learnchat, home))
    base = statistics.median(times["a bare Textual TextArea"])
    print_table(
        f"From spawn to an echoed keystroke, {RUNS} runs in turns, {COLUMNS}x{ROWS} (bound: {BOUND} times the floor)",
        ("program", "median", "fastest", "slowest", "of the floor"),
        [
            (
                name,
                milliseconds(statistics.median(values)),
                milliseconds(min(values)),
                milliseconds(max(values)),
                f"{statistics.median(values) / base:.2f}",
            )
            for name, values in times.items()
        ],
    )


if __name__ == "__main__":
    main()
