from __future__ import annotations

import pytest

from learnchat.learning.detection import Message
from learnchat.learning.detectors.phrase_table import parse
from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.kinds import Kind


def heard(table: str, text: str) -> dict[str, str] | None:
    detections = PhraseDetector(Kind.FACT, 0.5, [table]).listen(Message(text)).detections
    return dict(detections[0].slots) if detections else None


def test_any_form_of_a_verb_is_heard() -> None:
    assert heard("~drop {what}", "we dropped Jest") == {"what": "Jest"}
    assert heard("dropped {what}", "we drop Jest") is None


def test_words_in_brackets_may_be_left_out() -> None:
    assert heard("move (over) to {what}", "we move over to Vite") == {"what": "Vite"}
    assert heard("move (over) to {what}", "we move to Vite") == {"what": "Vite"}


def test_a_slot_can_ask_for_a_name() -> None:
    assert heard("uses {what:name}", "it uses mistakes") is None
    assert heard("uses {what:name}", "it uses redis") == {"what": "redis"}


def test_a_slot_can_ask_for_one_of_some_words() -> None:
    assert heard("take {what=bus|train}", "we take the bus") is None
    assert heard("take {what=bus|train}", "we take bus 7") == {"what": "bus"}


def test_words_can_be_forbidden() -> None:
    assert heard("use {what} !anymore", "we use Jest") == {"what": "Jest"}
    assert heard("use {what} !anymore", "we use Jest anymore") is None


def test_a_slot_at_the_start_is_read_backwards() -> None:
    assert heard("{what} is slow", "I think that the nightly import job is slow") == {"what": "nightly import job"}


def test_a_thing_ends_where_a_sentence_goes_on() -> None:
    assert heard("use {what}", "we use our old Redis 7 cluster for sessions") == {"what": "old Redis 7 cluster"}
    assert heard("use {what}", "we use it") is None


def test_an_order_is_a_task_unless_the_table_says_else() -> None:
    message = Message("use Redis")
    assert not PhraseDetector(Kind.FACT, 0.5, ["~use {what}"]).listen(message).detections
    assert PhraseDetector(Kind.FACT, 0.5, [], orders=["~use {what}"]).listen(message).detections


def test_a_participle_before_a_noun_is_no_verb() -> None:
    assert heard("~select {what}", "we look at the selected item") is None


def test_what_is_overheard_is_remarked_with_its_reason() -> None:
    hearing = PhraseDetector(Kind.FACT, 0.5, ["~use {what}"]).listen(Message("Hello. Do we use Redis?"))
    (remark,) = hearing.remarks
    assert (remark.quote, remark.reason) == ("Do we use Redis", "is a question")


@pytest.mark.parametrize("table", ["{what}", "(now) use {what}", "{one} {two}"])
def test_a_phrase_without_a_word_to_begin_at_is_refused(table: str) -> None:
    with pytest.raises(ValueError, match="begin"):
        parse(table)
