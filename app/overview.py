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

    def status(self, shown: int = 0, missed: bool = False) -> str:
        """The status line's right end.

        Args:
            shown: how many of those that wait are on the screen as a toast, and need not be counted.
            missed: whether any went to the inbox unseen in this run; a mark says so.
        """
        waiting = max(self.waiting - shown, 0)
        parts = (
            f"{waiting} waiting{'*' if missed else ''} /inbox" if waiting else "",
            self.uncommitted,
            self.quiet or "",
            f"read-only: {self.unwritable}" if self.unwritable else "",
        )
        return " · ".join(part for part in parts if part)


def read_overview(parts: Parts) -> Overview:
    """Count, in the engine's thread."""
    profiles = parts.profiles
    return Overview(
        project=parts.project.name,
        insights=len(profiles.insights()),
        unaccepted=len(profiles.unaccepted()),
        waiting=len(profiles.inbox.pending()),
        quiet=parts.quiet.state(),
        unwritable=profiles.unwritable,
        uncommitted=parts.uncommitted.in_words(lambda: profiles.sharing),
    )
