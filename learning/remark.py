"""Why something was or was not heard, or asked: for `detect --explain` and `/why-not`."""

from __future__ import annotations

from dataclasses import dataclass

from learnchat.learning.kinds import Kind


@dataclass(frozen=True, slots=True)
class Remark:
    """One step in the way of a message, told to a person."""

    quote: str
    """The verbatim words it is about; of a secret only its place, never the text."""
    start: int
    end: int
    """Offsets into the message's text, in characters."""
    kind: Kind | None
    detector: str
    reason: str
    """Completes "it …": "is a question", "has confidence 0.62, below 0.75"."""
