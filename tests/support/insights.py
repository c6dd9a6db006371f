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


TAILWIND = make_insight(
    "We're switching from Bootstrap to Tailwind CSS for the dashboard", id="tailwind", kind=Kind.SWITCHING, age_days=3
)
CENTS = make_insight("The API returns cents, not dollars", id="cents", age_days=2)
POSTGRES = make_insight("We use PostgreSQL 16 for the orders database", id="postgres", age_days=1, tags=("storage",))
SPACES = make_insight("I prefer four spaces in Python", id="spaces", kind=Kind.PREFERENCE, scope=Scope.PERSONAL)
KNOWN = [SPACES, POSTGRES, CENTS, TAILWIND]

# Enough of them that the profile does not fit half of recall's budget.
SERVICES = """
    billing shipping invoice catalogue search image mail audit metrics login session cart coupon refund tax stock review
    wishlist banner partner export import archive report
"""
OTHERS = [
    make_insight(f"The {word} service logs to the {word} bucket, and nobody restarts it by hand", id=word, age_days=10)
    for word in SERVICES.split()
]
LARGE = [*KNOWN, *OTHERS]
