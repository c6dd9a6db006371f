"""What a search brings back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from learnchat.learning.profile.insight import Insight
from learnchat.learning.transcripts.session import Role


@dataclass(frozen=True, slots=True)
class FoundInsight:
    """An insight that a search found."""

    insight: Insight
    confidence: float
    """How sure it is that the insight bears on the words: 0 to 1, one half where it is just enough."""
    bears: bool
    """Whether that is enough for it to be given to a model with such a message."""

    @property
    def id(self) -> str:
        return self.insight.id


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a message, on one line, with what was searched for marked in it."""

    text: str
    """Neutralised; an ellipsis at an end says that something was left out there."""
    marks: tuple[tuple[int, int], ...] = ()
    """Where the words stand: start and end in `text`, in order, without overlap."""


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message of a session that a search found."""

    project: str
    """The root of the project it was said in, as it was then; empty where that is not known."""
    session: str
    path: Path
    """The session's file."""
    message: str
    """The message's id, which is found again in the session."""
    role: Role
    at: datetime | None
    excerpt: Excerpt
    confidence: float
    """As of an insight."""


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A session that a search found."""

    project: str
    """As of a message."""
    session: str
    path: Path
    started: datetime
