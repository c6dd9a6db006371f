"""How soon a typed letter is echoed: at rest, while the model's SDK is being loaded, and while a reply streams."""

from __future__ import annotations

import itertools
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
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path

from tests.bench.table import milliseconds, print_table

COLUMNS, ROWS = 120, 40
LETTERS = 120
# About as fast as a fast typist: 14 letters a second.
GAP_SECONDS = 0.07
PATIENCE_SECONDS = 60.0
PIECES = 3000
PIECE_GAP_SECONDS = 0.01


class Session:
    """learnchat on a pseudo-terminal, and what it has sent there since the last keys.

    No emulator takes part: what a screenful costs one written in Python is more than what is measured here.
    """

    def __init__(self, home: Path, model: str, environment: dict[str, str]) -> None:
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._sent = b""
        self._process = subprocess.Popen(
            [str(Path(sys.executable).with_name("learnchat")), "--model", model],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=home,
            start_new_session=True,
            env={"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", **environment},
        )
        os.close(slave)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def send(self, keys: str) -> None:
        self._sent = b""
        os.write(self._master, keys.encode())

    def shows(self, text: str) -> bool:
        return text.encode() in self._sent

    def read(self, seconds: float) -> None:
        readable, _, _ = select.select([self._master], [], [], seconds)
        if readable:
            self._sent += os.read(self._master, 65536)

    def wait_for(self, text: str) -> float:
        """Seconds until a text was sent to the screen."""
        began = time.perf_counter()
        while not self.shows(text):
            if time.perf_counter() - began > PATIENCE_SECONDS:
                raise TimeoutError(f"{text!r} never came:\n" + self._sent[-2000:].decode(errors="replace"))
            self.read(0.002)
        return time.perf_counter() - began

    def rest(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(0.005)

    def type(self, count: int) -> list[float]:
        """Type letters; the seconds until each is echoed at its place."""
        letters = itertools.cycle("abcdefghijklmnopqrstuvwxyz0123456789")
        typed, times = "", []
        for _ in range(count):
            typed += next(letters)
            self.send(typed[-1])
            # By the last eight letters: the prompt's row is sent anew with each, up to the cursor.
            times.append(self.wait_for(typed[-8:]))
            self.rest(GAP_SECONDS)
            if len(typed) >= 60:
                self.send("\x15")  # ctrl+u: to the start of the line
                self.rest(0.1)
                typed = ""
        return times


@contextmanager
def session(home: Path, model: str, environment: dict[str, str]) -> Iterator[Session]:
    opened = Session(home, model, environment)
    try:
        yield opened
    finally:
        opened.close()


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from support.model_server import ModelServer, Reply

    rows = []
    words = ["The", "answer", "is", "**long**", "and", "has", "`code`", "in", "it,", ""]
    pieces = tuple(f"{words[number % len(words)]} " + ("\n\n" if number % 60 == 59 else "") for number in range(PIECES))
    for model in ("offline", "openai/bench", "anthropic/bench"):
        with (
            tempfile.TemporaryDirectory() as folder,
            ModelServer(Reply(pieces=pieces, gap=PIECE_GAP_SECONDS)) as server,
        ):
            environment = {
                "OPENAI_API_KEY": "bench",
                "OPENAI_BASE_URL": server.url + "/v1",
                "ANTHROPIC_API_KEY": "bench",
                "ANTHROPIC_BASE_URL": server.url,
                "OLLAMA_HOST": "http://127.0.0.1:9",
            }
            with session(Path(folder), model, environment) as chat:
                chat.wait_for("/help")
                rows.append((f"{model}, from the first paint on", chat.type(LETTERS)))
                if model != "offline":
                    chat.send("\x15")
                    chat.send("go\r")
                    chat.wait_for("answer")
                    rows.append((f"{model}, while a reply streams", chat.type(LETTERS)))
    print_table(
        f"From a key to its echo, {LETTERS} letters, {1 / GAP_SECONDS:.0f} a second; "
        f"replies of {1 / PIECE_GAP_SECONDS:.0f} pieces a second",
        ("when", "median", "p95", "slowest"),
        [
            (
                name,
                milliseconds(statistics.median(times)),
                milliseconds(statistics.quantiles(times, n=20)[-1]),
                milliseconds(max(times)),
            )
            for name, times in rows
        ],
    )


if __name__ == "__main__":
    main()
