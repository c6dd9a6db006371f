"""The words of entries as this user said yes to them, out of the journal."""

from __future__ import annotations

from learnchat.learning.profile.documents import Document, read_entry
from learnchat.learning.profile.insight import Entry
from learnchat.learning.profile.journal import Journal
from learnchat.learning.profile.trust import content_hash


class Wordings:
    """What the journal has of each id. The journal is gone through once, and then as it grows."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._stand = (0, 0)
        self._seen = 0
        self._documents: dict[str, list[Document]] = {}
        self._stood: dict[str, list[tuple[str, Document]]] = {}
        self._replacing: dict[str, list[tuple[str, str]]] = {}

    def _look(self) -> None:
        stand = self._journal.stand
        if stand == self._stand:
            return
        events = self._journal.events()
        if stand[0] != self._stand[0]:
            self._seen, self._documents, self._stood, self._replacing = 0, {}, {}, {}
        for event in events[self._seen :]:
            for document in (*event.before, *event.documents):
                self._documents.setdefault(document["id"], []).append(document)
            for document in event.documents:
                self._stood.setdefault(document["id"], []).append((event.id, document))
                if document.get("replaces"):
                    self._replacing.setdefault(str(document["replaces"]), []).append((event.id, document["id"]))
        self._seen, self._stand = len(events), stand

    def find(self, entry_id: str, wanted: str) -> Entry | None:
        """The entry with this id and content hash as the user said yes to it last; None when the journal lost it."""
        self._look()
        for document in reversed(self._documents.get(entry_id, [])):
            entry = read_entry(document)
            if entry is not None and content_hash(entry) == wanted:
                return entry
        return None

    def stood(self, entry_id: str) -> list[Entry]:
        """The entry as the user's acts let it stand, those left out that were taken back; the last one first."""
        self._look()
        documents = [
            document
            for event_id, document in reversed(self._stood.get(entry_id, []))
            if not self._journal.was_undone(event_id)
        ]
        return [entry for document in documents if (entry := read_entry(document)) is not None]

    def replacing(self, entry_id: str) -> set[str]:
        """Ids of what replaced an entry, in those of the user's acts that were not taken back."""
        self._look()
        made = self._replacing.get(entry_id, [])
        return {name for event_id, name in made if not self._journal.was_undone(event_id)}
