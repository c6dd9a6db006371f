"""From spawn until a session is on the screen: an empty one, and one of a thousand exchanges, in turns."""

from __future__ import annotations

import json
import os
import pty
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

import pyte

from tests.bench.table import milliseconds, print_table

RUNS = 9
EXCHANGES = 1_000
COLUMNS, ROWS = 120, 40
PATIENCE_SECONDS = 30.0
# The most that a long session may take, compared with an empty one.
BOUND = 1.5
# Said last, when all is open; above it stands the conversation.
READY = "No model is set up"
LAST = f"answer {EXCHANGES - 1}"


def time_to(texts: Sequence[str], arguments: Sequence[str], folder: Path) -> float:
    """Seconds from spawn until some texts stand on the screen."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "LEARNCHAT_DATA_DIR": str(folder / "data"),
        "LEARNCHAT_CONFIG_DIR": str(folder / "configuration"),
        "OLLAMA_HOST": "http://127.0.0.1:9",
    }
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    command = [str(Path(sys.executable).with_name("learnchat")), *arguments]
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=folder / "shop", start_new_session=True
    )
    try:
        while time.perf_counter() - began < PATIENCE_SECONDS:
            if select.select([master], [], [], 0.02)[0]:
                data = os.read(master, 65536)
                seen = time.perf_counter()
                stream.feed(data)
                shown = "\n".join(screen.display)
                if all(text in shown for text in texts):
                    return seen - began
        raise TimeoutError("never shown:\n" + "\n".join(screen.display))
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(slave)


def make_session(folder: Path) -> None:
    """A session of a thousand exchanges, 1.5 KB a reply, as JSON lines for `learnchat sessions import`."""
    filler = "some words that fill a line of this reply and of the next one. " * 20
    with (folder / "talk.jsonl").open("w", encoding="utf-8") as file:
        for number in range(EXCHANGES):
            reply = f"- one\n- **two**\n\n{filler}\n\n```python\nprint({number})\n```\n\nanswer {number}"
            for role, text in (("user", f"question {number}"), ("assistant", reply)):
                file.write(json.dumps({"role": role, "content": text}) + "\n")
    subprocess.run(
        [str(Path(sys.executable).with_name("learnchat")), "sessions", "import", "talk.jsonl", "--project", "shop"],
        cwd=folder,
        env={**os.environ, "LEARNCHAT_DATA_DIR": str(folder / "data"), "LEARNCHAT_CONFIG_DIR": str(folder / "c")},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "shop").mkdir()
        make_session(folder)
        cases = {"an empty session": ((READY,), ()), f"{EXCHANGES:,} exchanges": ((READY, LAST), ("-c",))}
        times: dict[str, list[float]] = {case: [] for case in cases}
        for run in range(RUNS + 1):
            for case, (texts, arguments) in cases.items():
                seconds = time_to(texts, arguments, folder)
                if run:
                    times[case].append(seconds)
    medians = {case: statistics.median(found) for case, found in times.items()}
    empty, full = medians.values()
    print_table(
        f"From spawn until a session is on the screen, {RUNS} runs in turns, {COLUMNS}x{ROWS}",
        ("what", "median", "ratio", "bound"),
        [
            ("an empty session", milliseconds(empty), "1.00", ""),
            (f"{EXCHANGES:,} exchanges", milliseconds(full), f"{full / empty:.2f}", f"{BOUND:.2f}"),
        ],
    )


if __name__ == "__main__":
    main()
