"""Proposals for tests, made by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from learnchat.learning.kinds import Kind
from learnchat.learning.proposal import Proposal, Source


def make_proposal(statement: str, *, id: str, quote: str | None = None, **fields: Any) -> Proposal:
    """A proposal made just now from the words `quote`, by default those of the statement."""
    fields.setdefault("kind", Kind.DECIDED_TO_USE)
    fields.setdefault("created", datetime.now(UTC).replace(microsecond=0))
    fields.setdefault("confidence", 0.9)
    source = Source(
        statement if quote is None else quote, session="session1", message=fields.pop("message", f"message-{id}")
    )
    return Proposal(id=id, statement=statement, source=source, **fields)
