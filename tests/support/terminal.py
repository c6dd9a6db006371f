"""The installed program in a pseudo-terminal: keys go in, a screen comes out."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

# The script that pip installed beside the interpreter that runs the tests.
LEARNCHAT = str(Path(sys.executable).with_name("learnchat"))
# Generous: two cores, and other tests beside this one.
PATIENCE_SECONDS = 30.0


class Terminal:
    """A program on a terminal of a given size.

    Args:
        arguments: of `learnchat`.
        directory: where it is started.
        size: columns and rows.
        environment: added to the process's own.
        program: what is run, in place of the installed script.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        directory: Path,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = (LEARNCHAT,),
    ) -> None:
        columns, rows = size
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        """All that the program has written."""
        self.process = pexpect.spawn(
            program[0],
            [*program[1:], *arguments],
            cwd=str(directory),
            env={**os.environ, **(environment or {})},
            dimensions=(rows, columns),
            timeout=PATIENCE_SECONDS,
        )
        # pexpect waits 50 ms before it sends, for passwords; here nothing has to be waited for.
        self.process.delaybeforesend = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.close(force=True)

    def send(self, keys: str) -> None:
        """Type keys, as bytes of a terminal: `\\r` is Enter, `\\x19` is ctrl+y."""
        self.process.send(keys)

    @property
    def rows(self) -> list[str]:
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The screen, runs of white space as one space: a statement that was wrapped is found as it was said."""
        return re.sub(r"[\s│╭╮╰╯─━]+", " ", " ".join(self.rows))

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Read what the program draws until a condition holds."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, f"never came: {what}\n" + "\n".join(self.rows)
            self._read(0.05)

    def wait_for(self, text: str) -> None:
        """Wait until a text is on the screen."""
        self.wait(lambda: text in self.text, text)

    def wait_until_gone(self, text: str) -> None:
        self.wait(lambda: text not in self.text, f"{text} gone")

    def press_until(self, key: str, text: str) -> None:
        """Press a key, again and again as an impatient person does, until a text is on the screen."""

        def pressed() -> bool:
            if text in self.text:
                return True
            self.send(key)
            self._read(0.2)
            return text in self.text

        self.wait(pressed, text)

    def wait_for_end(self) -> int:
        """Wait until the program has ended; its exit code."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.process.isalive():
            assert time.monotonic() < end, "it never ended\n" + "\n".join(self.rows)
            self._read(0.05)
        self.process.close()
        return int(self.process.exitstatus if self.process.exitstatus is not None else -self.process.signalstatus)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def _read(self, timeout: float) -> None:
        try:
            data = self.process.read_nonblocking(65536, timeout)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += data
        self._stream.feed(data)


def leave(terminal: Terminal) -> None:
    """Ctrl+D at the prompt of the plain chat; before it stands there, the terminal itself would swallow it."""
    terminal.wait(lambda: next(row for row in reversed(terminal.rows) if row.strip()).strip() == "You:", "the prompt")
    terminal.send("\x04")
