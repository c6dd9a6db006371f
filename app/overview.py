"""What header and status line say about the memory, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.app.engine import Parts


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of the memory at one moment."""

    project: str
    insights: int
    unaccepted: int
    """Entries of the folder that this user neither confirmed nor accepted: listed, never recalled."""
    waiting: int
    """Proposals in the inbox."""
    quiet: str | None
    """Until when nothing is asked, in words; None while toasts may come."""
    unwritable: str | None
    """Why nothing can be saved; None where it can."""
    uncommitted: str = ""
    """What git has not got, where it is to have it: "3 learned, not committed"."""

    changed: int = 0
    """Changes from outside, and what came with the project: they wait for the review."""
    missing: int = 0
    """Insights of the user that neither file has here: another branch may."""
    first: bool = False
    """The project carries a profile, and this user never said yes to anything in it."""
    notices: tuple[str, ...] = ()
    """What happened to the files since it was looked at last, each a sentence: one was rebuilt, say."""

    @property
    def announcement(self) -> str:
        """The one line that says what waits for the review; empty when nothing does."""
        if self.first:
            what = "1 insight" if self.changed == 1 else f"{self.changed:,} insights"
            return f"This project carries {what} of somebody else. None is used until you accept it: /review"
        parts = []
        if self.changed:
            parts.append(f"{self.changed:,} changed outside")
        if self.missing:
            parts.append(f"{self.missing:,} not on this branch: restore?")
        return f"{', '.join(parts)} · /review" if parts else ""

    def _to_review(self) -> str:
        if not self.changed:
            return ""
        return f"{self.changed:,} {'came with the project' if self.first else 'changed outside'} · /review"

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
            self._to_review(),
            self.quiet or "",
            self.uncommitted,
        )
        return " · ".join(part for part in parts if part)


def read_overview(parts: Parts) -> Overview:
    """Count, in the engine's thread."""
    profiles = parts.profiles
    review = profiles.waiting()
    return Overview(
        project=parts.project.name,
        insights=len(profiles.insights()),
        unaccepted=len(profiles.unaccepted()),
        waiting=len(profiles.inbox.pending()),
        quiet=parts.quiet.state(),
        unwritable=profiles.unwritable,
        changed=review.changed,
        missing=review.missing,
        notices=tuple(profiles.notices()),
        first=review.first,
        uncommitted=parts.uncommitted.in_words(lambda: profiles.sharing),
    )
