"""Entries of documents, each read once: after a change, a thousand others are as they were."""

from __future__ import annotations

from collections.abc import Iterable

from learnchat.learning.profile.documents import Document, is_forgotten, read_entry
from learnchat.learning.profile.insight import Entry
from learnchat.learning.profile.rendered import said_hash
from learnchat.learning.profile.trust import content_hash


class EntryReader:
    """Reads documents. A document is never changed in place, so that the same object is the same entry."""

    def __init__(self) -> None:
        # The document is kept with what was read of it, so that no other object can get its number.
        self._read: dict[int, tuple[Document, Entry | None, str]] = {}
        self._said: dict[int, tuple[Document, str]] = {}

    def _of(self, document: Document) -> tuple[Document, Entry | None, str]:
        known = self._read.get(id(document))
        if known is None:
            entry = None if is_forgotten(document) else read_entry(document)
            known = self._read[id(document)] = (document, entry, content_hash(entry) if entry is not None else "")
        return known

    def entry(self, document: Document) -> Entry | None:
        """The entry in a document; None when it is forgotten or not valid."""
        return self._of(document)[1]

    def hash(self, document: Document) -> str:
        """The content hash of the entry in a document; empty when there is none."""
        return self._of(document)[2]

    def said(self, document: Document) -> str:
        """The hash of all that the entry in a document says; empty when there is none."""
        known = self._said.get(id(document))
        if known is None:
            entry = self.entry(document)
            known = self._said[id(document)] = (document, said_hash(entry) if entry is not None else "")
        return known[1]

    def entries(self, documents: Iterable[Document]) -> list[Entry]:
        """The entries in some documents, without what is forgotten or not valid."""
        return [entry for entry in map(self.entry, documents) if entry is not None]

    def forget_others(self, documents: Iterable[Document]) -> None:
        """Keep what was read of these documents only."""
        kept = list(documents)
        self._read = {id(document): self._of(document) for document in kept}
        self._said = {id(document): self._said[id(document)] for document in kept if id(document) in self._said}
