"""The words of entries as this user said yes to them, out of the journal."""

from __future__ import annotations

from learnchat.learning.profile.documents import Document, read_entry
from learnchat.learning.profile.event import Event
from learnchat.learning.profile.insight import Entry
from learnchat.learning.profile.journal import Journal
from learnchat.learning.profile.trust import content_hash


class Wordings:
    """What the journal has of each id. The journal is gone through once, and then as it grows."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._last: Event | None = None
        self._seen = 0
        self._documents: dict[str, list[Document]] = {}

    def _of(self, entry_id: str) -> list[Document]:
        events = self._journal.events()
        if len(events) < self._seen or (self._seen and events[self._seen - 1] != self._last):
            self._seen, self._documents = 0, {}
        for event in events[self._seen :]:
            for document in (*event.before, *event.documents):
                self._documents.setdefault(document["id"], []).append(document)
        self._seen, self._last = len(events), events[-1] if events else None
        return self._documents.get(entry_id, [])

    def find(self, entry_id: str, wanted: str) -> Entry | None:
        """The entry with this id and content hash as the user said yes to it last; None when the journal lost it."""
        for document in reversed(self._of(entry_id)):
            entry = read_entry(document)
            if entry is not None and content_hash(entry) == wanted:
                return entry
        return None
