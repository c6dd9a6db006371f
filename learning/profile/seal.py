"""What a profile was found to be when it was last read in full: the order of its insights, without a word of them.

It holds for the very bytes of `insights.json` and the very files of trust and tombstones that were read then. Reading
ten thousand insights takes half a second and more; with this, a profile opens without reading any. It is derived: lost
or stale, all is read, and it is made again.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.disk.files import Identity, render_large_json, replace_file
from learnchat.learning.profile.view import Outline

# Of what is found and noted here. Another one is no use.
VERSION = 2
# Below it, reading the file is faster than what this needs.
LEAST_INSIGHTS = 300


class Seal:
    """`outline.json` of one profile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._record: dict[str, Any] | None = None

    def _read(self) -> dict[str, Any]:
        if self._record is None:
            try:
                record = json.loads(self._path.read_bytes())
            except (OSError, ValueError, RecursionError):
                record = None
            self._record = record if isinstance(record, dict) and record.get("version") == VERSION else {}
        return self._record

    def knows(self, digest: str) -> bool:
        """Whether it is about an `insights.json` with this digest."""
        return bool(digest) and self._read().get("insights") == digest

    def outline(self, digest: str, trust: Identity | None, refused: Identity | None, ids: list[str]) -> Outline | None:
        """What was found; None when it was another file, or other trust.

        Args:
            digest: of `insights.json`.
            trust: the identity of the file of trust.
            refused: of the file of tombstones.
            ids: of the documents in `insights.json`.
        """
        record = self._read()
        if not self.knows(digest) or trust is None or record.get("trust") != _identities(trust, refused):
            return None
        try:
            outline = Outline(
                ids=ids,
                insights=[str(name) for name in record["order"]],
                unaccepted=[str(name) for name in record["unaccepted"]],
                expiring={str(name): parse_timestamp(at) for name, at in record["expiring"].items()},
                twice=[str(name) for name in record["twice"]],
                not_understood=int(record["not_understood"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        return outline if set(ids).issuperset([*outline.insights, *outline.unaccepted, *outline.twice]) else None

    def keep(self, digest: str, trust: Identity | None, refused: Identity | None, outline: Outline) -> None:
        """Note what was found.

        Raises:
            OSError: it can't be written.
        """
        if not digest or len(outline.insights) < LEAST_INSIGHTS or trust is None or not self._path.parent.is_dir():
            return
        expiring: dict[str, datetime] = outline.expiring
        record: dict[str, Any] = {
            "version": VERSION,
            "insights": digest,
            "trust": _identities(trust, refused),
            "order": outline.insights,
            "unaccepted": outline.unaccepted,
            "expiring": {name: timestamp(at) for name, at in expiring.items()},
            "twice": outline.twice,
            "not_understood": outline.not_understood,
        }
        if record != self._read():
            replace_file(self._path, render_large_json(record), durable=False)
            self._record = record


def _identities(*files: Identity | None) -> list[list[int] | None]:
    return [list(file) if file is not None else None for file in files]
