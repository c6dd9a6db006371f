"""One marked block of a file that is somebody else's. Not a byte outside of it is ever touched."""

from __future__ import annotations

import re

from learnchat.learning.errors import LearnchatError

BEGIN = "<!-- learnchat:begin -->"
END = "<!-- learnchat:end -->"
_MARK = re.compile(rb"[ \t]*<!--[ \t]*learnchat:(begin|end)\b[^\n]*-->[ \t\r]*\Z")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Span = tuple[int, int]
"""Where a block begins and ends, in bytes: from its first marker to the end of its last, without the line's end."""


class BlockError(LearnchatError):
    """The markers in a file don't enclose one block."""


def find_block(data: bytes, name: str) -> Span | None:
    """Where the block stands, or None where there is none.

    Args:
        data: the file's bytes.
        name: the file's, for the error.

    Raises:
        BlockError: a marker is missing, stands there twice, or blocks are nested. Which lines, it says.
    """
    marks = _marks(data)
    if not marks:
        return None
    if [kind for kind, _, _, _ in marks] == [b"begin", b"end"]:
        return marks[0][2], marks[1][3]
    raise BlockError(
        f"{name}: {_trouble(marks)}", f"Exactly one line {BEGIN} and, below it, one {END} may stand there."
    )


def with_block(data: bytes, lines: list[str], name: str) -> bytes:
    """A file with these lines between the markers: in the place of the block it has, else at its end.

    Args:
        data: the file's bytes; empty for a new one.
        lines: what stands between the markers. Line ends are those of the file.
        name: the file's, for the error.

    Raises:
        BlockError: see `find_block`.
    """
    span = find_block(data, name)
    # A block keeps its own line ends, a new one takes those of the file's first line.
    model = data[span[0] :] if span is not None else data
    line_end = "\r\n" if model[: model.find(b"\n") + 1].endswith(b"\r\n") else "\n"
    block = line_end.join([BEGIN, *lines, END]).encode("utf-8", "replace")
    if span is not None:
        return data[: span[0]] + block + data[span[1] :]
    end = line_end.encode()
    gap = b"" if not data else end if data.endswith(b"\n") else end * 2
    return data + gap + block + end


def lines_of_block(data: bytes, name: str) -> list[str] | None:
    """What stands between the markers, or None where there is no block.

    Raises:
        BlockError: see `find_block`.
    """
    span = find_block(data, name)
    if span is None:
        return None
    text = data[span[0] : span[1]].decode("utf-8", "replace")
    return [line.removesuffix("\r") for line in text.split("\n")[1:-1]]


def without_block(data: bytes, name: str) -> bytes:
    """The file without its block: for reading what people wrote in it.

    Raises:
        BlockError: see `find_block`.
    """
    span = find_block(data, name)
    return data if span is None else data[: span[0]] + data[span[1] :]


def _marks(data: bytes) -> list[tuple[bytes, int, int, int]]:
    """The marker lines: which one, the line's number, where it begins and ends."""
    marks = []
    start = len(_BYTE_ORDER_MARK) if data.startswith(_BYTE_ORDER_MARK) else 0
    for number, line in enumerate(data[start:].split(b"\n"), 1):
        match = _MARK.match(line) if b"learnchat:" in line else None
        if match:
            marks.append((match[1], number, start, start + len(line.removesuffix(b"\r"))))
        start += len(line) + 1
    return marks


def _trouble(marks: list[tuple[bytes, int, int, int]]) -> str:
    """What is odd about some markers, in a sentence."""
    begun: int | None = None
    ended: int | None = None
    for kind, line, _, _ in marks:
        if kind == b"end":
            if begun is None:
                return f"learnchat's block ends in line {line} and does not begin before it."
            begun, ended = None, line
        elif begun is not None:
            return f"learnchat's block begins in line {begun} and once more in line {line}, before it has ended."
        elif ended is not None:
            return f"there are two blocks of learnchat: one ends in line {ended}, another begins in line {line}."
        else:
            begun = line
    return f"learnchat's block begins in line {begun} and does not end."
