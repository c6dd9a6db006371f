"""Gates for tests that are about something else."""

from __future__ import annotations

from collections.abc import Sequence

from learnchat.learning.detection import Detection, Message


class ConfidenceGate:
    """Takes each detector at its word."""

    threshold = 0.75

    def weigh(self, message: Message, detections: Sequence[Detection]) -> Sequence[Detection]:
        return detections
