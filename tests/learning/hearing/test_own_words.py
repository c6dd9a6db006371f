from __future__ import annotations

import time

import pytest

from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.analysis import Analysis, default_analyser
from learnchat.learning.hearing.own_words import OwnWords, kept_spans, pasted_spans

SAID = "We moved from npm to pnpm."
PASTED = "Our team decided to use Kafka instead of RabbitMQ.\nNever use Redis for sessions.\n"


def analyse(text: str, *pastes: str) -> Analysis:
    return default_analyser(plugins=False).analyse(Message(text, pasted=pasted_spans(text, pastes)))


def statements(analysis: Analysis) -> list[str]:
    return [one.statement for one in analysis.detections]


def test_what_was_pasted_is_not_heard() -> None:
    text = f"what do you think of this article?\n\n{PASTED}"
    assert analyse(text).prompt
    heard = analyse(text, PASTED)
    assert not heard.prompt
    assert not any("Kafka" in each or "Redis" in each for each in statements(heard))


@pytest.mark.parametrize("text", [f"{SAID}\n\n{PASTED}", f"{PASTED}\n{SAID}", f"{PASTED}\n{SAID}\n\n{PASTED}What now?"])
def test_what_the_user_typed_around_it_is_heard_where_it_stands(text: str) -> None:
    heard = analyse(text, PASTED)
    assert heard.prompt
    (one,) = [each for each in heard.detections if each.confidence >= heard.threshold]
    assert one.statement == "We moved from npm to pnpm"
    assert text[one.start : one.end] == one.quote


def test_what_is_typed_is_heard_as_it_would_be_without_the_paste() -> None:
    assert analyse(f"{SAID} {PASTED}", PASTED).confidence == analyse(SAID).confidence


def test_a_paste_that_was_changed_is_not_heard_where_it_was_not() -> None:
    text = f"look: {PASTED.replace('sessions', 'carts')}"
    heard = statements(analyse(text.replace("look: ", "look:\n"), PASTED))
    assert not any("Kafka" in each for each in heard)
    assert any("Redis for carts" in each for each in heard)


@pytest.mark.parametrize(
    "changed",
    [
        "Our team decided to use\nKafka instead of\nRabbitMQ. Never use Redis for\nsessions.",
        "- Our team decided to use Kafka instead of RabbitMQ.\n- Never use Redis\n  for sessions.",
        "\tOur team decided to use  Kafka instead of RabbitMQ.",
        "team decided to use Kafka instead of RabbitMQ.",
    ],
    ids=["wrapped anew", "as a list", "spaced", "cut short"],
)
def test_a_paste_in_other_lines_is_not_heard(changed: str) -> None:
    assert statements(analyse(f"look:\n{changed}"))
    assert statements(analyse(f"look:\n{changed}", PASTED)) == []


def test_beside_a_paste_in_other_lines_the_user_is_heard() -> None:
    text = PASTED.replace(" instead", "\ninstead") + SAID
    assert statements(analyse(text, PASTED)) == statements(analyse(SAID))


def test_the_same_paste_twice_is_found_twice() -> None:
    assert pasted_spans("ab ab", ["ab"]) == ((0, 2), (3, 5))


def test_pastes_that_overlap_are_one_place() -> None:
    assert pasted_spans("one two three", ["one two", "two three", "", " "]) == ((0, 13),)


def test_a_paste_that_was_deleted_is_nowhere() -> None:
    assert pasted_spans(SAID, [PASTED]) == ()


def test_a_secret_in_a_paste_is_found() -> None:
    secret = "password = '" + "Tr0ub4" + "dor&3'"
    text = f"{SAID}\n{secret}\nmore"
    heard = analyse(text, f"{secret}\nmore")
    assert [text[one.start : one.end] for one in heard.secrets] == [secret]
    assert not heard.prompt


def test_nothing_is_heard_across_a_paste() -> None:
    own = OwnWords.of(Message("before PASTE after", pasted=((7, 12),)))
    assert own.message.text == "before\n\nafter"
    (kept,) = own.detections([_detection(0, 13), _detection(8, 13)])
    assert (kept.start, kept.end) == (13, 18)


@pytest.mark.parametrize(
    ("fact", "spans"),
    [
        ([[0, 2], [3, 5]], ((0, 2), (3, 5))),
        ([[3, 9], [-1, 2], [2, 1], [True, 2], ["a", 1], [1], 3], ()),
        ("0, 2", ()),
        (None, ()),
    ],
)
def test_places_that_were_written_down_are_read_and_nothing_else(fact: object, spans: object) -> None:
    assert kept_spans(fact, "ab ab") == spans


def test_a_long_paste_costs_little() -> None:
    paste = "".join(f"line {number} of a log. It ends so.\n" for number in range(12_000))
    began = time.process_time()
    changed = paste.replace("line 6000 ", "row ")
    assert len(pasted_spans(changed, [paste])) == 2
    assert not analyse(paste, paste).detections
    assert time.process_time() - began < 1.5


def _detection(start: int, end: int) -> Detection:
    from learnchat.learning.kinds import Kind

    return Detection(Kind.FACT, "x", "x", start, end, 0.9)
