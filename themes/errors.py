"""What is said about a theme file that is wrong."""

from __future__ import annotations

from pathlib import Path


class ThemeError(Exception):
    """A theme that can't be used.

    Attributes:
        path: the file; None where there is none of the name.
        key: the key in it, or empty.
        line: the line in it, counted from 1, or None.
        title: what is wrong and where, in one sentence.
        hint: the way out, or empty.
    """

    def __init__(
        self, path: Path | None, problem: str, *, key: str = "", line: int | None = None, hint: str = ""
    ) -> None:
        place = f"{path}, line {line}" if line else str(path or "")
        self.path = path
        self.key = key
        self.line = line
        self.title = ": ".join(filter(None, (place, key, f"{problem}.")))
        self.hint = hint
        super().__init__(f"{self.title} {hint}".rstrip())
