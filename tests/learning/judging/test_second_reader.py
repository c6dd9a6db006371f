from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from learnchat.learning.judging.second_reader import UNCERTAIN, admitted, is_uncertain
from learnchat.learning.proposal import Proposal
from support.judging import ScriptedJudge
from support.proposals import make_proposal

THRESHOLD = 0.5


def proposals() -> list[Proposal]:
    sure = make_proposal("We use pnpm", id="sure", confidence=0.95)
    unsure = make_proposal("The parser is slow", id="unsure", confidence=THRESHOLD + UNCERTAIN / 2)
    return [sure, unsure]


async def test_what_is_doubted_is_not_asked_and_what_the_gate_is_sure_of_always_is() -> None:
    held = await admitted(ScriptedJudge(holds=True), proposals(), THRESHOLD, "…")
    kept = await admitted(ScriptedJudge(holds=False), proposals(), THRESHOLD, "…")

    assert [each.id for each in held] == ["sure"]
    assert [each.id for each in kept] == ["sure", "unsure"]


async def test_a_judge_that_fails_holds_nothing_back() -> None:
    assert len(await admitted(ScriptedJudge(fails=True, holds=True), proposals(), THRESHOLD, "…")) == 2


async def test_past_its_deadline_the_gate_decides_alone_and_the_judge_is_hung_up_on() -> None:
    ended = asyncio.Event()

    class Slow(ScriptedJudge):
        async def doubts(self, statement: str, message: str) -> bool:
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()
            return True

    found = await admitted(Slow(), proposals(), THRESHOLD, "…", deadline=0.01)

    assert len(found) == 2
    await asyncio.wait_for(ended.wait(), 5)


async def test_without_a_doubtful_one_nobody_is_asked() -> None:
    class Never(ScriptedJudge):
        async def doubts(self, statement: str, message: str) -> bool:
            pytest.fail("asked")

    assert len(await admitted(Never(), proposals()[:1], THRESHOLD, "…")) == 1


def test_the_band_begins_at_the_threshold() -> None:
    one = proposals()[0]

    assert [is_uncertain(replace(one, confidence=c), THRESHOLD) for c in (0.49, 0.5, 0.64, 0.65)] == [
        False,
        True,
        True,
        False,
    ]
