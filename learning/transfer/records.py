"""Statements in JSON and JSON lines: exported by learnchat, its own `insights.json`, or anything with a `statement`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from learnchat.learning.clock import parse_timestamp
from learnchat.learning.disk.files import parse_json_lines
from learnchat.learning.kinds import Kind, Scope
from learnchat.learning.transfer.candidate import Candidate

# Where a JSON object has its list.
LISTS = ("insights", "documents")


def read_json(data: bytes) -> tuple[list[Candidate], int]:
    """The statements in a JSON file, and how many of its records have none.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        value = json.loads(data.decode("utf-8-sig", "replace"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if isinstance(value, dict):
        value = next((value[name] for name in LISTS if isinstance(value.get(name), list)), [value])
    return _read(value if isinstance(value, list) else [value])


def read_json_lines(data: bytes) -> tuple[list[Candidate], int]:
    """The same of JSON lines; lines that are no JSON count too."""
    records, unreadable = parse_json_lines(data)
    candidates, without = _read(records)
    return candidates, without + unreadable


def _read(records: list[Any]) -> tuple[list[Candidate], int]:
    # Of an `insights.json`: its last line, its own documents, and what is forgotten or replaced.
    wanted = [record for record in records if record is not None and not _is_other(record)]
    found = [candidate for record in wanted if (candidate := _candidate(record)) is not None]
    return found, len(wanted) - len(found)


def _is_other(record: Any) -> bool:
    return isinstance(record, dict) and (
        "schema" in record or "profile" in record or record.get("state", "active") != "active"
    )


def _candidate(record: Any) -> Candidate | None:
    if not isinstance(record, dict) or not isinstance(record.get("statement"), str):
        return None
    return Candidate(
        statement=record["statement"],
        kind=_member(Kind, record.get("kind"), Kind.FACT),
        quote=_text(record.get("quote")),
        tags=tuple(_texts(record.get("tags"))),
        because=_text(record.get("because")),
        expires=_moment(record.get("expires")),
        scope=_member(Scope, record.get("scope"), Scope.PROJECT),
    )


def _member(kinds: Any, value: object, otherwise: Any) -> Any:
    try:
        return kinds(value)
    except ValueError:
        return otherwise


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else []:
        if isinstance(item, str):
            yield item


def _moment(value: object) -> Any:
    try:
        return parse_timestamp(value) if isinstance(value, str) else None
    except ValueError:
        return None
