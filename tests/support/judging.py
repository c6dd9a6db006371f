"""Judges for tests: what they answer is written down, and so is what they were asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from learnchat.learning.judging.events import Claim, Draft, EventType
from learnchat.learning.judging.judge import Judgement, NoJudgement
from learnchat.learning.judging.reading import Reading


def make_draft(
    content: str, quote: str, type: EventType = EventType.DECISION, message: int | None = None, supersedes: str = ""
) -> Draft:
    return Draft(type, content, "It matters.", (Claim(quote, message),), ("tag",), ("word",), supersedes)


SAID = "in here it is pnpm that runs the workspaces, mind you"
"""What no detector hears, and a judge does …"""

HEARD = "The workspaces are run by pnpm"
EVENT: dict[str, Any] = {
    "type": "fact",
    "content": HEARD,
    "why": "Commands differ",
    "evidence": [{"message": 1, "quote": "it is pnpm that runs the workspaces"}],
    "tags": ["pnpm"],
    "keywords": [],
    "supersedes": "",
}
"""… by this event …"""

FOUND = json.dumps({"events": [EVENT]})
NOTHING = '{"events": []}'
"""… in the first of these answers."""

ANSWERS = Path(__file__).parent.parent / "learning" / "judging" / "recorded_answers.jsonl"
"""What models answered, a line each, and what is to be read out of it."""

# Of the recorded answers some are broken by their sheer length.
_OF_USUAL_LENGTH = 5_000


def recorded_sizes(events: int) -> list[float]:
    """Tokens, estimated as everywhere, of the recorded answers that hold so many events in the right form."""
    rows = [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    answers = [row["answer"] for row in rows if row["expected"] is not None and len(row["expected"]) == events]
    return [len(each.encode()) / 3 for each in answers if len(each) < _OF_USUAL_LENGTH and _holds(each, events)]


def _holds(answer: str, events: int) -> bool:
    try:
        value = json.loads(answer)
    except ValueError:
        return False
    return isinstance(value, dict) and isinstance(value.get("events"), list) and len(value["events"]) == events


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
