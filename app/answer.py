"""What came of a question that a script asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from learnchat.app.models.model import Usage
from learnchat.learning.errors import LearnchatError


class Outcome(StrEnum):
    """What happened to a question."""

    ANSWERED = "answered"
    STOPPED = "stopped"
    """The reply broke off, or was interrupted: what came of it stands there."""
    FAILED = "failed"
    """It was asked, and nothing came."""
    NOT_ASKED = "not_asked"
    """No model is set up and nothing known bears on it, or it was too long to be sent."""


@dataclass(slots=True)
class Answer:
    """What came of a question."""

    pieces: list[str] = field(default_factory=list)
    usage: Usage | None = None
    asked: bool = False
    """Somebody was asked: a model, or what was confirmed."""
    stop: str = ""
    """Why the reply ended, by the model's word; empty where it did not end."""
    error: LearnchatError | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def outcome(self) -> Outcome:
        if not self.asked:
            return Outcome.NOT_ASKED
        if self.stop and self.error is None:
            return Outcome.ANSWERED
        # Without an error it was interrupted.
        return Outcome.STOPPED if self.text or self.error is None else Outcome.FAILED
