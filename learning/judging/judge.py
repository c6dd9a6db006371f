"""What a judge is to the engine. Those that ask a model live in the program; none of them can save anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from learnchat.learning.judging.events import Draft
from learnchat.learning.judging.reading import Reading


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge made of a reading."""

    drafts: Sequence[Draft]
    """To be checked against what was said: `learnchat.learning.judging.evidence`."""
    by: str
    """Who it was, for people: a model's name, or "window"."""


class NoJudgement(Exception):
    """Nobody could read it now. The reading counts as not done, and is tried again another time."""


class Judge(Protocol):
    """Reads along."""

    async def read(self, reading: Reading) -> Judgement:
        """What is worth remembering in a reading. It may take its time, and can be cancelled.

        Raises:
            NoJudgement: it could not be read now.
        """
        ...

    async def doubts(self, statement: str, message: str) -> bool:
        """Whether a statement that a detector is not sure of is rather not worth a question now.

        Args:
            statement: what would be asked about.
            message: the user's message that it was heard in.

        Raises:
            NoJudgement: nobody could tell.
        """
        ...
