from __future__ import annotations

import pytest

from learnchat.learning.judging.evidence import check
from learnchat.learning.judging.judge import NoJudgement
from learnchat.learning.judging.reading import Exchange, deep_reading, single_reading
from learnchat.learning.judging.windows import WindowJudge, drafts_of
from learnchat.learning.transcripts.session import Utterance


def heard_in(*messages: str) -> list[tuple[str, str]]:
    said = [
        Exchange(Utterance(f"u{n}", "user", text), "Let me look at that.", f"a{n}") for n, text in enumerate(messages)
    ]
    reading = deep_reading(said)
    drafts = drafts_of(reading)
    checked = check(drafts, reading)
    assert checked.dropped == ()
    return [(event.type.value, event.content) for event in checked.events]


def test_an_error_and_what_fixed_it_are_one_event() -> None:
    assert heard_in(
        "The upload fails with a 413 from nginx", "still the same", "Fixed it by raising client_max_body_size to 20m."
    ) == [
        (
            "debugging",
            "The upload fails with a 413 from nginx → fix: Fixed it by raising client_max_body_size to 20m",
        )
    ]


def test_an_error_and_what_it_was_are_one_event() -> None:
    [(kind, content)] = heard_in(
        "The nightly job crashes on Mondays", "The problem was that the cron container has no time zone"
    )

    assert kind == "debugging"
    assert content.endswith("→ cause: The problem was that the cron container has no time zone")


def test_the_same_correction_twice_is_one_event_in_the_fuller_words() -> None:
    assert heard_in("no, use pnpm here", "looks good", "I said use pnpm, not npm") == [
        ("correction", "Use pnpm, not npm")
    ]


@pytest.mark.parametrize(
    "messages",
    [
        ("The upload fails with a 413",),
        ("Fixed it by raising the limit to 20m.",),
        ("The upload fails with a 413 from nginx", "Was it fixed by raising the limit?"),
        ("no, use pnpm here", "no, write the tests first"),
        ("can you fix the failing test in the parser?", "thanks", "the problem was hard, nice work on it though"[:0]),
        ("no", "no", "no"),
        ("use a for loop there", "now rename the variable"),
        ("It works now, thanks a lot", "great"),
    ],
)
def test_what_is_not_plain_is_left_to_others(messages: tuple[str, ...]) -> None:
    assert heard_in(*(each for each in messages if each)) == []


def test_what_is_pasted_is_not_said() -> None:
    pasted = "```\nTraceback: it fails with an error here\nFixed it by setting the flag to true\n```"

    assert heard_in(pasted, "what does that mean?") == []


async def test_one_exchange_is_left_to_the_detectors_and_there_is_no_second_opinion() -> None:
    judge = WindowJudge()
    reading = single_reading(Exchange(Utterance("u", "user", "The job crashes. Fixed it by setting the zone."), "", ""))

    assert (await judge.read(reading)).drafts == []
    with pytest.raises(NoJudgement):
        await judge.doubts("x", "y")
