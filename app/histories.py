"""The histories that were named on a command line: files, folders, standard input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from learnchat.app.locations import expand
from learnchat.app.standard_input import standard_input
from learnchat.learning.errors import LearnchatError
from learnchat.learning.transcripts.formats import FORMATS, UnknownFormat, find_histories, recognise
from learnchat.learning.transcripts.lines import Lines

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class History:
    """One history that was named, or found in a folder that was."""

    path: Path | None
    """None: standard input."""
    named: bool
    """The user named it, so that it has to be a history."""

    @property
    def name(self) -> str:
        return "standard input" if self.path is None else str(self.path)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for reading.

        Raises:
            OSError: it can't be.
        """
        if self.path is None:
            yield standard_input()
            return
        with self.path.open("rb") as stream:
            yield stream


def named_histories(names: Sequence[str]) -> list[History]:
    """What the names on a command line stand for; folders are searched. Each history once, in the order of the names.

    Raises:
        LearnchatError: there is no such file, nothing in a folder, or a file in no known format.
    """
    found: dict[str, History] = {}
    for name in names:
        for history in _histories(name):
            key = history.name if history.path is None else str(history.path.resolve())
            found.setdefault(key, history)
    for history in found.values():
        # Before the first one is heard, which may take its time. What is no file can be read only once.
        if history.named and history.path is not None and history.path.is_file():
            with history.open() as stream:
                try:
                    recognise(Lines(stream))
                except UnknownFormat as error:
                    raise not_readable(history, error) from None
    return list(found.values())


def _histories(name: str) -> list[History]:
    if name == STANDARD_INPUT:
        return [History(None, named=True)]
    path = expand(name)
    if path.is_dir():
        found = [History(each, named=False) for each in find_histories(path.absolute())]
        if not found:
            raise LearnchatError(
                f"There are no histories in {path}.",
                "Looked for: .aider.chat.history.md, .specstory/history/*.md, *.jsonl. Any other file can be named.",
            )
        return found
    if not path.exists():
        raise LearnchatError(f"There is no file {path}.", "`-` reads standard input.")
    return [History(path.absolute(), named=True)]


def not_readable(history: History, error: UnknownFormat) -> LearnchatError:
    """What to say of a history in no known format."""
    formats = "; ".join(each.description for each in FORMATS)
    return LearnchatError(f"{history.name}, line {error.line}: it {error.reason}.", f"Known are: {formats}.")


def size_of(histories: Sequence[History]) -> int | None:
    """How many bytes there are to read; None where that can't be known."""
    size = 0
    for history in histories:
        if history.path is None or not history.path.is_file():
            return None
        size += history.path.stat().st_size
    return size
