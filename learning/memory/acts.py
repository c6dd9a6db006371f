"""Acts on memory: what the user may do with it, what comes back, and what is refused before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from learnchat.learning.clock import local
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.profile.documents import QUOTE_LIMIT, clean_statement, clean_tags, entry_document, read_entry
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.insight import STATEMENT_LIMIT, Entry, Insight
from learnchat.learning.proposal import Proposal
from learnchat.learning.text import neutralise, one_line, shorten

CONFIRMED = "confirmed"
REMEMBERED = "remembered"
SKIPPED = "skipped"
NEVER = "never"
FORGOTTEN = "forgotten"
UNDONE = "undone"
EDITED = "edited"
PINNED = "pinned"
UNPINNED = "unpinned"
TAGGED = "tagged"
RESTORED = "restored"
MERGED = "merged"
ACCEPTED = "accepted"
REJECTED = "rejected"
MISPLACED = "misplaced"

UNDO_WINDOW = timedelta(hours=24)
"""Every act on memory can be undone for a day."""

# Of a statement in a sentence that people read: as much as fits two lines of a narrow terminal.
SHOWN_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Rewording:
    """A proposal in the user's own words."""

    statement: str
    kind: Kind
    tags: tuple[str, ...] = ()
    scope: Scope = Scope.PROJECT
    because: str = ""
    expires: datetime | None = None
    keep: bool = False
    """Keep the insight that the proposal would replace: both hold."""
    replaces: str | None = None
    """Id of the insight that the user says it takes the place of."""

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        """The proposal in the words that it has."""
        return cls(proposal.statement, proposal.kind, proposal.tags, proposal.scope, proposal.because, proposal.expires)


@dataclass(frozen=True, slots=True)
class Act:
    """Something done with memory. It can be undone for a day."""

    id: str
    name: str
    insight: Insight | None
    proposal: Proposal | None
    sentence: str
    """What people read: "Learned: …"."""
    first_in_git: bool = False
    """The question whether the profile folder goes into git is due. True once per project."""


def nature(entry: Entry) -> str:
    """What it is besides its statement, for people: "Preference · tags: css, frontend · best before 2026-12-31"."""
    parts = [entry.kind.label]
    if entry.tags:
        parts.append(f"tags: {', '.join(entry.tags)}")
    if entry.expires is not None:
        parts.append(f"best before {local(entry.expires):%Y-%m-%d}")
    return " · ".join(parts)


def in_short(statement: str) -> str:
    return shorten(statement, SHOWN_LENGTH)


def make_entry(
    entry_id: str,
    statement: str,
    kind: Kind,
    confirmed: datetime,
    *,
    quote: str = "",
    tags: Iterable[str] = (),
    because: str = "",
    expires: datetime | None = None,
    replaces: str | None = None,
) -> Entry:
    """A new entry, cleaned as it is stored.

    Raises:
        ProfileError: it is empty, too long, or has a secret in it.
    """
    return checked(
        Entry(
            id=entry_id,
            revision=1,
            kind=kind,
            statement=statement,
            quote=neutralise(quote).strip()[:QUOTE_LIMIT] or clean_statement(statement, kind),
            confirmed=confirmed,
            tags=tuple(tags),
            because=because,
            expires=expires,
            replaces=replaces,
        )
    )


def checked(entry: Entry) -> Entry:
    """An entry in the user's words, cleaned as it is stored.

    Raises:
        ProfileError: it is empty, too long, or has a secret in it.
    """
    statement = clean_statement(entry.statement, entry.kind)
    if not any(character.isalnum() for character in statement):
        raise ProfileError("There is nothing to remember: the statement is empty.")
    if len(statement) > STATEMENT_LIMIT:
        raise ProfileError(
            f"The statement has {len(statement):,} characters; {STATEMENT_LIMIT:,} is the most that is remembered.",
            "Say it in a sentence or two.",
        )
    entry = replace(
        entry, statement=statement, tags=clean_tags(entry.tags), because=one_line(entry.because)[:QUOTE_LIMIT]
    )
    refuse_secrets(entry.statement, entry.quote, entry.because, *entry.tags)
    # As it will be read again: trust is bound to that.
    stored = read_entry(entry_document(entry))
    if stored is None:
        raise ProfileError(f"This can't be stored: {in_short(statement)}")
    return stored


def refuse_secrets(*texts: str) -> None:
    """
    Raises:
        ProfileError: there is a secret in one of the texts. It is named by its kind; its text is repeated nowhere.
    """
    # It loads the scanner, 0.08 s; reading a profile needs none of it.
    from learnchat.learning.secrets.scanner import find_all_secrets

    for text in texts:
        found = find_all_secrets(text)
        if found:
            raise ProfileError(
                f"This looks like a secret ({found[0].name}) and was not stored.",
                "Say where it is kept, not what it is.",
            )
