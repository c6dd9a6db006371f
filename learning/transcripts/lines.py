"""The lines of a history, read one after the other: a file of any size is never held as a whole."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

# A line of a message with pictures in it (base64) may be tens of megabytes; what is longer still is no message, and
# is left out instead of filling the memory.
LINE_LIMIT = 32 * 1024 * 1024
# As much of the beginning as the format is told by. A history may begin with many lines of bookkeeping.
HEAD_LINES = 400
HEAD_BYTES = 1024 * 1024
# Often enough for a progress bar, and rare enough to cost nothing.
REPORT_BYTES = 256 * 1024


class Line(NamedTuple):
    """One line, without its end."""

    number: int
    """From 1, as editors count."""
    text: str


class Lines(Iterator[Line]):
    """The lines of a stream of UTF-8; bytes that are not UTF-8 are read as the replacement character.

    Args:
        stream: read to its end.
        advance: called now and then with the number of bytes that were read since the last call.
        reply_limit: how many characters of each reply are wanted; of a longer one they are its end.
    """

    def __init__(
        self, stream: BinaryIO, advance: Callable[[int], None] | None = None, *, reply_limit: int | None = None
    ) -> None:
        self.reply_limit = ASSISTANT_LIMIT if reply_limit is None else reply_limit
        self.unreadable = 0
        """Lines that were too long, or that the reader found damaged."""
        self._stream = stream
        self._advance = advance
        self._unreported = 0
        self._number = 0
        self._ahead: deque[Line] = deque()

    def __next__(self) -> Line:
        if self._ahead:
            return self._ahead.popleft()
        line = self._read()
        if line is None:
            self._report(0)
            raise StopIteration
        return line

    def head(self) -> list[Line]:
        """The first lines that were not taken yet; they are given again when the lines are read."""
        size = sum(len(line.text) for line in self._ahead)
        while len(self._ahead) < HEAD_LINES and size < HEAD_BYTES and (line := self._read()) is not None:
            self._ahead.append(line)
            size += len(line.text)
        return list(self._ahead)

    def _read(self) -> Line | None:
        while data := self._stream.readline(LINE_LIMIT):
            self._number += 1
            self._report(len(data))
            if len(data) < LINE_LIMIT or data.endswith(b"\n"):
                text = data.decode("utf-8-sig" if self._number == 1 else "utf-8", "replace")
                return Line(self._number, text.rstrip("\r\n"))
            self.unreadable += 1
            while (rest := self._stream.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
                self._report(len(rest))
        return None

    def _report(self, size: int) -> None:
        self._unreported += size
        if self._advance is not None and (not size or self._unreported >= REPORT_BYTES):
            self._advance(self._unreported)
            self._unreported = 0


def records(lines: Lines) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects in some lines, with their line numbers. What is none (torn, damaged) is counted and left out."""
    for number, text in lines:
        if not text.strip():
            continue
        record = record_in(text)
        if record is None:
            lines.unreadable += 1
        else:
            yield number, record


def record_in(text: str) -> dict[str, Any] | None:
    """The JSON object in a line; None where there is none."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


class Passage:
    """Lines of one message, gathered up to a limit.

    Args:
        limit: in characters.
        ending: keep the end of what is longer, not its beginning.
    """

    def __init__(self, limit: int, *, ending: bool = False) -> None:
        self._limit = limit
        self._ending = ending
        self._lines: deque[str] = deque()
        self._size = 0

    def add(self, line: str) -> None:
        if not self._ending and self._size >= self._limit:
            return
        self._lines.append(line)
        self._size += len(line) + 1
        while self._ending and len(self._lines) > 1 and self._size - len(self._lines[0]) - 1 >= self._limit:
            self._size -= len(self._lines.popleft()) + 1

    def take(self) -> str:
        """What was gathered, without blank ends; the passage is empty afterwards."""
        text = "\n".join(self._lines)
        self._lines.clear()
        self._size = 0
        return (text[-self._limit :] if self._ending else text[: self._limit]).strip()


# What a person types or pastes at once; detection reads 8 KB at either end of it.
USER_LIMIT = 1_000_000
# Of the model's words only the end is context.
ASSISTANT_LIMIT = 8_000
