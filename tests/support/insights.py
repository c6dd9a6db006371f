"""Insights for tests, made by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.profile.insight import Decision, Entry, Insight, Means
from learnchat.learning.proposal import Source
from support.clock import FakeClock


def make_insight(
    statement: str,
    *,
    id: str = "",
    age_days: float = 0,
    scope: Scope = Scope.PROJECT,
    quote: str | None = None,
    **fields: Any,
) -> Insight:
    """An insight confirmed so many days before the fake clock's start; its id is made of the statement."""
    at: datetime = FakeClock().now() - timedelta(days=age_days)
    words = statement if quote is None else quote
    identifier = id or "".join(character for character in statement.lower() if character.isalnum())[:10]
    entry = Entry(
        id=identifier,
        revision=1,
        kind=fields.pop("kind", Kind.FACT),
        statement=statement,
        quote=words,
        confirmed=at,
        **fields,
    )
    return Insight(entry, Decision(f"d-{identifier}", at, Means.TOAST, Source(words)), scope)
