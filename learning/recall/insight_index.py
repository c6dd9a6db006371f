"""The index of insights: by their statement, the user's own words, reason and tags."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from learnchat.learning.profile.insight import Insight
from learnchat.learning.recall.giving_way import giving_way
from learnchat.learning.recall.index_file import SLICE_SECONDS, IndexFile, StoredPostings
from learnchat.learning.recall.postings import MemoryPostings
from learnchat.learning.recall.terms import terms

_ROWS = "SELECT number, id, mark FROM insights"


def insight_terms(insight: Insight) -> list[str]:
    """What an insight is found by.

    The user's own words, the reason and the tags lead to it as well, but don't count a second time: a tag is another
    name for what the statement says.
    """
    entry = insight.entry
    found = terms(entry.statement)
    more = terms(" ".join((entry.quote, entry.because, *entry.tags)))
    known = set(found)
    return found + [term for term in dict.fromkeys(more) if term not in known]


@dataclass(slots=True)
class _Work:
    """An update that is under way."""

    stamp: str
    made: int
    """Which file it goes into."""
    left: Iterator[Insight]
    seen: set[str] = field(default_factory=set)
    changed: int = 0
    dropped: bool = False
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The numbers and marks of the insights that the file has, by their ids."""
    version: int = 0
    """SQLite's, of the file that they were read from: another process may make the same index."""

    def look(self, connection: sqlite3.Connection) -> None:
        """Read what the file has, unless nobody else wrote to it."""
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self.version:
            self.version = version
            self.rows = {name: (number, known) for number, name, known in giving_way(connection.execute(_ROWS))}

    def put(self, connection: sqlite3.Connection, number: int, insight: Insight, this: int) -> None:
        words = insight_terms(insight)
        connection.execute("INSERT INTO insights VALUES (?, ?, ?, ?)", (number, insight.id, this, len(words)))
        connection.execute("INSERT INTO insight_terms (rowid, terms) VALUES (?, ?)", (number, " ".join(words)))
        self.changed += 1

    def drop(self, connection: sqlite3.Connection, number: int) -> None:
        connection.execute("DELETE FROM insights WHERE number = ?", (number,))
        connection.execute("DELETE FROM insight_terms WHERE rowid = ?", (number,))
        self.changed += 1
        self.dropped = True


class InsightIndex:
    """The insights of one profile on the disk.

    Args:
        file: the index.
    """

    def __init__(self, file: IndexFile) -> None:
        self._file = file
        self.postings = StoredPostings(file, "insight")
        self._ids: Mapping[int, str] = {}
        self._state: object = None
        self._work: _Work | None = None

    def update(self, insights: Iterable[Insight], stamp: str = "", seconds: float | None = None) -> int:
        """Bring the index in line with what holds now.

        Args:
            insights: what holds; not looked at where the stamp is that of the last time.
            stamp: changes with whatever the insights are read from; empty where that is not known.
            seconds: how long it may take; what is left is done the next time, see `whole`. None: all of it.

        Returns:
            How many insights were new, changed or gone.

        Raises:
            sqlite3.Error: it can't be written now.
            OSError: the same.
        """
        connection = self._file.connect()
        if stamp and connection.execute("SELECT value FROM facts WHERE name = 'stamp'").fetchone() == (stamp,):
            self._work = None
            return 0
        end = None if seconds is None else time.monotonic() + seconds
        work = self._under_way(stamp, insights)
        before = work.changed
        try:
            while not self._take_in(work, end):
                if end is not None and time.monotonic() > end:
                    return work.changed - before
                going_on = self._under_way(stamp, insights)
                before, work = before if going_on is work else 0, going_on
        except BaseException:
            # What was taken from the list may not be in the file.
            self._work = None
            raise
        self._work = None
        if work.dropped:
            self._file.overwrite_deleted("insight_terms")
        return work.changed - before

    def _under_way(self, stamp: str, insights: Iterable[Insight]) -> _Work:
        """The update to go on with; one from the start where the file is another one than it was begun with."""
        self._file.connect()
        if self._work is None or (self._work.stamp, self._work.made) != (stamp, self._file.made):
            self._work = _Work(stamp, self._file.made, iter(insights))
        return self._work

    @property
    def whole(self) -> bool:
        """Whether the last update came to its end."""
        return self._work is None

    def _take_in(self, work: _Work, end: float | None) -> bool:
        """Take in some insights, so that others may write too. Returns whether none is left."""
        with self._file.writing() as connection:
            if work.made != self._file.made:
                return False
            until = time.monotonic() + SLICE_SECONDS
            until = until if end is None else min(until, end)
            work.look(connection)
            next_number = 1 + max((number for number, _ in work.rows.values()), default=0)
            for insight in giving_way(work.left):
                work.seen.add(insight.id)
                number, known = work.rows.get(insight.id, (0, None))
                if known != (this := mark(insight)):
                    if known is not None:
                        work.drop(connection, number)
                    work.put(connection, next_number, insight, this)
                    work.rows[insight.id] = next_number, this
                    next_number += 1
                if time.monotonic() > until:
                    return False
            for name in work.rows.keys() - work.seen:
                work.drop(connection, work.rows[name][0])
            connection.execute("INSERT OR REPLACE INTO facts VALUES ('stamp', ?)", (work.stamp,))
        return True

    def refresh(self) -> Mapping[int, str]:
        """Look at the index as it is now; returns the ids of the insights by their numbers.

        Raises:
            sqlite3.Error: it can't be read.
            OSError: the same.
        """
        self.postings.refresh()
        state = self._file.state()
        if state != self._state:
            self._ids = dict(self._file.connect().execute("SELECT number, id FROM insights"))
            self._state = state
        return self._ids


def in_memory(insights: Iterable[Insight]) -> tuple[MemoryPostings, Mapping[int, str]]:
    """The same without a file: the terms counted now, and the ids by number."""
    postings, ids = MemoryPostings(), {}
    for number, insight in enumerate(insights):
        postings.add(number, insight_terms(insight))
        ids[number] = insight.id
    return postings, ids


def mark(insight: Insight) -> int:
    """Changes with whatever an insight is found by."""
    entry = insight.entry
    return zlib.crc32("\0".join((entry.statement, entry.quote, entry.because, *entry.tags)).encode("utf-8", "replace"))
