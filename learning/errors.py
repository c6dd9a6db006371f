"""The errors that a person reads: what is wrong, where, and how to mend it. Never a traceback."""

from __future__ import annotations


class LearnchatError(Exception):
    """Something a person can do something about.

    Attributes:
        title: what is wrong, and where: one plain sentence.
        hint: the way out: one sentence, or empty where there is none.
    """

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".rstrip()
