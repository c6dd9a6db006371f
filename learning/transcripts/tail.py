"""The end of a session's file: what is read along while a session goes on. A file of any size costs the same."""

from __future__ import annotations

import io
import os
from pathlib import Path

from learnchat.learning.transcripts.formats import FORMATS, Format, recognise
from learnchat.learning.transcripts.lines import Lines
from learnchat.learning.transcripts.session import Utterance

TAIL_BYTES = 1024 * 1024
"""Five exchanges with their tools' output. What stands before is not even opened."""


def read_tail(path: Path, format: Format | None = None, limit: int = TAIL_BYTES) -> list[Utterance]:
    """The last messages of a session, oldest first; none where the end holds none.

    Args:
        path: the session's file: one record a line.
        format: None: its content tells.
        limit: bytes that are read at most.

    Raises:
        OSError: it can't be read.
        UnknownFormat: it has none of the known formats.
    """
    lines = Lines(io.BytesIO(_last_lines(path, limit)))
    format = format or recognise(lines)
    return list(format.read(lines)) if format is not None else []


def format_named(name: str) -> Format:
    """One of the known formats, by its name."""
    return next(each for each in FORMATS if each.name == name)


def _last_lines(path: Path, limit: int) -> bytes:
    """The whole lines at the end of a file. One that is longer than the limit is left out."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - limit)
        file.seek(start)
        data = file.read(limit)
    if start:
        _, _, data = data.partition(b"\n")
    return data
