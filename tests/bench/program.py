"""A program on a pseudo-terminal, as the benches drive it."""

from __future__ import annotations

import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 120, 40
PATIENCE_SECONDS = 60.0
LEARNCHAT = str(Path(sys.executable).with_name("learnchat"))


class Program:
    """A program on a terminal, and what it has sent there since the last keys; a context manager.

    No emulator takes part: what a screenful costs one written in Python is more than what is measured here.

    Args:
        command: how it is started.
        home: its home, and the folder it is started in.
        variables: its environment, besides what a terminal sets.
    """

    def __init__(self, command: Sequence[str], home: Path, variables: dict[str, str]) -> None:
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._sent = b""
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", **variables}
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=home, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    @property
    def processor_seconds(self) -> float:
        """What it took so far, by the processor clock of its process; where the system has none, 0."""
        if sys.platform != "linux":
            return 0.0
        # As clock_getcpuclockid makes it.
        return time.clock_gettime(~self._process.pid << 3 | 2)

    @property
    def memory(self) -> int:
        """Bytes it has in memory; where the system does not say, 0."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
        except OSError:
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def send(self, keys: str) -> None:
        """Press keys; what the program sent before them is forgotten."""
        self._sent = b""
        os.write(self._master, keys.encode())

    def shows(self, text: str) -> bool:
        """Whether it has sent a text since the last keys."""
        return text.encode() in self._sent

    def read(self, seconds: float) -> None:
        """Take what it sends, waiting for it so long at most."""
        readable, _, _ = select.select([self._master], [], [], seconds)
        if readable:
            self._sent += os.read(self._master, 65536)

    def wait_for(self, text: str) -> float:
        """Seconds until a text was sent to the screen.

        Raises:
            TimeoutError: it never was.
        """
        began = time.perf_counter()
        while not self.shows(text):
            if time.perf_counter() - began > PATIENCE_SECONDS:
                raise TimeoutError(f"{text!r} never came:\n" + self._sent[-2000:].decode(errors="replace"))
            self.read(0.002)
        return time.perf_counter() - began

    def rest(self, seconds: float) -> None:
        """Let time go by, and take what comes."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(0.005)
