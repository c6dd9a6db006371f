from __future__ import annotations

import pytest

from learnchat.learning.hearing.context import Mark, objection, statement_end
from learnchat.learning.language.filler import trimmed_start
from learnchat.learning.language.statements import split


def mark(text: str, cue: str = "switched", *, general: bool = False, task: bool = False) -> Mark | None:
    statement = split(text)[0]
    first = statement.lowers.index(cue)
    return objection(statement, first, first + 4, general=general, task=task)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we switched to Vue from React", None),
        ("that's why we switched to Vue from React", None),
        ("we had trouble with builds, so we switched to Vue from React", None),
        ("it did not build and we switched to Vue from React", None),
        ("as I said, we switched to Vue from React", None),
        ("I would like it switched to Vue from React", None),
        ("We switched to Vue from React, what do you think?", None),
        ("We switched to Vue from React. Is that fine?", None),
        ("have we switched to Vue from React", Mark.QUESTION),
        ("we switched to Vue from React?", Mark.QUESTION),
        ("no idea whether we switched to Vue from React", Mark.QUESTION),
        ("explain why we switched to Vue from React", Mark.QUESTION),
        ("suppose we switched to Vue from React", Mark.CONDITION),
        ("once the tests pass, unless it breaks, we switched to Vue from React", Mark.CONDITION),
        ("we switched to Vue from React if it works", Mark.CONDITION),
        ("in case we switched to Vue from React", Mark.CONDITION),
        ("nobody switched to Vue from React", Mark.NEGATION),
        ("we haven't switched to Vue from React", Mark.NEGATION),
        ("instead of having switched to Vue from React", Mark.NEGATION),
        ("he told me they switched to Vue from React", Mark.REPORTED),
        ("perhaps they switched to Vue from React", Mark.DOUBT),
        ("thoughts on having switched to Vue from React", Mark.DOUBT),
        ("you switched to Vue from React", Mark.ASSISTANT),
        ("we temporarily switched to Vue from React", Mark.PASSING),
        ("make sure everything is switched to Vue from React", Mark.TASK),
        ('"we switched to Vue from React" is the title', Mark.QUOTED),
    ],
)
def test_the_surroundings_decide(text: str, expected: Mark | None) -> None:
    assert mark(text) is expected


def test_an_order_without_a_subject_is_a_task() -> None:
    assert mark("switch to Vue from React", "switch", task=True) is Mark.TASK
    assert mark("let's switch to Vue from React", "switch", task=True) is None


def test_a_warning_may_depend_on_a_condition_but_not_be_one() -> None:
    assert mark("when you parse dates, watch out for timezones", "watch", general=True) is None
    assert mark("if you watch out for timezones, it works", "watch", general=True) is Mark.CONDITION


def test_filler_is_trimmed_from_the_start() -> None:
    statement = split("ok so btw, by the way, no, we use Jest")[0]
    assert statement.words[trimmed_start(statement.lowers)].text == "we"


def test_filler_alone_is_not_trimmed_to_nothing() -> None:
    statement = split("ok so")[0]
    assert trimmed_start(statement.lowers) == 0


def test_a_request_ends_the_statement_before_it() -> None:
    statement = split("we use Jest now, so please update the docs")[0]
    assert statement.words[statement_end(statement, 3)].text == ","
