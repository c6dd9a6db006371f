from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.judging.answer import Unreadable, read_answer, read_doubt
from learnchat.learning.judging.events import MOST_EVENTS, NAME_LIMIT
from support.judging import ANSWERS

# One a line: what a model answered, in the ways that models do, and the types of what is to be read out of it; null
# where it is no answer at all.
RECORDED = [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]


def test_the_corpus_is_large_enough_and_has_both_sorts() -> None:
    assert len(RECORDED) >= 60
    assert {row["expected"] is None for row in RECORDED} == {True, False}


@pytest.mark.parametrize("row", RECORDED, ids=[row["name"] for row in RECORDED])
def test_a_recorded_answer_is_read_as_expected(row: dict[str, Any]) -> None:
    answer = row["answer"] * row.get("repeat", 1)

    if row["expected"] is None:
        with pytest.raises(Unreadable):
            read_answer(answer)
    else:
        assert [draft.type.value for draft in read_answer(answer)] == row["expected"]


@given(st.text(alphabet=st.sampled_from('{}[]",:\\events content type fact quote evidence 1\n`'), max_size=300))
def test_whatever_is_answered_is_read_or_refused(answer: str) -> None:
    try:
        drafts = read_answer(answer)
    except Unreadable:
        return
    assert len(drafts) <= MOST_EVENTS


@given(st.integers(0, 400))
def test_an_answer_cut_anywhere_is_read_or_refused_and_never_gives_half_an_event(length: int) -> None:
    event = {"type": "fact", "content": "The API returns cents", "evidence": [{"message": 1, "quote": "returns cents"}]}
    whole = json.dumps({"events": [event, event, event]})
    try:
        drafts = read_answer(whole[:length])
    except Unreadable:
        return
    assert all(draft.content == "The API returns cents" and len(draft.claims) == 1 for draft in drafts)


def test_what_is_hidden_is_taken_out_and_names_are_short_and_plain() -> None:
    event = {
        "type": "fact",
        "content": "pnpm\x1b[31m is \u202eused\nhere",
        "evidence": ["we use pnpm"],
        "tags": ["PNPM", "pnpm", "x" * 60, "a b;c", ""],
    }

    [draft] = read_answer(json.dumps({"events": [event]}))

    assert draft.content == "pnpm is used here"
    assert draft.tags == ("pnpm", "a b-c")
    assert all(len(tag) <= NAME_LIMIT for tag in draft.tags)


def test_a_long_answer_that_runs_in_circles_is_read_in_time() -> None:
    with pytest.raises(Unreadable):
        read_answer('{"events": "' + "[{" * 2_000_000)


@pytest.mark.parametrize(("answer", "holds"), [('{"hold": true}', True), ('```json\n{"hold": false}\n```', False)])
def test_a_doubt_is_yes_or_no(answer: str, holds: bool) -> None:
    assert read_doubt(answer) is holds


@pytest.mark.parametrize("answer", ["", "yes", "{}", '{"hold": "maybe"}', "[true]"])
def test_a_doubt_that_is_neither_is_unreadable(answer: str) -> None:
    with pytest.raises(Unreadable):
        read_doubt(answer)
