"""Judges for tests: what they answer is written down, and so is what they were asked."""

from __future__ import annotations

from collections.abc import Sequence

from learnchat.learning.judging.events import Claim, Draft, EventType
from learnchat.learning.judging.judge import Judgement, NoJudgement
from learnchat.learning.judging.reading import Reading


def make_draft(
    content: str, quote: str, type: EventType = EventType.DECISION, message: int | None = None, supersedes: str = ""
) -> Draft:
    return Draft(type, content, "It matters.", (Claim(quote, message),), ("tag",), ("word",), supersedes)


class ScriptedJudge:
    """Gives the same drafts for every reading in which their words stand; fails as long as it is told to."""

    name = "scripted"

    def __init__(self, *drafts: Draft, fails: bool = False, holds: bool = False) -> None:
        self.drafts: Sequence[Draft] = drafts
        self.fails = fails
        self.holds = holds
        self.readings: list[Reading] = []

    async def read(self, reading: Reading) -> Judgement:
        if self.fails:
            raise NoJudgement("out of order")
        self.readings.append(reading)
        return Judgement(self.drafts, self.name)

    async def doubts(self, statement: str, message: str) -> bool:
        if self.fails:
            raise NoJudgement("out of order")
        return self.holds
