"""What a detector reads and what it yields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from learnchat.learning.kinds import Kind

# The end of the model's last text, as far as a detector may want it to understand "option 2".
CONTEXT_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Message:
    """One utterance of the user, as the detectors see it."""

    text: str
    id: str = ""
    """The message's id in its session's transcript; empty where there is none (`learnchat detect`)."""
    session: str = ""
    context: str = ""
    """The end of the text before it (the model's), where known: it may support a detection, never originate one."""
    pasted: tuple[tuple[int, int], ...] = ()
    """Where somebody else's words stand in the text: in order and apart. They are not listened to."""


@dataclass(frozen=True, slots=True)
class Detection:
    """Something heard in a message that may still matter next month."""

    kind: Kind
    statement: str
    """What would be remembered: the user's own sentence, trimmed of filler."""
    quote: str
    """The verbatim words: `message.text[start:end]`."""
    start: int
    end: int
    """Offsets into the message's text, in characters."""
    confidence: float
    """0 to 1: the detector's; once a gate has weighed it, the gate's calibrated probability."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """What the sentence is about: `from`, `to`, `subject`, …"""
    detector: str = ""
    """The name of the detector that heard it."""
    offset: float = 0.0
    """What the user's dial added to the log-odds of the gate's probability; it is in `confidence` already."""


class Detector(Protocol):
    """Reads a message and yields detections. Entry points in the group `learnchat.detectors` add more."""

    name: str
    """Unique, a lower-case word: it is how the configuration switches the detector."""

    def detect(self, message: Message) -> Iterable[Detection]:
        """Detections in the order of the text. Linear in the text's length, without files or network."""
        ...
