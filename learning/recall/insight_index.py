"""The index of insights: by their statement, the user's own words, reason and tags."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from learnchat.learning.profile.insight import Insight
from learnchat.learning.recall.index_file import IndexFile, StoredPostings
from learnchat.learning.recall.postings import MemoryPostings
from learnchat.learning.recall.terms import terms


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

    def update(self, insights: Iterable[Insight], stamp: str = "") -> int:
        """Bring the index in line with what holds now.

        Args:
            insights: what holds; not looked at where the stamp is that of the last time.
            stamp: changes with whatever the insights are read from; empty where that is not known.

        Returns:
            How many insights were new, changed or gone.

        Raises:
            sqlite3.Error: it can't be written now.
            OSError: the same.
        """
        connection = self._file.connect()
        if stamp and connection.execute("SELECT value FROM facts WHERE name = 'stamp'").fetchone() == (stamp,):
            return 0
        wanted = {insight.id: insight for insight in insights}
        marks = {name: mark(insight) for name, insight in wanted.items()}
        with self._file.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO facts VALUES ('stamp', ?)", (stamp,))
            rows = connection.execute("SELECT number, id, mark FROM insights").fetchall()
            gone = [(number,) for number, name, mark in rows if marks.get(name) != mark]
            kept = {name for _, name, mark in rows if marks.get(name) == mark}
            new = [name for name in marks if name not in kept]
            connection.executemany("DELETE FROM insights WHERE number = ?", gone)
            connection.executemany("DELETE FROM insight_terms WHERE rowid = ?", gone)
            first = 1 + max((number for number, _, _ in rows), default=0)
            found = [(number, insight_terms(wanted[name])) for number, name in enumerate(new, first)]
            connection.executemany(
                "INSERT INTO insights (number, id, mark, length) VALUES (?, ?, ?, ?)",
                ((number, name, marks[name], len(words)) for (number, words), name in zip(found, new, strict=True)),
            )
            connection.executemany(
                "INSERT INTO insight_terms (rowid, terms) VALUES (?, ?)",
                ((number, " ".join(words)) for number, words in found),
            )
        if gone:
            self._file.overwrite_deleted("insight_terms")
        return len(gone) + len(new)

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
