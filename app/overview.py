"""What header and status line say about the memory, read in one go."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from learnchat.learning.memory.reviewing import Waiting

if TYPE_CHECKING:
    from learnchat.app.parts import Parts


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of the memory at one moment."""

    project: str
    insights: int
    waiting: int
    """Proposals in the inbox."""
    quiet: str | None
    """Until when nothing is asked, in words; None while toasts may come."""
    unwritable: str | None
    """Why nothing can be saved; None where it can."""
    uncommitted: str = ""
    """What git has not got, where it is to have it: "3 learned, not committed"."""

    review: Waiting = field(default_factory=Waiting)
    """Changes from outside, what came with the project, and insights of the user's that neither file has here."""
    notices: tuple[str, ...] = ()
    """What happened to the files since it was looked at last, each a sentence: one was rebuilt, say."""

    @property
    def announcement(self) -> str:
        """The one line that says what waits for the review; empty when nothing does.

        What is not on this branch is in it until the user was told of it: see `note_told`.
        """
        if self.review.first:
            what = "1 insight" if self.review.changed == 1 else f"{self.review.changed:,} insights"
            return f"This project carries {what} of somebody else. None is used until you accept it: /review"
        if self.review.twice:
            some = "" if self.review.twice == self.review.changed else f"{self.review.twice:,} of them "
            outside = f"{self.review.in_words()}, {some}in two wordings from two branches"
        else:
            outside = self.review.in_words()
        missing = f"{self.review.missing:,} not on this branch: restore?" if self.review.untold else ""
        parts = [part for part in (outside, missing) if part]
        return f"{', '.join(parts)} · /review" if parts else ""

    def status(self, shown: int = 0, missed: bool = False) -> str:
        """The status line's right end.

        Args:
            shown: how many of those that wait are on the screen as a toast, and need not be counted.
            missed: whether any went to the inbox unseen in this run; a mark says so.
        """
        waiting = max(self.waiting - shown, 0)
        parts = (
            # A narrow terminal shows the first of them. Why it is so is said when the chat opens.
            "read-only" if self.unwritable else "",
            f"{waiting} waiting{', unasked' if missed else ''} · /inbox" if waiting else "",
            f"{outside} · /review" if (outside := self.review.in_words()) else "",
            self.quiet or "",
            self.uncommitted,
        )
        return " · ".join(part for part in parts if part)


def read_overview(parts: Parts) -> Overview:
    """Count, in the engine's thread."""
    profiles = parts.profiles
    return Overview(
        project=parts.project.name,
        insights=len(profiles.insights()),
        waiting=len(profiles.inbox.pending()),
        quiet=parts.quiet.state(),
        unwritable=profiles.unwritable,
        review=profiles.waiting(),
        notices=tuple(profiles.notices()),
        uncommitted=parts.uncommitted.in_words(lambda: profiles.sharing),
    )


def note_told(parts: Parts) -> None:
    """Note, in the engine's thread, that the announcement was made. Where that fails, it is made again."""
    if not parts.temporary:
        with contextlib.suppress(OSError):
            parts.profiles.tell_of_missing()
