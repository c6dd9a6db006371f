"""What a detector heard in a message."""

from __future__ import annotations

from dataclasses import dataclass

from learnchat.learning.detection import Detection
from learnchat.learning.remark import Remark


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a detector heard in a message, and what it overheard without taking it as said."""

    detections: tuple[Detection, ...]
    remarks: tuple[Remark, ...]


NOTHING = Hearing((), ())
"""What most detectors hear in most messages."""
