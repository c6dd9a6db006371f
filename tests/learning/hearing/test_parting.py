from __future__ import annotations

import pytest

from learnchat.learning.detection import Detection, Message
from learnchat.learning.detectors.registry import built_in_detectors
from learnchat.learning.hearing.analysis import Analyser, default_analyser
from learnchat.learning.hearing.gate import TrainedGate
from learnchat.learning.hearing.parting import parts
from learnchat.learning.kinds import Kind

ANALYSER = default_analyser(plugins=False)
# A sentence that says two things, and a twin that says one, or two that hang together.
TWINS = [
    (
        "we use uv, not pip, and the API returns cents",
        ["we use uv, not pip", "the API returns cents"],
        "we use uv, not pip, and it installs faster",
    ),
    (
        "we use pnpm, and our users are dentists",
        ["we use pnpm", "our users are dentists"],
        "we use pnpm, and our users like it",
    ),
    (
        "We moved from npm to pnpm but the server runs on Hetzner",
        ["We moved from npm to pnpm", "the server runs on Hetzner"],
        "We moved from npm to pnpm but the README is outdated",
    ),
    (
        "the server runs on Hetzner and the frontend is written in Svelte",
        ["the server runs on Hetzner", "the frontend is written in Svelte"],
        "the server runs on Hetzner and the frontend",
    ),
    (
        "ok so we use Postgres, and our users are nurses, can you look at the readme?",
        ["we use Postgres", "our users are nurses"],
        "ok so we use Postgres and Redis, can you look at the readme?",
    ),
]


def asked(text: str) -> list[str]:
    analysis = ANALYSER.analyse(Message(text))
    found = [one for one in analysis.detections if one.confidence >= analysis.threshold]
    assert all(text[one.start : one.end] == one.quote for one in found)
    return list(dict.fromkeys(one.statement for one in found))


@pytest.mark.parametrize(("text", "statements", "twin"), TWINS)
def test_two_things_in_a_sentence_are_two_insights_in_the_user_s_words(
    text: str, statements: list[str], twin: str
) -> None:
    assert asked(text) == statements


@pytest.mark.parametrize(("text", "statements", "twin"), TWINS)
def test_its_twin_is_one_insight(text: str, statements: list[str], twin: str) -> None:
    (statement,) = asked(twin)
    assert statement in twin


@pytest.mark.parametrize(
    "text",
    [
        "if we use pnpm, the API returns cents and our users are dentists",
        "does the API return cents and do we use uv?",
        "maybe we use uv and the API returns cents",
    ],
)
def test_parts_of_what_is_not_said_are_not_asked(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "we use the CLI and the API",
        "we use pnpm and they use yarn",
        "because we use pnpm and the API returns cents",
        "we use Postgres and it is slow",
        "our users are dentists and we never ask them",
        "we use a and we use b and we use c and we use d and we use e",
    ],
)
def test_what_points_back_hangs_on_something_or_is_a_list_is_no_part(text: str) -> None:
    assert parts(text) == []


def test_parts_lie_in_their_order_without_what_joins_them() -> None:
    text = "we use pnpm; our API returns cents, but the tests run on Linux."
    assert [text[first:last] for first, last in parts(text)] == [
        "we use pnpm",
        "our API returns cents",
        "the tests run on Linux.",
    ]


class Hears:
    name = "hears"

    def detect(self, message: Message) -> list[Detection]:
        return [Detection(Kind.FACT, message.text, message.text, 0, len(message.text), 0.9, {}, self.name)]


def test_a_plugin_s_detection_stays_as_it_is() -> None:
    text = "we use pnpm, and our users are dentists"
    analyser = Analyser(built_in_detectors(), TrainedGate(), lambda: [Hears()])
    found = [(one.statement, one.detector) for one in analyser.analyse(Message(text)).detections]
    assert found == [(text, "hears"), ("we use pnpm", "now_using"), ("our users are dentists", "fact")]
