"""What was refused for good or forgotten, kept without its words.

A tombstone holds salted hashes of the statement's stems and figures. So a statement can be recognised, also in other
words, but what was forgotten can't be read here. The salt is the file's own: hashes of two users or projects can't be
compared.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.disk.files import Record
from learnchat.learning.disk.record_log import RecordLog

if TYPE_CHECKING:
    # 5 ms for its patterns: listing insights compares nothing. Where it is needed it is imported.
    from learnchat.learning.language.words import Signature
    from learnchat.learning.profile.event import Event

SALT_BYTES = 16
# 64 bits: two words of one language share a hash once in millions of dictionaries.
HASH_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A refusal: its words as hashes."""

    id: str
    """The journal's event that set it."""
    at: datetime
    reason: str
    """The event's name: `never` or `forgotten`."""
    signature: Signature


class Tombstones:
    """`tombstones.jsonl` of one profile."""

    def __init__(self, path: Path) -> None:
        self._log = RecordLog(path)
        self._salt = ""
        self._stones: dict[str, Tombstone] = {}
        self._lifted: set[str] = set()

    def _refresh(self) -> None:
        anew, records = self._log.news()
        if anew:
            self._salt, self._stones, self._lifted = "", {}, set()
        for record in records:
            self._take(record)

    def _take(self, record: Record) -> None:
        if "salt" in record:
            self._salt = self._salt or str(record["salt"])
        elif "lift" in record:
            self._lifted.add(str(record["lift"]))
        elif "restore" in record:
            self._lifted.discard(str(record["restore"]))
        else:
            stone = _read(record)
            if stone is not None:
                self._stones[stone.id] = stone

    def _hashed(self, statement: str) -> Signature:
        from learnchat.learning.language.words import Signature, signature

        def hashed(words: frozenset[str]) -> frozenset[str]:
            return frozenset(
                hashlib.sha256(f"{self._salt}\0{word}".encode("utf-8", "replace")).hexdigest()[:HASH_DIGITS]
                for word in words
            )

        plain = signature(statement)
        return Signature(hashed(plain.stems), hashed(plain.figures), plain.negated, hashed(plain.sources))

    def matching(self, statement: str, unwritten: Sequence[Event] = ()) -> list[Tombstone]:
        """The tombstones that stand on this statement, or on the same one in other words, oldest first.

        Args:
            statement: what is asked about.
            unwritten: acts that the journal has and this file not yet: what they set and lift holds already.

        Raises:
            OSError: the file can't be read.
        """
        self._refresh()
        stones, lifted = self._stones, self._lifted
        if unwritten:
            stones, lifted = dict(stones), set(lifted)
            for event in unwritten:
                if event.refuses and event.id not in stones:
                    hashed = self._hashed(event.statement)
                    stones[event.id] = Tombstone(event.id, event.at, event.name, hashed)
                lifted.update(event.lifts)
                lifted.difference_update(event.restores)
        if not stones:
            return []
        wanted = self._hashed(statement)
        return [stone for stone in stones.values() if stone.id not in lifted and stone.signature.matches(wanted)]

    def set(self, event_id: str, at: datetime, reason: str, statement: str) -> None:
        """Set a tombstone on a statement. Setting the same one again changes nothing."""
        self._refresh()
        if event_id in self._stones:
            return
        records: list[dict[str, Any]] = []
        if not self._salt:
            self._salt = secrets.token_hex(SALT_BYTES)
            records.append({"salt": self._salt})
        hashed = self._hashed(statement)
        records.append(
            {
                "id": event_id,
                "at": timestamp(at),
                "reason": reason,
                "stems": sorted(hashed.stems),
                "figures": sorted(hashed.figures),
                "negated": hashed.negated,
                "sources": sorted(hashed.sources),
            }
        )
        self._log.append(records)

    def lift(self, *event_ids: str) -> None:
        """Let tombstones hold no longer, those of them that stand here. Their hashes stay, so they can be restored."""
        self._refresh()
        standing = self._stones.keys() - self._lifted
        self._log.append([{"lift": name} for name in event_ids if name in standing])

    def restore(self, *event_ids: str) -> None:
        """Let lifted tombstones hold again."""
        self._refresh()
        self._log.append([{"restore": name} for name in event_ids if name in self._lifted])


def _read(record: Record) -> Tombstone | None:
    from learnchat.learning.language.words import Signature

    try:
        return Tombstone(
            id=str(record["id"]),
            at=parse_timestamp(record["at"]),
            reason=str(record["reason"]),
            signature=Signature(
                stems=frozenset(record["stems"]),
                figures=frozenset(record["figures"]),
                negated=record["negated"] is True,
                sources=frozenset(record["sources"]),
            ),
        )
    except (KeyError, TypeError, ValueError):
        return None
