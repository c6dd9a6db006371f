"""The sessions of a place as a list shows them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from learnchat.app.accounting import Spent, spent
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import SessionFile, list_sessions


@dataclass(frozen=True, slots=True)
class Listed:
    """A session in a list."""

    file: SessionFile
    title: str
    messages: int
    """Of the branch that is looked at, the user's and the model's."""
    last: datetime
    """When the last of them was said."""
    first: str = ""
    """The first thing the user said."""
    deleted: datetime | None = None
    origin: str = ""
    """The format that it was imported from; empty for one that was held here."""
    asked: bool = False
    """Whether it came of `learnchat ask` alone."""
    spent: Spent = field(default_factory=Spent)
    """What its replies took, as far as that was recorded."""

    @property
    def id(self) -> str:
        return self.file.session

    @property
    def mark(self) -> str:
        """What is said of it in a list, beside its title; empty for a conversation of the chat."""
        if not self.asked:
            return ""
        return "asked" if self.messages > 1 else "asked, no answer"

    def matches(self, words: list[str]) -> bool:
        """Whether its title, id, origin, mark and date have all of these words, in small letters."""
        text = f"{self.title} {self.id} {self.origin} {self.mark} {self.last:%Y-%m-%d}".casefold()
        return all(word in text for word in words)


def listed_sessions(folder: Path, *, deleted: bool = False, most: int | None = None) -> list[Listed]:
    """The sessions of a folder, the one in which something was said last first. Reads each of them: for a thread.

    Args:
        folder: where they lie.
        deleted: those that can be restored, instead of all others.
        most: only so many of them, those that were begun last.
    """
    found: list[Listed] = []
    for file in list_sessions(folder, deleted=deleted)[:most]:
        # Another window may have removed it meanwhile.
        with contextlib.suppress(OSError):
            saved = read_saved(file)
            origin = saved.header.get("imported")
            form = str(origin.get("format", "")) if isinstance(origin, dict) else ""
            path = saved.branches.path()
            first = next((said.text for said in path if said.role == "user"), "")
            took = spent(saved.usages)
            found.append(
                Listed(file, saved.title, len(path), saved.last, first, saved.deleted, form, saved.asked, took)
            )
    return sorted(found, key=lambda each: (each.last, each.id), reverse=True)
