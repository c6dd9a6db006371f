"""The storage that TinyDB writes `insights.json` through.

TinyDB's own JSONStorage rewrites the file in place: four processes at once leave it unreadable, and so did 3 of 60
that were killed while writing. This one takes several changes together and puts them in the file's place at once.
Whoever uses it to write holds the folder's lock.

Importing this imports TinyDB (6 ms): only who writes needs it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from learnchat.learning.disk.directory import Directory
from learnchat.learning.disk.files import SHARED_FILE
from learnchat.learning.profile.documents import Document, resolve
from learnchat.learning.profile.insights_file import SIZE_LIMIT, Content, parse, render

TABLE = "documents"


class ProfileStorage(Storage):
    """One table, `documents`. What is written stays in memory until `replace`.

    Args:
        directory: where it lies.
        name: `insights.json`; it need not be there.
        mode: of a new file.
        before: what was read of it the last time; lines that are the same are not read again.
    """

    def __init__(self, directory: Directory, name: str, mode: int = SHARED_FILE, before: Content | None = None) -> None:
        self._directory = directory
        self._name = name
        self._before = before
        self._mode = mode
        self._tables: dict[str, dict[str, Any]] | None = None

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables. TinyDB's own numbers for documents mean nothing outside of it: the ids are random and stable."""
        if self._tables is None:
            try:
                documents = parse(self._directory.read(self._name, SIZE_LIMIT), self._before).documents
            except FileNotFoundError:
                return None
            self._tables = {TABLE: {str(number): document for number, document in enumerate(documents, 1)}}
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        self._tables = data

    def replace(self) -> None:
        """Put what was written in the file's place, durably.

        Raises:
            OSError: it can't be written, or would be larger than what is read; the old file stands.
        """
        if self._tables is None:
            return
        data = render(self._tables.get(TABLE, {}).values())
        if len(data) > SIZE_LIMIT:
            # Nothing in it would be recalled any more, and nothing could be forgotten to make it smaller.
            why = f"it would be larger than {SIZE_LIMIT // 1024 // 1024} MB"
            raise OSError(errno.EFBIG, why, str(self._directory.path / self._name))
        self._directory.replace(self._name, data, self._mode)


def write_documents(
    directory: Directory,
    name: str,
    documents: Iterable[Document],
    mode: int = SHARED_FILE,
    before: Content | None = None,
) -> None:
    """Bring documents into the file, under the folder's lock: of an id the highest revision stays.

    Raises:
        OSError: it can't be written; the old file stands.
    """
    storage = ProfileStorage(directory, name, mode, before)
    with TinyDB(storage=lambda: storage) as database:
        table = database.table(TABLE)
        merged = resolve([*(dict(document) for document in table), *documents])
        table.truncate()
        table.insert_multiple(merged)
        storage.replace()
