"""What was read and heard already in a session, so that nothing is read or proposed twice.

JSON lines, one file a session, in the folder `judged` of the user's side of a project: hashes alone, no words. It is
appended to after the proposals of a reading are in the inbox: what a crash takes is at worst read once more, and then
known to be waiting. A file that nobody has written for a day is removed.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnchat.learning.clock import Clock, parse_timestamp, timestamp
from learnchat.learning.disk.files import Record, render_json, replace_file
from learnchat.learning.disk.record_log import RecordLog
from learnchat.learning.identifiers import is_identifier

if TYPE_CHECKING:
    from learnchat.learning.language.words import Signature

MOST = 200
"""So many readings, exchanges and statements of a session are kept: of a day's work the last hours."""

KEPT = timedelta(days=1)
"""After a day something that is said again may be worth a question again."""

# When the file has so many lines more than can be kept, it is written anew.
_SLACK = 3 * MOST


@dataclass(frozen=True, slots=True)
class _Entry:
    what: str
    key: str
    at: datetime
    words: Signature | None = None


class SessionMemory:
    """What was done in one session.

    Args:
        folder: where the files of all sessions lie.
        session: the session's id, ours or of another program.
        clock: the time.
    """

    def __init__(self, folder: Path, session: str, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._log = RecordLog(folder / f"{_file_name(session)}.jsonl")
        self._lines = 0
        self._entries: list[_Entry] = []

    def _refresh(self) -> list[_Entry]:
        anew, records = self._log.news()
        if anew:
            self._entries, self._lines = [], 0
        self._lines += len(records)
        self._entries += [entry for record in records if (entry := _read(record)) is not None]
        since = self._clock.now() - KEPT
        self._entries = _last([entry for entry in self._entries if entry.at > since])
        return self._entries

    def has(self, what: str, key: str) -> bool:
        """Whether something of this sort was done: "read" a reading, "seen" an exchange, "deep" up to an exchange."""
        return any(entry.what == what and entry.key == key for entry in self._refresh())

    def keys(self, what: str) -> list[str]:
        """What was done of a sort, in order."""
        return [entry.key for entry in self._refresh() if entry.what == what]

    def since(self, what: str, mark: str) -> int:
        """How often something of a sort was done after the last of another sort."""
        count = 0
        for entry in reversed(self._refresh()):
            if entry.what == mark:
                break
            count += entry.what == what
        return count

    def was_heard(self, statement: str) -> bool:
        """Whether nearly the same statement came out of an earlier reading, whatever became of it."""
        mine = _hashed(statement)
        return any(entry.words is not None and entry.words.matches(mine) for entry in self._refresh())

    def note(self, done: Iterable[tuple[str, str]], statements: Iterable[str] = ()) -> None:
        """Write down what was done, and what came of it; on the disk when it returns.

        Args:
            done: pairs of a sort and a key.
            statements: what was heard.

        Raises:
            OSError: it can't be written; then it is done again another time.
        """
        at = timestamp(self._clock.now())
        records: list[dict[str, Any]] = [{"at": at, "what": what, "key": key} for what, key in done]
        for statement in statements:
            words = _hashed(statement)
            records.append(
                {
                    "at": at,
                    "what": "heard",
                    "key": hashlib.sha256(statement.encode("utf-8", "replace")).hexdigest()[:16],
                    "stems": sorted(words.stems),
                    "figures": sorted(words.figures),
                    "negated": words.negated,
                    "sources": sorted(words.sources),
                }
            )
        if not records:
            return
        self._log.append(records)
        self._refresh()
        if self._lines > MOST + _SLACK:
            self._write_anew()

    def _write_anew(self) -> None:
        lines = [render_json(_record(entry)) + "\n" for entry in self._entries]
        # What is left out is a day old, or was pushed out: a failure costs nothing but length.
        with contextlib.suppress(OSError):
            replace_file(self._log.path, "".join(lines).encode())


def forget_old(folder: Path, clock: Clock) -> None:
    """Remove the files of sessions in which nothing was read for a day. What can't be removed stays."""
    since = (clock.now() - KEPT).timestamp()
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.suffix == ".jsonl" and path.stat().st_mtime < since:
                path.unlink()


def _file_name(session: str) -> str:
    """A name that is a file's: a session of another program may be called anything."""
    if is_identifier(session):
        return session
    return hashlib.sha256(session.encode("utf-8", "replace")).hexdigest()[:24]


def _last(entries: list[_Entry]) -> list[_Entry]:
    """The last of each sort."""
    counts: dict[str, int] = {}
    kept: list[_Entry] = []
    for entry in reversed(entries):
        counts[entry.what] = counts.get(entry.what, 0) + 1
        if counts[entry.what] <= MOST:
            kept.append(entry)
    return kept[::-1]


def _hashed(statement: str) -> Signature:
    from learnchat.learning.language.words import Signature, signature

    def hashed(words: frozenset[str]) -> frozenset[str]:
        return frozenset(hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()[:16] for word in words)

    plain = signature(statement)
    return Signature(hashed(plain.stems), hashed(plain.figures), plain.negated, hashed(plain.sources))


def _record(entry: _Entry) -> Record:
    record: Record = {"at": timestamp(entry.at), "what": entry.what, "key": entry.key}
    if entry.words is not None:
        record |= {
            "stems": sorted(entry.words.stems),
            "figures": sorted(entry.words.figures),
            "negated": entry.words.negated,
            "sources": sorted(entry.words.sources),
        }
    return record


def _read(record: Record) -> _Entry | None:
    from learnchat.learning.language.words import Signature

    try:
        words = None
        if "stems" in record:
            words = Signature(
                stems=frozenset(map(str, record["stems"])),
                figures=frozenset(map(str, record["figures"])),
                negated=record["negated"] is True,
                sources=frozenset(map(str, record["sources"])),
            )
        return _Entry(str(record["what"]), str(record["key"]), parse_timestamp(record["at"]), words)
    except (KeyError, TypeError, ValueError):
        return None
