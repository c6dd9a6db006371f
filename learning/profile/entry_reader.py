"""Entries of documents, each read once: after a change, a thousand others are as they were."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TypeVar

from learnchat.learning.profile.documents import Document, is_forgotten, read_entry
from learnchat.learning.profile.insight import Entry
from learnchat.learning.profile.rendered import said_hash
from learnchat.learning.profile.trust import content_hash

Fact = TypeVar("Fact")


class EntryReader:
    """Reads documents. A document is never changed in place, so that the same object is the same entry."""

    def __init__(self) -> None:
        # The document is kept with what was read of it, so that no other object can get its number.
        self._read: dict[int, tuple[Document, Entry | None]] = {}
        self._hashes: dict[int, tuple[Document, str]] = {}
        self._said: dict[int, tuple[Document, str]] = {}
        self._whole: dict[int, tuple[Document, bool]] = {}

    def entry(self, document: Document) -> Entry | None:
        """The entry in a document; None when it is forgotten or not valid."""
        known = self._read.get(id(document))
        if known is None:
            entry = None if is_forgotten(document) else read_entry(document)
            known = self._read[id(document)] = (document, entry)
        return known[1]

    def hash(self, document: Document) -> str:
        """The content hash of the entry in a document; empty when there is none."""
        return self._kept(self._hashes, document, content_hash, "")

    def said(self, document: Document) -> str:
        """The hash of all that the entry in a document says; empty when there is none."""
        return self._kept(self._said, document, said_hash, "")

    def is_whole(self, document: Document, whole: Callable[[Entry, Document], bool]) -> bool:
        """Whether a document has an entry of which this is true; it must be asked for the same each time."""
        return self._kept(self._whole, document, lambda entry: whole(entry, document), False)

    def _kept(
        self, known: dict[int, tuple[Document, Fact]], document: Document, find: Callable[[Entry], Fact], none: Fact
    ) -> Fact:
        fact = known.get(id(document))
        if fact is None:
            entry = self.entry(document)
            fact = known[id(document)] = (document, find(entry) if entry is not None else none)
        return fact[1]

    def entries(self, documents: Iterable[Document]) -> list[Entry]:
        """The entries in some documents, without what is forgotten or not valid."""
        return [entry for entry in map(self.entry, documents) if entry is not None]

    def forget_others(self, documents: Iterable[Document]) -> None:
        """Keep what was read of these documents only."""
        kept = {id(document) for document in documents}
        self._read = _only(self._read, kept)
        self._hashes = _only(self._hashes, kept)
        self._said = _only(self._said, kept)
        self._whole = _only(self._whole, kept)


def _only(known: dict[int, Fact], kept: Collection[int]) -> dict[int, Fact]:
    return {number: fact for number, fact in known.items() if number in kept}
