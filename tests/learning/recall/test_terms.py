from __future__ import annotations

import pytest

from learnchat.learning.recall.dates import dates_of, named_dates
from learnchat.learning.recall.forms import FORMS
from learnchat.learning.recall.synonyms import RELATIVES
from learnchat.learning.recall.terms import places, terms, wanted
from support.clock import FakeClock


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("snake_case_name", {"snake", "case", "name"}),
        ("getUserById", {"user", "id"}),
        ("src/app/userService.ts", {"src", "user", "servic"}),
        ("v1.2.3", {"v123", "2", "3"}),
        ("C++ and C#", {"c++", "c#"}),
        ("https://example.org/cache-control", {"cach", "control"}),
    ],
)
def test_names_in_code_give_their_parts(text: str, found: set[str]) -> None:
    assert found <= set(terms(text))


def test_irregular_and_short_forms_are_one_word() -> None:
    assert terms("we went") == terms("we go")
    assert terms("the dbs") == terms("a database")
    assert terms("three children") == terms("3 kids")


def test_punctuation_does_not_matter() -> None:
    assert terms("“cache”, (cache); cache!") == terms("cache cache cache")


def test_relatives_are_looked_for_at_less_than_the_word_itself() -> None:
    [asked] = wanted("database")

    assert 0 < asked.relatives["postgr"] < 1
    assert "databas" not in asked.relatives
    assert wanted("database", synonyms=False)[0].relatives == {}


def test_brothers_are_not_relatives() -> None:
    assert "mysql" not in RELATIVES["postgres"]
    assert "database" in RELATIVES["postgres"]


def test_no_form_stands_for_two_words() -> None:
    heads = set(FORMS.values())

    assert all(FORMS[head] == head for head in heads)


def test_places_say_where_words_stand() -> None:
    text = "Why does the Importer stall?"
    looked_for = {each.term for each in wanted("importer stalls")}

    assert [text[start:end] for start, end, _ in places(text, looked_for)] == ["Importer", "stall"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 7 May 2023", {"day 7", "month 5", "year 2023"}),
        ("on May 7th", {"day 7", "month 5"}),
        ("in Sept", {"month 9"}),
        ("it may march on", set()),
        ("port 8080", set()),
    ],
)
def test_dates_are_heard(text: str, dates: set[str]) -> None:
    assert named_dates(text) == dates


def test_a_date_is_found_by_how_it_is_named() -> None:
    moment = FakeClock().now()

    assert named_dates(f"{moment.day} {moment:%B} {moment.year}") == dates_of(moment)
