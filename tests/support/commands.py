"""Commands run in the tests' own process, as the command line runs them."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from learnchat.app.cli import run
from learnchat.app.locations import Locations
from learnchat.learning.clock import Clock, SystemClock
from learnchat.learning.disk.project import find_project
from learnchat.learning.memory.profiles import Profiles


@dataclass(frozen=True)
class Result:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Typed(io.StringIO):
    """What somebody types on a terminal."""

    def isatty(self) -> bool:
        return True


class CommandLine:
    """`learnchat` in a directory; standard output is a pipe unless `on_terminal` says otherwise."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.directory = directory

    def __call__(self, *arguments: str, stdin: str | bytes | None = None, typed: str | None = None) -> Result:
        """Args:
        stdin: what comes by a pipe.
        typed: what is typed instead, by somebody at a terminal.
        """
        piped = stdin if isinstance(stdin, bytes) else (stdin or "").encode()
        came = io.TextIOWrapper(io.BytesIO(piped), encoding="utf-8") if typed is None else Typed(typed)
        self._monkeypatch.chdir(self.directory)
        self._monkeypatch.setattr(sys, "stdin", came)
        self._capsys.readouterr()
        code = run(arguments)
        out, err = self._capsys.readouterr()
        return Result(code, out, err)

    def on_terminal(self, *arguments: str) -> Result:
        """The same, on a terminal of 80 columns that knows no colours."""
        with self._monkeypatch.context() as patched:
            patched.setenv("TERM", "dumb")
            patched.setattr(sys.stdout, "isatty", lambda: True)
            return self(*arguments)

    def profiles(self, clock: Clock | None = None) -> Profiles:
        """What is remembered in the directory."""
        return Profiles.open(find_project(self.directory), Locations.find().user_data, clock or SystemClock())
