"""The search index on the disk: SQLite with FTS5, in the user's data, one file a profile.

It is derived from profile and transcripts. What is missing, of another version or broken is made again; what can't be
read or written now, because another process holds it or the disk is full or read-only, is an `sqlite3.Error` that the
callers take for "search in memory". Any number of processes may use it, and any may be killed: SQLite's log in front of
the file keeps it whole.

Terms are made by `terms` and stored as they are; FTS5 keeps where they stand, and `fts5vocab` tells it term by term, so
that one ranking serves the index on disk and the one in memory.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from learnchat.learning.disk.files import PRIVATE_FILE, demand_writing, make_private_directory
from learnchat.learning.language.words import STOP_WORDS
from learnchat.learning.recall.forms import FORMS

# Of the tables below and of what `terms` makes; the words that it takes out or makes one count by themselves.
VERSION = 4
# Another process writes for milliseconds, but for its first time. Whoever waits for a search waits no longer.
WAIT_SECONDS = 0.25
# And so whoever writes much lets others write in between.
SLICE_SECONDS = 0.15
# Terms whose holders are kept in memory: those of the last messages, and the common ones.
KEPT_TERMS = 4096

_BUSY = (
    *("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PERM"),
    *("SQLITE_CANTOPEN", "SQLITE_AUTH", "SQLITE_INTERRUPT"),
)

_TABLES = """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE insights (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL, mark INTEGER NOT NULL, length INTEGER NOT NULL
    );
    CREATE TABLE sessions (
        number INTEGER PRIMARY KEY, file TEXT NOT NULL, held TEXT NOT NULL, read INTEGER NOT NULL,
        messages INTEGER NOT NULL
    );
    CREATE TABLE messages (
        number INTEGER PRIMARY KEY, start INTEGER NOT NULL, size INTEGER NOT NULL, length INTEGER NOT NULL
    );
    CREATE VIRTUAL TABLE insight_terms USING fts5(terms, tokenize = "unicode61 remove_diacritics 0 tokenchars '+#'");
    CREATE VIRTUAL TABLE message_terms USING fts5(terms, tokenize = "unicode61 remove_diacritics 0 tokenchars '+#'");
    CREATE VIRTUAL TABLE insight_places USING fts5vocab(insight_terms, instance);
    CREATE VIRTUAL TABLE message_places USING fts5vocab(message_terms, instance);
    CREATE VIRTUAL TABLE insight_spread USING fts5vocab(insight_terms, row);
    CREATE VIRTUAL TABLE message_spread USING fts5vocab(message_terms, row);
"""


def _version() -> int:
    words = repr((VERSION, sorted(FORMS.items()), sorted(STOP_WORDS)))
    return zlib.crc32(words.encode()) & 0x7FFFFFFF


class IndexFile:
    """The index of one profile. One thread uses it at a time.

    Args:
        path: of the file; it is made when something is to be put into it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._file: object = None
        self.writes = 0
        """How often it was written to here: what was read of it before is no longer all there is."""
        self.made = 0
        """How often it was opened or made here: what was put into it before may no longer be there."""

    def exists(self) -> bool:
        """Whether there is one on the disk; a profile without anything to find has none."""
        return self._path.exists()

    def connect(self) -> sqlite3.Connection:
        """The open index, with its tables.

        Raises:
            sqlite3.Error: it can't be used now, and not be made anew either.
            OSError: the same.
        """
        if self._connection is not None and self._file == _inode(self._path):
            return self._connection
        self.close()
        try:
            return self._open()
        except sqlite3.DatabaseError as error:
            if is_busy(error):
                raise
            # Broken, or no index at all. It holds nothing that is not elsewhere.
            self.discard()
            return self._open()

    def _open(self) -> sqlite3.Connection:
        # SQLite writes beside an index that is only read, too: who promised to write nothing does without.
        demand_writing()
        make_private_directory(self._path.parent)
        # Made here, so that nobody else can read it whatever the umask; SQLite gives its other files the same mode.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
        connection = sqlite3.connect(self._path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # Derived: what a power cut takes is made again.
            connection.execute("PRAGMA synchronous = NORMAL")
            # What is deleted is overwritten: forgotten words are not to stay in unused pages.
            connection.execute("PRAGMA secure_delete = ON")
            if connection.execute("PRAGMA user_version").fetchone()[0] != _version():
                self._make_tables(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._file = connection, _inode(self._path)
        self.writes += 1
        self.made += 1
        return connection

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have been quicker.
            if connection.execute("PRAGMA user_version").fetchone()[0] != _version():
                names = connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND (sql LIKE 'CREATE VIRTUAL%' OR name IN"
                    " ('facts', 'insights', 'sessions', 'messages')) ORDER BY sql LIKE '%fts5vocab%' DESC"
                ).fetchall()
                for (name,) in names:
                    connection.execute(f'DROP TABLE "{name}"')
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_version()}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Changes that become visible together, or not at all.

        Raises:
            sqlite3.Error: it can't be written now.
        """
        connection = self.connect()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        finally:
            self.writes += 1

    def overwrite_deleted(self, table: str) -> None:
        """Take the words of deleted rows out of the file: FTS5 only marks them until its parts are merged."""
        connection = self.connect()
        connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def state(self) -> tuple[int, int]:
        """Changes whenever the content may have, whoever wrote it."""
        connection = self.connect()
        return self.writes, int(connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def discard(self) -> None:
        """Delete the file: it is made again from what it was made of.

        Raises:
            OSError: it can't be deleted.
        """
        self.close()
        discard_index(self._path)

    def give_up(self, error: Exception) -> None:
        """After an error while it was used: let go of it, and delete it where it is broken."""
        self.close()
        if isinstance(error, sqlite3.Error) and not is_busy(error):
            with contextlib.suppress(OSError):
                self.discard()


def discard_index(path: Path) -> None:
    """Delete an index and what SQLite put beside it.

    Raises:
        OSError: it can't be deleted.
    """
    for each in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        each.unlink(missing_ok=True)


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def is_busy(error: sqlite3.Error) -> bool:
    """Whether it is only now that the file can't be used: held by another, no room, not to be opened or written."""
    return getattr(error, "sqlite_errorname", "").startswith(_BUSY)


class StoredPostings:
    """Where the terms of a table stand. What was looked up is kept until the file changes.

    Args:
        file: the index.
        kind: of what: `insight` or `message`.
    """

    def __init__(self, file: IndexFile, kind: str) -> None:
        self._file = file
        self._kind = kind
        self._state: object = None
        self._holders: dict[str, Mapping[int, int]] = {}
        self._lengths: Mapping[int, int] = {}

    def refresh(self) -> None:
        """Look at the file as it is now; between two calls it stays as it was.

        Raises:
            sqlite3.Error: it can't be read.
        """
        connection = self._file.connect()
        state = self._file.state()
        if state != self._state:
            self._holders.clear()
            self._lengths = dict(connection.execute(f"SELECT number, length FROM {self._kind}s"))
            self._state = state

    def holders(self, term: str) -> Mapping[int, int]:
        found = self._holders.get(term)
        if found is None:
            if len(self._holders) >= KEPT_TERMS:
                self._holders.clear()
            query = f"SELECT doc FROM {self._kind}_places WHERE term = ?"
            counts: dict[int, int] = {}
            for (document,) in self._file.connect().execute(query, (term,)):
                # Written by another process since the lengths were read: found the next time.
                if document in self._lengths:
                    counts[document] = counts.get(document, 0) + 1
            found = self._holders[term] = counts
        return found

    def lengths(self) -> Mapping[int, int]:
        return self._lengths

    def terms_of(self, number: int) -> Mapping[str, int]:
        """The terms of a document, and how often it has each."""
        query = f"SELECT terms FROM {self._kind}_terms WHERE rowid = ?"
        row = self._file.connect().execute(query, (number,)).fetchone()
        return Counter(row[0].split()) if row is not None else {}

    def spread(self, term: str) -> int:
        """How many documents have a term."""
        query = f"SELECT doc FROM {self._kind}_spread WHERE term = ?"
        row = self._file.connect().execute(query, (term,)).fetchone()
        return row[0] if row is not None else 0
