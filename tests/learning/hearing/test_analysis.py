from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.analysis import Analyser, default_analyser, told_apart
from learnchat.learning.kinds import Kind
from support.gates import ConfidenceGate


class Says:
    name = "says"

    def __init__(self, *detections: Detection) -> None:
        self._detections = detections

    def detect(self, message: Message) -> Iterable[Detection]:
        return self._detections


class Fails:
    name = "fails"

    def detect(self, message: Message) -> Iterable[Detection]:
        raise RuntimeError("on purpose")


class Halves:
    threshold = 0.5

    def weigh(self, message: Message, detections: Sequence[Detection]) -> Sequence[Detection]:
        return [replace(one, confidence=one.confidence / 2) for one in detections]


def said(quote: str, start: int, confidence: float = 0.9) -> Detection:
    return Detection(Kind.FACT, quote, quote, start, start + len(quote), confidence)


def test_detections_come_in_the_order_of_the_text() -> None:
    analysis = default_analyser(plugins=False).analyse(Message("Avoid MongoDB. We moved from npm to pnpm."))
    assert [one.kind for one in analysis.detections] == [Kind.REJECTED_IDEA, Kind.SWITCHING]
    assert analysis.confidence == max(one.confidence for one in analysis.detections)


def test_nothing_heard_is_a_confidence_of_zero() -> None:
    analysis = default_analyser(plugins=False).analyse(Message("hello"))
    assert (analysis.detections, analysis.confidence, analysis.prompt) == ((), 0.0, False)


def test_the_gate_has_the_last_word() -> None:
    analysis = Analyser([Says(said("yes", 0))], Halves()).analyse(Message("yes"))
    assert analysis.confidence == 0.45
    assert not analysis.prompt
    assert [remark.reason for remark in analysis.remarks] == ["has confidence 0.45, below 0.50"]


def test_beside_a_secret_nothing_is_asked() -> None:
    text = "We moved from npm to pnpm, the token is ghp_" + "a1B2" * 9
    analysis = default_analyser(plugins=False).analyse(Message(text))
    assert analysis.detections
    assert not analysis.prompt
    assert any(remark.reason == "contains a secret: GitHub token" for remark in analysis.remarks)


def test_a_remark_about_a_secret_never_repeats_it() -> None:
    analysis = default_analyser(plugins=False).analyse(Message("use ghp_" + "a1B2" * 9))
    assert [remark.quote for remark in analysis.remarks] == [""]


def test_a_failing_detector_costs_nobody_the_message() -> None:
    analysis = Analyser([Fails(), Says(said("yes", 0))], ConfidenceGate()).analyse(Message("yes"))
    assert [one.quote for one in analysis.detections] == ["yes"]
    assert analysis.remarks[0].detector == "fails"


def test_what_was_not_said_verbatim_is_not_asked() -> None:
    analysis = Analyser([Says(said("no", 0), said("", 0))], ConfidenceGate()).analyse(Message("yes"))
    assert analysis.detections == ()
    assert [remark.reason for remark in analysis.remarks] == ["is no verbatim quote", "is no verbatim quote"]


def test_a_detector_can_be_switched_off() -> None:
    analyser = default_analyser(["switching"], plugins=False)
    heard = analyser.analyse(Message("We moved from npm to pnpm")).detections
    assert Kind.SWITCHING not in {one.kind for one in heard}


def test_further_detectors_are_asked_for_when_the_first_message_comes_and_once() -> None:
    asked = []

    def more() -> list[Says]:
        asked.append(1)
        return [Says(said("yes", 0))]

    analyser = Analyser([], ConfidenceGate(), more)
    assert asked == []
    assert [len(analyser.analyse(Message("yes")).detections) for _ in range(2)] == [1, 1]
    assert asked == [1]


@pytest.mark.parametrize("text", ["wir benutzen pnpm, nicht npm", "usamos pnpm en todos los paquetes, nunca npm"])
def test_what_is_not_in_english_is_said_to_be_so(text: str) -> None:
    (remark,) = default_analyser(plugins=False).analyse(Message(text)).remarks
    assert remark.quote == text
    assert "English" in remark.reason


@pytest.mark.parametrize("text", ["ok", "foo bar", "rerun pytest", "/tmp/a.log", "", "ja, passt"])
def test_few_words_are_in_any_language(text: str) -> None:
    assert default_analyser(plugins=False).analyse(Message(text)).remarks == ()


def test_a_confidence_is_told_apart_from_the_threshold_it_misses() -> None:
    assert told_apart(0.4915, 0.492) == ("0.491", "0.492")
    assert told_apart(0.45, 0.492) == ("0.45", "0.49")
    assert told_apart(0.492, 0.492) == ("0.49", "0.49")
