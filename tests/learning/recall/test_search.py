from __future__ import annotations

import pytest

from learnchat.learning.recall.search import search
from support.insights import LARGE, make_insight


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what do we use for CSS?", "tailwind"),
        ("which database do we use for orders?", "postgres"),
        ("storage", "postgres"),
        ("is the price in dollars or cents", "cents"),
        ("how many spaces in python?", "spaces"),
    ],
)
def test_search_finds_the_right_one_first(question: str, answer: str) -> None:
    found = search(LARGE, question)

    assert found[0].id == answer


def test_search_is_limited_and_prefers_the_newer_of_equals() -> None:
    old = make_insight("Deploys go out on Monday", id="monday", age_days=30)
    new = make_insight("Deploys go out on Friday", id="friday", age_days=1)

    assert [each.id for each in search([old, new], "when do deploys go out?")] == ["friday", "monday"]
    assert len(search([old, new], "when do deploys go out?", limit=1)) == 1


def test_search_finds_by_the_users_own_words() -> None:
    insight = make_insight("Amounts are integers", id="amounts", quote="prices come in pennies")

    assert search([insight], "pennies?") == [insight]


def test_search_among_nothing_finds_nothing() -> None:
    assert search([], "CSS") == []


def test_a_text_that_shares_no_telling_word_finds_nothing() -> None:
    for text in ("", "hello", "what should we use?", "thanks, that works", "reverse a linked list in Haskell", "?!"):
        assert search(LARGE, text) == [], text


def test_what_has_more_of_the_text_comes_first() -> None:
    cache = make_insight("The cache runs beside the database", id="cache")

    found = [each.id for each in search([cache, *LARGE], "orders database")]

    assert found[0] == "postgres"


def test_what_touches_only_the_less_telling_half_is_left_out() -> None:
    about_logs = search(LARGE, "where does the service log about Tailwind CSS?")

    assert about_logs[0].id == "tailwind"
    assert len(about_logs) == 1


def test_names_in_code_are_found_by_their_parts() -> None:
    insight = make_insight("getUserById must not be called in a loop", id="loop")

    assert search([insight], "user by id") == [insight]
