"""`insights.json` in the forms that it had before the present one, read as what it would be now.

Schema 0 is what TinyDB writes by itself: one object of tables (`_default`, as a rule), each an object that gives
records to numbers. A record is whatever has a statement; what it may be called is in the tables below. There are no
ids and no revisions: an id is made of the words, so that two branches that are brought to the present form apart get
the same lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.identifiers import ALPHABET, LENGTH, is_identifier
from learnchat.learning.kinds import Kind
from learnchat.learning.profile.documents import Document, read_entry

PLAIN = 0
"""The schema of a file that TinyDB wrote by itself."""

STATEMENT = ("statement", "text", "insight", "content", "description")
KIND = ("kind", "type", "category")
QUOTE = ("quote", "context")
BECAUSE = ("because", "reason", "why")
WHEN = ("confirmed", "confirmed_at", "created", "created_at", "timestamp", "date")
# What does not say when it was confirmed; the same on every machine.
UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Older:
    """What such a file says."""

    schema: int
    documents: list[Document] = field(default_factory=list)
    unread: int = 0
    """Records that have no statement, or one that can't be stored."""


def read_older(value: object) -> Older | None:
    """What a file of an earlier schema says; None where it is none.

    Args:
        value: all of the file, as JSON.
    """
    if not isinstance(value, dict) or not all(map(_is_table, value.values())):
        return None
    # An empty object of any other name says nothing of where it comes from.
    if not ("_default" in value or any(value.values())):
        return None
    older = Older(PLAIN)
    documents: dict[str, Document] = {}
    for record in (record for table in value.values() for record in table.values()):
        document = _document(record)
        if document is None:
            older.unread += 1
        else:
            # Said twice, it is one.
            documents.setdefault(document["id"], document)
    older.documents = list(documents.values())
    return older


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and all(
        name.isdecimal() and isinstance(record, dict) for name, record in value.items()
    )


def _document(record: Mapping[str, Any]) -> Document | None:
    statement = next(_texts(record, STATEMENT), "")
    kind = next((name for name in _texts(record, KIND) if name in set(Kind)), Kind.FACT.value)
    document: Document = {
        "id": _identifier(record.get("id"), statement),
        "revision": 1,
        "kind": kind,
        "statement": statement,
        "quote": next(_texts(record, QUOTE), statement),
        "tags": [tag for tag in _list(record.get("tags")) if isinstance(tag, str)],
        "because": next(_texts(record, BECAUSE), ""),
        "confirmed": timestamp(next(_moments(record), UNKNOWN)),
    }
    if read_entry(document) is None:
        return None
    said = {name: value for name, value in document.items() if value}
    return said if said["quote"] != statement else {name: value for name, value in said.items() if name != "quote"}


def _identifier(given: object, statement: str) -> str:
    if isinstance(given, str) and is_identifier(given) and not given.isdecimal():
        return given
    digest = hashlib.sha256(statement.encode("utf-8", "replace")).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def _texts(record: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    yield from (value for name in names if isinstance(value := record.get(name), str) and value.strip())


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _moments(record: Mapping[str, Any]) -> Iterator[datetime]:
    for value in (record.get(name) for name in WHEN):
        try:
            if isinstance(value, str):
                yield parse_timestamp(value)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                yield datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            continue
