"""The second reader: where the gate is not sure, a judge may hold a question back.

What it holds back waits in the inbox instead of being asked; it was there before. It can take nothing away and save
nothing, and past its deadline the gate decides alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from learnchat.learning.judging.judge import Judge, NoJudgement
from learnchat.learning.proposal import Proposal

DEADLINE_SECONDS = 2.0
"""A toast that comes later is about something else."""

UNCERTAIN = 0.15
"""How far above the gate's threshold it is not sure: there about half of the questions are welcome (the table of
calibration that `learnchat evaluate` prints); above it, two thirds and more."""


def is_uncertain(proposal: Proposal, threshold: float) -> bool:
    """Whether the gate is not sure of a proposal."""
    return threshold <= proposal.confidence < threshold + UNCERTAIN


async def admitted(
    judge: Judge, proposals: Sequence[Proposal], threshold: float, message: str, deadline: float = DEADLINE_SECONDS
) -> list[Proposal]:
    """The proposals that are to be asked now, in their order: all but those that the judge holds back in time.

    Args:
        judge: is asked about the uncertain ones alone, all at once.
        proposals: in the inbox already.
        threshold: the gate's.
        message: what the user said.
        deadline: seconds, for all of them together.
    """
    uncertain = [each for each in proposals if is_uncertain(each, threshold)]
    if not uncertain:
        return list(proposals)
    asked = {each.id: asyncio.ensure_future(judge.doubts(each.statement, message)) for each in uncertain}
    try:
        await asyncio.wait(asked.values(), timeout=deadline)
    finally:
        for task in asked.values():
            task.cancel()
    held = {name for name, task in asked.items() if _holds_back(task)}
    return [each for each in proposals if each.id not in held]


def _holds_back(task: asyncio.Future[bool]) -> bool:
    if not task.done() or task.cancelled():
        return False
    error = task.exception()
    if error is not None and not isinstance(error, NoJudgement):
        raise error
    return error is None and task.result()
