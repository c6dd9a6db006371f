"""The engine: transcripts, detectors, gate, proposals, profile, recall. No Textual, no network.

For other programs: `SessionTracker` follows a conversation and files what is worth remembering in the inbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.learning.judging.tracker import SessionTracker

__all__ = ["SessionTracker"]


def __getattr__(name: str) -> object:
    # Not before somebody asks for it: the program imports this package before its first paint.
    if name == "SessionTracker":
        from learnchat.learning.judging.tracker import SessionTracker

        return SessionTracker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
