from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from learnchat.learning.detection import Message
from learnchat.learning.detectors.phrases import fitting
from learnchat.learning.hearing.analysis import default_analyser
from learnchat.learning.hearing.evidence import evidence
from learnchat.learning.hearing.gate import shipped_by_kind, shipped_probabilities
from learnchat.learning.language.prose import READ_LIMIT, passages
from learnchat.learning.language.statements import split
from learnchat.learning.secrets.finding import find_secrets

ANALYSER = default_analyser(plugins=False)
# Repeated, each is the worst case of some loop or expression.
UNITS = [
    "a", " ", "\n", ".", "? ", "`", "```\n", '"', " '", "(", "@", "{", "; ", "\t", "🙂", "_", "-",
    "we use X ", "from ", "switch from a to ", "moved everything over back to ", "too slow ", "Jest and ", "the ",
    "if ", "not ", ", can ", "ok so ", "password=", "token is ", "eyJaaaaaaaaaaaa.", "a://b:c", "bearer ", "w@w ",
    "git aaaa ", "x.Error", '"a" . ', "1,", "-----BEGIN ", "i want the ", "e.g. ", "a-b/c.d ", "- do it\n", "not but ",
    "what is not what ", "use a-b c.d e/f ", "always never ", "dont pls ", "é’ ",
    "we use pnpm, and our users are dentists. ", "and we use X ", "api key is a1 ", "user a pass ",
]  # fmt: skip


def steps(text: str) -> int:
    """Lines of our own code that run: the same on every machine, unlike milliseconds."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace if "learnchat" in frame.f_globals.get("__name__", "") else None

    for each in (split, evidence, fitting, shipped_probabilities, shipped_by_kind):
        each.cache_clear()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        ANALYSER.analyse(Message(text))
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_at_most_about_twice_the_steps(unit: str) -> None:
    short, long = (steps((unit * length)[:length]) for length in (1500, 3000))
    assert long < 2.5 * short + 500


@pytest.mark.parametrize("unit", ["we use X ", "a. ", "x\n"])
def test_beyond_the_limit_a_longer_text_takes_no_more_steps(unit: str) -> None:
    short, long = (steps((unit * length)[:length]) for length in (READ_LIMIT + 100, 4 * READ_LIMIT))
    assert long < 1.2 * short


def seconds(work: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(5):
        # The processor's time and not the clock's: a busy machine takes no longer to do the same.
        began = time.thread_time()
        work(text)
        times.append(time.thread_time() - began)
    return min(times)


@pytest.mark.parametrize("work", [find_secrets, passages])
@pytest.mark.parametrize("unit", UNITS)
def test_an_expression_takes_four_times_as_long_for_four_times_the_text(
    work: Callable[[str], object], unit: str
) -> None:
    short, long = (seconds(work, (unit * length)[:length]) for length in (20_000, 80_000))
    # A quadratic one takes sixteen times as long. Two milliseconds are what cold caches may add.
    assert long < 10 * short + 0.002
