"""A TOML file as a person wrote it: its values, and the line that a key stands in."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# A configuration is a page, not a book; a project's file comes from strangers and is not read beyond this.
SIZE_LIMIT = 256 * 1024

_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?\Z")
_NAME = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_ASSIGNMENT = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+)")


class FileTrouble(Exception):
    """The file as a whole can't be used.

    Attributes:
        sentence: why.
        line: where, counted from 1, if it can be told.
    """

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


def read_toml(path: Path) -> dict[str, Any]:
    """The values of a TOML file; a missing file has none.

    Raises:
        FileTrouble: it can't be read, is no ordinary file, is too large, or is not TOML.
    """
    text = _read(path)
    try:
        return _with_whole_ids(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+), column \d+\)", str(error))
        sentence = re.sub(r"\s*\(at [^)]*\)", "", str(error))
        # Otherwise it says "at end of document".
        line = int(match[1]) if match else len(text.splitlines())
        raise FileTrouble(f"this is not TOML: {sentence}", line) from None
    except RecursionError:
        raise FileTrouble("this is nested too deeply") from None


def _with_whole_ids(values: dict[str, Any]) -> dict[str, Any]:
    """The values with the ids of `[keys]` in one piece.

    They have a dot: `toast.remember = "f2"`, without quotation marks, is a table in a table to TOML.
    """
    if not isinstance(keys := values.get("keys"), dict):
        return values
    pieces = [(place, acts) for place, acts in keys.items() if isinstance(acts, dict)]
    whole = {f"{place}.{act}": value for place, acts in pieces for act, value in acts.items()}
    return {**values, "keys": whole | {id: value for id, value in keys.items() if not isinstance(value, dict)}}


def line_of(path: Path, key: tuple[str, ...]) -> int | None:
    """The line, counted from 1, that a key is set in; None where it can't be told.

    Reads tables, dotted and quoted keys, not inline tables or multi-line strings: a key in these gives the line of the
    table or value around it, or None.
    """
    try:
        text = _read(path)
    except FileTrouble:
        return None
    best: int | None = None
    length = 0
    # By the dots alone: an id of `[keys]` may stand there with quotation marks or without.
    key = tuple(".".join(key).split("."))
    for number, names in _keys(text):
        parts = tuple(".".join(names).split("."))
        if len(parts) > length and key[: len(parts)] == parts:
            best, length = number, len(parts)
    return best


def _keys(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each line that opens a table or sets a key, with the full path of it."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _TABLE.match(line):
            table = _parts(match[1])
            yield number, table
        elif match := _ASSIGNMENT.match(line):
            yield number, (*table, *_parts(match[1]))


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(match[1] or match[2] or match[3] or "" for match in _PART.finditer(dotted))


def _read(path: Path) -> str:
    try:
        found = path.stat()
        # Asked before opening: a pipe that somebody put there would hang the program.
        if not stat.S_ISREG(found.st_mode):
            raise FileTrouble("this is no ordinary file")
        if found.st_size > SIZE_LIMIT:
            raise FileTrouble(f"this is larger than {SIZE_LIMIT // 1024} KB")
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except UnicodeDecodeError:
        raise FileTrouble("this is not UTF-8") from None
    except OSError as error:
        raise FileTrouble(f"it can't be read: {error.strerror or error}") from None
