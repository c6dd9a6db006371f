from __future__ import annotations

from datetime import UTC, datetime

from learnchat.learning.kinds import Kind
from learnchat.learning.recall.bearing import BEARS, MemoryBearings, in_order, rank
from learnchat.learning.recall.conversations import number
from learnchat.learning.recall.conversations import rank as rank_messages
from learnchat.learning.recall.dates import named_dates
from learnchat.learning.recall.found import FoundInsight
from learnchat.learning.recall.guidance import Heading, guidance
from learnchat.learning.recall.postings import MemoryPostings
from learnchat.learning.recall.terms import terms, wanted
from support.insights import LARGE, make_insight

HELD = {1: datetime(2026, 3, 4, tzinfo=UTC), 2: datetime(2026, 5, 6, tzinfo=UTC)}


def talk(*sessions: tuple[str, ...]) -> MemoryPostings:
    return MemoryPostings(
        (number(session, place), terms(text))
        for session, texts in enumerate(sessions, 1)
        for place, text in enumerate(texts)
    )


def order(found: dict[int, float]) -> list[int]:
    return sorted(found, key=lambda each: -found[each])


def test_the_word_itself_counts_for_more_than_what_may_be_meant() -> None:
    postings = MemoryPostings(enumerate([terms("the database is large"), terms("postgres is large")]))

    assert order(rank("database", postings)) == [0, 1]
    assert order(rank("postgres", postings)) == [1, 0]
    assert order(rank("postgres", postings, synonyms=False)) == [1]


def test_an_answer_is_found_by_the_words_of_its_question() -> None:
    postings = talk(("Where do invoices go?", "Into the blue bucket."), ("Hello", "Hello again", "And again"))

    found = dict(rank_messages(wanted("invoices"), postings, HELD).messages)

    assert order(found) == [number(1, 0), number(1, 1)]


def test_nothing_stands_around_across_sessions() -> None:
    postings = talk(("Hello", "invoices"), ("Hello again",))

    assert number(2, 0) not in rank_messages(wanted("invoices"), postings, HELD).messages


def test_a_session_is_found_by_its_date() -> None:
    postings = talk(("the crane is stuck",), ("the crane moves",))
    asked = "what about the crane in May?"

    found = rank_messages(wanted(asked), postings, HELD, named_dates(asked)).sessions

    assert order(dict(found)) == [2, 1]


def test_a_rare_word_is_worth_more_than_a_common_one() -> None:
    insights = [make_insight("The zeppelin has a service"), *LARGE]

    [first, *_] = MemoryBearings(insights).find("zeppelin or billing service bucket")

    assert first.confidence > 0
    assert {each.id for each in MemoryBearings(insights).find("service")} >= {"billing", "mail"}
    assert all(each.confidence < BEARS for each in MemoryBearings(insights).find("service"))


def test_a_long_message_about_something_else_finds_nothing_sure() -> None:
    text = "write a parser with precedence and unary minus, helpful syntax errors, and mail me the grammar " * 3

    assert all(each.confidence < BEARS for each in MemoryBearings(LARGE).find(text))


def test_ties_go_to_pinned_ones_then_by_kind_then_to_the_newer() -> None:
    made = {
        each.id: each
        for each in (
            make_insight("a crane", id="old", age_days=9),
            make_insight("a crane", id="new", age_days=1),
            make_insight("a crane", id="rule", age_days=9, kind=Kind.PREFERENCE),
            make_insight("a crane", id="pinned", age_days=9, pinned=True),
        )
    }

    found = in_order(MemoryBearings(made.values()).find("crane"), made.__getitem__)

    assert [each.id for each in found] == ["pinned", "rule", "new", "old"]


def test_guidance_leaves_out_what_does_not_bear_and_has_no_empty_heading() -> None:
    found = [
        FoundInsight(make_insight("a", kind=Kind.PROCEDURE), 0.6, True),
        FoundInsight(make_insight("b", kind=Kind.FACT), 0.8, True),
        FoundInsight(make_insight("c", kind=Kind.WORKAROUND), 0.3, False),
    ]

    known = guidance(found)

    assert [section.heading for section in known.sections] == [Heading.RULES, Heading.PROCEDURES]
    assert known.confidence == 0.8
    assert not guidance(found[2:])
    assert guidance([]).confidence == 0
