from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.kinds import Kind
from learnchat.learning.recall.query import Query, QueryError, parse_query, read_kind
from support.clock import FakeClock
from support.insights import make_insight

NOW = FakeClock().now()


def test_filters_are_taken_out_of_the_words() -> None:
    query = parse_query("type:fact pool tag:DB,cache since:2w size kind:procedure", NOW)

    assert query == Query(
        "pool size", frozenset({Kind.FACT, Kind.PROCEDURE}), frozenset({"db", "cache"}), NOW - timedelta(weeks=2)
    )


def test_other_words_with_a_colon_are_words() -> None:
    text = "std::vector http://x/y TODO: a:b 12:30"

    assert parse_query(text, NOW) == Query(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("fact", Kind.FACT),
        ("Bug-fixed", Kind.BUG_FIXED),
        ("edge_case", Kind.EDGE_CASE),
        ("decision", Kind.DECIDED_TO_USE),
        ("PERFORMANCE", Kind.PERFORMANCE_ISSUE),
    ],
)
def test_kinds_are_known_by_name_and_by_label(text: str, kind: Kind) -> None:
    assert read_kind(text) is kind


@pytest.mark.parametrize(("text", "meant"), [("fakt", "fact"), ("proc", "procedure"), ("workarond", "workaround")])
def test_an_unknown_kind_names_the_nearest(text: str, meant: str) -> None:
    with pytest.raises(QueryError, match=f"Did you mean type:{meant}"):
        parse_query(f"type:{text}", NOW)


def test_an_unknown_kind_without_a_near_one_lists_them_all() -> None:
    with pytest.raises(QueryError) as raised:
        read_kind("zzz")

    assert "Did you mean" not in raised.value.hint
    assert "procedure" in raised.value.hint


@pytest.mark.parametrize("text", ["since:", "since:soon", "since:2026-13-01", "since:9999y", "tag:", "type:"])
def test_what_is_no_filter_is_an_error(text: str) -> None:
    with pytest.raises(QueryError):
        parse_query(text, NOW)


def test_the_later_of_two_times_counts() -> None:
    assert parse_query("since:2w", NOW, since="3d").since == NOW - timedelta(days=3)
    assert parse_query("since:2026-01-01T00:00:00Z", NOW).since == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_query_admits_what_all_its_filters_let_through() -> None:
    insight = make_insight("The pool has ten connections", tags=("DB", "pool"), age_days=3)
    later = insight.entry.confirmed + timedelta(days=3)

    assert parse_query("type:fact tag:db tag:pool since:4d", later).admits(insight)
    assert not parse_query("tag:db tag:cache", NOW).admits(insight)
    assert not parse_query("type:procedure", NOW).admits(insight)
    assert not parse_query("since:2d", later).admits(insight)


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_a_plain_error(text: str) -> None:
    raised: list[QueryError] = []
    try:
        parse_query(text, NOW)
    except QueryError as error:
        raised.append(error)

    assert all(error.title and error.hint for error in raised)
