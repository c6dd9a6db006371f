"""The index of messages: of all sessions of one place, read on where they were read last."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from learnchat.learning.clock import parse_timestamp, timestamp
from learnchat.learning.disk.files import parse_json_line
from learnchat.learning.recall.conversations import Ranked, number, rank, session_of
from learnchat.learning.recall.dates import named_dates
from learnchat.learning.recall.feedback import Documents, sessions_with_feedback
from learnchat.learning.recall.giving_way import giving_way
from learnchat.learning.recall.index_file import SLICE_SECONDS, IndexFile, StoredPostings
from learnchat.learning.recall.postings import MemoryPostings
from learnchat.learning.recall.terms import terms, wanted
from learnchat.learning.transcripts.session import SessionFile, Utterance, utterance
from learnchat.learning.transcripts.session_list import ListedSession, SessionList


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands."""

    file: SessionFile
    start: int
    size: int

    def read(self) -> Utterance | None:
        """The message; None where there is none any more."""
        try:
            with self.file.path.open("rb") as stream:
                stream.seek(self.start)
                record = parse_json_line(stream.read(self.size))
        except OSError:
            return None
        return utterance(record) if record is not None else None


@dataclass(frozen=True, slots=True)
class Search:
    """What was found in the sessions of one place."""

    ranked: Ranked
    sessions: Mapping[int, SessionFile]
    place: Callable[[int], Place | None]
    """Where a message stands, by its number."""
    rank_sessions: Callable[[], Mapping[int, float]] = dict
    """The sessions by their numbers, with what they are ordered by, where they are what is searched for."""


class MessageIndex:
    """The messages of one place: on the disk, and in memory where that can't be used.

    Args:
        file: the index.
        folder: where the sessions lie.
        in_memory: nothing is to be written.
    """

    def __init__(self, file: IndexFile, folder: Path, *, in_memory: bool = False) -> None:
        self._in_memory = in_memory
        self._file = file
        self._sessions = SessionList(folder)
        self._postings = StoredPostings(file, "message")

    def search(self, text: str) -> Search:
        """Rank all that was said, after reading what is new."""
        listed = self._sessions.sessions()
        files = [each.file for each in listed]
        if self._in_memory:
            return _search_in_memory(text, files)
        try:
            self._read(listed)
            return self._search_stored(text, files)
        except (sqlite3.Error, OSError) as error:
            self._file.give_up(error)
            return _search_in_memory(text, files)

    def update(self, seconds: float | None = None) -> bool:
        """Read what was said since the last time, and leave out the sessions that are gone.

        Args:
            seconds: how long it may take; what is left is done the next time. None: all of it.

        Returns:
            Whether all of it is read.

        Raises:
            sqlite3.Error: it can't be written now.
            OSError: the same.
        """
        return self._read(self._sessions.sessions(), seconds)

    def _read(self, listed: Sequence[ListedSession], seconds: float | None = None) -> bool:
        sessions = {each.file.path.name: each.file for each in listed}
        if not sessions and not self._file.exists():
            return True
        rows = self._file.connect().execute("SELECT number, file, read FROM sessions").fetchall()
        known = {file: (session, read) for session, file, read in rows}
        sizes = {each.file.path.name: each.size for each in listed}
        # A transcript is only ever appended to: one that is shorter is another one.
        gone = [name for name, (_, read) in known.items() if sizes.get(name, -1) < read]
        if gone:
            self._drop([known.pop(name)[0] for name in gone])
        waiting = [each for name, each in sessions.items() if sizes[name] > known.get(name, (0, 0))[1]]
        end = None if seconds is None else time.monotonic() + seconds
        while waiting:
            if end is not None and time.monotonic() > end:
                return False
            with self._file.writing() as connection:
                until = time.monotonic() + SLICE_SECONDS
                _read_on(connection, waiting.pop())
                while waiting and time.monotonic() < until:
                    _read_on(connection, waiting.pop())
        return True

    def _drop(self, sessions: list[int]) -> None:
        with self._file.writing() as connection:
            for session in sessions:
                span = number(session, 0), number(session + 1, 0) - 1
                connection.execute("DELETE FROM message_terms WHERE rowid BETWEEN ? AND ?", span)
                connection.execute("DELETE FROM messages WHERE number BETWEEN ? AND ?", span)
                connection.execute("DELETE FROM sessions WHERE number = ?", (session,))
        self._file.overwrite_deleted("message_terms")

    def _search_stored(self, text: str, found: Sequence[SessionFile]) -> Search:
        files = {each.path.name: each for each in found}
        if not self._file.exists():
            return Search(Ranked(), {}, lambda _: None)
        self._postings.refresh()
        rows = self._file.connect().execute("SELECT number, file, held FROM sessions").fetchall()
        held = {session: parse_timestamp(moment) for session, _, moment in rows}
        sessions = {session: files[file] for session, file, _ in rows if file in files}

        def place(message: int) -> Place | None:
            session = sessions.get(session_of(message))
            query = "SELECT start, size FROM messages WHERE number = ?"
            row = self._file.connect().execute(query, (message,)).fetchone()
            return Place(session, *row) if session is not None and row is not None else None

        return _search(text, self._postings, held, sessions, place)


def _search_in_memory(text: str, files: Sequence[SessionFile]) -> Search:
    postings = MemoryPostings()
    sessions = dict(enumerate(files))
    places: dict[int, Place] = {}
    for session, file in sessions.items():
        for position, (start, size, said) in enumerate(_messages(file.path)):
            postings.add(number(session, position), terms(said.text))
            places[number(session, position)] = Place(file, start, size)
    held = {session: file.started for session, file in sessions.items()}
    return _search(text, postings, held, sessions, places.get)


def _search(
    text: str,
    documents: Documents,
    held: Mapping[int, datetime],
    sessions: Mapping[int, SessionFile],
    place: Callable[[int], Place | None],
) -> Search:
    looked_for = wanted(text)
    ranked = rank(looked_for, documents, held, named_dates(text))
    asked = {each.term for each in looked_for}
    return Search(ranked, sessions, place, lambda: sessions_with_feedback(ranked, asked, documents))


def _read_on(connection: sqlite3.Connection, session: SessionFile) -> None:
    """Take in what a session has beyond what was read of it."""
    query = "SELECT number, read, messages FROM sessions WHERE file = ?"
    # Looked up now: another process may have read it meanwhile.
    known = connection.execute(query, (session.path.name,)).fetchone()
    row = known
    if row is None:
        row = connection.execute("SELECT coalesce(max(number), 0) + 1, 0, 0 FROM sessions").fetchone()
    this, read, count = row
    messages: list[tuple[int, int, int, int]] = []
    words: list[tuple[int, str]] = []
    for start, size, said in _messages(session.path, read):
        found = terms(said.text)
        messages.append((number(this, count), start, size, len(found)))
        words.append((number(this, count), " ".join(found)))
        read = start + size
        count += 1
    if known is not None and not messages:
        return
    # The rows are asked for one by one, so the rests come between their statements.
    connection.executemany("INSERT INTO messages VALUES (?, ?, ?, ?)", giving_way(messages))
    connection.executemany("INSERT INTO message_terms (rowid, terms) VALUES (?, ?)", giving_way(words))
    connection.execute(
        "INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?)",
        (this, session.path.name, timestamp(session.started), read, count),
    )


def _messages(path: Path, start: int = 0) -> Iterator[tuple[int, int, Utterance]]:
    """The messages of a file from a byte on: where each begins, its size, and what it says. A last line that is still
    being written is left for the next time."""
    try:
        with path.open("rb") as stream:
            stream.seek(start)
            for line in stream:
                if not line.endswith(b"\n"):
                    return
                record = parse_json_line(line)
                said = utterance(record) if record is not None else None
                if said is not None:
                    yield start, len(line), said
                start += len(line)
    except OSError:
        return
