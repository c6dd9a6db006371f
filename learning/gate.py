"""The gate: decides whether a detection is worth the user's attention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from learnchat.learning.detection import Detection, Message

# From here on a detection is asked about. The least confident detector has exactly this, so each of them may ask.
THRESHOLD = 0.75


class Gate(Protocol):
    """Weighs detections against the message they were heard in."""

    threshold: float
    """A detection of this confidence and above would be asked about."""

    def weigh(self, message: Message, detections: Sequence[Detection]) -> Sequence[Detection]:
        """The same detections in the same order, each with the gate's confidence (0 to 1)."""
        ...


class ConfidenceGate:
    """Takes each detector at its word."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self.threshold = threshold

    def weigh(self, message: Message, detections: Sequence[Detection]) -> Sequence[Detection]:
        return detections
