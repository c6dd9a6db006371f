"""The documents of a profile: what a line of `insights.json` and of the journal holds, and which of two is the truth.

A document is a JSON object with an `id` and a `revision`. An entry's has the fields of `Entry`, those left out that
are empty. A forgotten one has `state` besides, and no text. Two more stand in every profile: `schema`, and `profile`
with the random id of the profile itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.disk.files import render_json
from learnchat.learning.identifiers import is_identifier, new_identifier
from learnchat.learning.kinds import Kind
from learnchat.learning.profile.insight import STATEMENT_LIMIT, TAG_LIMIT, Entry, EntryState
from learnchat.learning.text import neutralise, one_line

SCHEMA = 1
"""The form of the documents. A learnchat that meets a higher one reads and does not write."""
SCHEMA_ID = "schema"
PROFILE_ID = "profile"

# Nobody counts to this by changing an insight; a hand or a hostile commit that wrote more must not make it final.
REVISION_LIMIT = 1_000_000
TAG_LENGTH = 40
# What the user said, and why, may be longer than what is remembered, but not a document either.
QUOTE_LIMIT = 4000

# A look-up takes a fifth of the time that an enum's own call does; a large profile has ten thousand of each.
_KINDS = {kind.value: kind for kind in Kind}
_STATES = {state.value: state for state in EntryState}

# Most tags are one already.
_CLEAN_TAG = re.compile(rf"[a-z0-9][a-z0-9._+#-]{{0,{TAG_LENGTH - 1}}}\Z")

Document = dict[str, Any]


def schema_document() -> Document:
    return {"id": SCHEMA_ID, "revision": 1, "schema": SCHEMA}


def profile_document() -> Document:
    return {"id": PROFILE_ID, "revision": 1, "profile": new_identifier()}


def forgotten_document(entry_id: str, revision: int) -> Document:
    return {"id": entry_id, "revision": revision, "state": EntryState.FORGOTTEN.value}


def entry_document(entry: Entry) -> Document:
    """An entry as a document; the fields always in this order, so that the same entry gives the same bytes."""
    document: Document = {
        "id": entry.id,
        "revision": entry.revision,
        "kind": entry.kind.value,
        "statement": entry.statement,
    }
    if entry.quote != entry.statement:
        document["quote"] = entry.quote
    if entry.tags:
        document["tags"] = list(entry.tags)
    if entry.because:
        document["because"] = entry.because
    document["confirmed"] = timestamp(entry.confirmed)
    if entry.expires is not None:
        document["expires"] = timestamp(entry.expires)
    if entry.replaces is not None:
        document["replaces"] = entry.replaces
    if entry.pinned:
        document["pinned"] = True
    if entry.state is not EntryState.ACTIVE:
        document["state"] = entry.state.value
    return document


def read_entry(document: Mapping[str, Any]) -> Entry | None:
    """The entry in a document of any origin, hidden characters taken out; None when there is no valid one in it."""
    try:
        kind, state = _KINDS[document["kind"]], _STATES[document.get("state", "active")]
        # One that is too long is refused below and not cut: half a statement is another one.
        statement = clean_statement(_text(document["statement"], STATEMENT_LIMIT * 8), kind)
        entry = Entry(
            id=document["id"],
            revision=document["revision"],
            kind=kind,
            statement=statement,
            quote=_text(document.get("quote", statement), QUOTE_LIMIT),
            confirmed=parse_timestamp(document["confirmed"]),
            tags=clean_tags(_texts(document.get("tags", []))),
            because=one_line(_text(document.get("because", ""), QUOTE_LIMIT)),
            expires=_moment(document.get("expires")),
            replaces=_identifier_or_none(document.get("replaces")),
            pinned=document.get("pinned", False) is True,
            state=state,
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return entry if entry.statement and len(entry.statement) <= STATEMENT_LIMIT and is_document(document) else None


def is_document(document: Mapping[str, Any]) -> bool:
    """Whether it has an id and a revision that learnchat could have given it."""
    name, revision = document.get("id"), document.get("revision")
    return (
        isinstance(name, str)
        and is_identifier(name)
        and isinstance(revision, int)
        and not isinstance(revision, bool)
        and 1 <= revision <= REVISION_LIMIT
    )


def is_forgotten(document: Mapping[str, Any]) -> bool:
    return document.get("state") == EntryState.FORGOTTEN


def is_entry(document: Mapping[str, Any]) -> bool:
    """Whether it is about an insight, and not about the profile itself."""
    return document.get("id") not in (SCHEMA_ID, PROFILE_ID)


def clean_statement(statement: str, kind: Kind) -> str:
    """A statement as it is stored: without hidden characters; on one line, unless it is a checklist."""
    if kind is Kind.PROCEDURE:
        return "\n".join(line.rstrip() for line in neutralise(statement).replace("\t", "  ").split("\n")).strip()
    return one_line(statement)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags in lower case, letters, digits and `._+#-` only, each once, in their order; no more than `TAG_LIMIT`."""
    return tuple(dict.fromkeys(filter(None, map(_clean_tag, tags))))[:TAG_LIMIT]


# Thousands of insights share a few tags.
@lru_cache(maxsize=1024)
def _clean_tag(tag: str) -> str:
    """The tag in a text; empty where there is none."""
    if _CLEAN_TAG.match(tag):
        return tag
    word = "-".join("".join(c if c.isalnum() or c in "._+#-" else " " for c in one_line(tag).lower()).split())
    return word[:TAG_LENGTH] if word.strip("._+#-") else ""


def resolve(documents: Iterable[Document]) -> list[Document]:
    """What holds of documents from several sources: of an id the highest revision, sorted by id.

    Of equal revisions that differ all are kept, sorted by their text: neither side's words may be lost by a merge.
    """
    best: dict[str, Document] = {}
    others: dict[str, list[Document]] = {}
    for document in documents:
        held = best.setdefault(document["id"], document)
        # Most ids are met once, and the rest most often as the same object.
        if held is document:
            continue
        if document["revision"] > held["revision"]:
            best[document["id"]] = document
            others.pop(document["id"], None)
        elif document["revision"] == held["revision"] and document != held:
            same = others.setdefault(document["id"], [])
            if document not in same:
                same.append(document)
    if not others:
        return [best[name] for name in sorted(best)]
    return [
        document
        for name in sorted(best)
        for document in sorted([best[name], *others.get(name, ())], key=render_json if name in others else None)
    ]


def by_id(documents: Iterable[Document]) -> dict[str, list[Document]]:
    """Resolved documents, gathered by their ids."""
    gathered: dict[str, list[Document]] = {}
    for document in documents:
        gathered.setdefault(document["id"], []).append(document)
    return gathered


def highest_revision(documents: Iterable[Document], entry_id: str) -> int:
    """The highest revision that an id has in some documents, 0 when it is not among them."""
    return max((document["revision"] for document in documents if document["id"] == entry_id), default=0)


def _text(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return neutralise(value)[:limit]


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("not a list of texts")
    return value


def _moment(value: object) -> datetime | None:
    return None if value is None else parse_timestamp(_text(value, 40))


def _identifier_or_none(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not is_identifier(value):
        raise ValueError("not an id")
    return value
