"""A conversation that leaves nothing behind: `learnchat --temporary`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.learning.detection import Detection
    from learnchat.learning.proposal import Proposal

REASON = "this conversation is temporary"
"""Why nothing is asked, remembered or recorded, inside a sentence."""
HINT = "Nothing of it is written to disk. Without --temporary, learnchat can remember."


class NothingAsked:
    """Stands where the watcher looks what may be asked, and where it puts proposals: nothing, and nowhere."""

    def objection(self, detection: Detection) -> str | None:
        return REASON

    def replaces(self, detection: Detection) -> str | None:
        return None

    def add(self, proposals: Sequence[Proposal]) -> None:
        """Nothing comes here, for everything is objected to."""
