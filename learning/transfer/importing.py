"""Filing what a file says in the inbox. Nothing of it becomes an insight before the user has said so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from learnchat.learning.clock import Clock
from learnchat.learning.detection import Detection
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.memory.acts import make_entry
from learnchat.learning.memory.holdings import Holdings
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import STATEMENT_LIMIT
from learnchat.learning.proposal import IMPORTED, Proposal, Source
from learnchat.learning.text import one_line
from learnchat.learning.transfer.candidate import Candidate


@dataclass(slots=True)
class Filed:
    """What became of the statements of a file."""

    proposals: list[Proposal] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Why, and how many."""


def file_in_inbox(
    candidates: Iterable[Candidate],
    holdings: Holdings,
    clock: Clock,
    origin: str,
    advance: Callable[[int], None] = lambda size: None,
) -> Filed:
    """Put statements into the inbox, those left out that are known, wait already, were refused, or can't be stored.

    Args:
        candidates: the statements.
        holdings: where they go, and what is known there.
        clock: the time.
        origin: the file's name, for people.
        advance: told the bytes of each statement once it is dealt with.

    Raises:
        OSError: the inbox can't be written; nothing is filed.
    """
    filed = Filed()
    seen: set[str] = set()
    for candidate in candidates:
        reason = _objection(candidate, holdings, seen)
        if reason is None:
            made = _proposal(candidate, clock, origin)
            if isinstance(made, Proposal):
                filed.proposals.append(made)
            else:
                reason = made
        if reason is not None:
            filed.left_out[reason] += 1
        advance(len(candidate.statement.encode("utf-8", "replace")))
    holdings.add(filed.proposals)
    return filed


def _objection(candidate: Candidate, holdings: Holdings, seen: set[str]) -> str | None:
    words = one_line(candidate.statement).casefold()
    if words in seen:
        return "said twice"
    seen.add(words)
    # Comparing is for sentences: what is no sentence is refused by its length anyway.
    if len(words) > STATEMENT_LIMIT:
        return "too long"
    detection = Detection(candidate.kind, candidate.statement, candidate.statement, 0, len(candidate.statement), 1.0)
    objection = holdings.objection(detection)
    # Not by date: they are counted.
    return objection.partition(" on ")[0] if objection is not None else None


def _proposal(candidate: Candidate, clock: Clock, origin: str) -> Proposal | str:
    """The proposal, cleaned as an insight would be, or why there can be none."""
    now = clock.now().replace(microsecond=0)
    try:
        entry = make_entry(
            new_identifier(),
            candidate.statement,
            candidate.kind,
            now,
            quote=candidate.quote,
            tags=candidate.tags,
            because=candidate.because,
            expires=candidate.expires,
        )
    except ProfileError as error:
        return "with a secret in it" if "secret" in error.title else "empty or too long"
    return Proposal(
        id=entry.id,
        kind=entry.kind,
        statement=entry.statement,
        source=Source(quote=entry.quote),
        created=now,
        # Somebody wrote it down to be kept; that it is yours to decide is what the inbox is for.
        confidence=1.0,
        scope=candidate.scope,
        tags=entry.tags,
        slots={"file": one_line(origin)[:200]},
        detector=IMPORTED,
        because=entry.because,
        expires=entry.expires,
    )
