"""What an act does to a profile: the documents and the trust as they stand after it and stood before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from learnchat.learning.profile.documents import (
    Document,
    entry_document,
    forgotten_document,
    highest_revision,
    is_forgotten,
)
from learnchat.learning.profile.event import Event
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.profile.trust import Mark, content_hash
from learnchat.learning.profile.view import View


@dataclass(slots=True)
class Change:
    """Results, not steps: applying them twice is applying them once."""

    documents: list[Document] = field(default_factory=list)
    before: list[Document] = field(default_factory=list)
    marks: dict[str, Mark | None] = field(default_factory=dict)
    marks_before: dict[str, Mark | None] = field(default_factory=dict)

    def on(self, event: Event) -> Event:
        """The event with this change in it."""
        return replace(
            event,
            documents=tuple(self.documents),
            before=tuple(self.before),
            marks=self.marks,
            marks_before=self.marks_before,
        )

    def touch(self, view: View, entry_id: str, documents: list[Document], mark: Mark | None) -> None:
        """Let documents and a mark stand under an id, in place of what stands there."""
        self.documents += documents
        self.before += view.of(entry_id)
        self.marks[entry_id] = mark
        self.marks_before[entry_id] = view.marks.get(entry_id)


def addition(view: View, entry: Entry, event_id: str, now: datetime) -> Change:
    """A new entry that the user said yes to; what it replaces stays, linked and inactive."""
    change = Change()
    change.touch(view, entry.id, [entry_document(entry)], Mark(content_hash(entry), event_id, now))
    insight = view.insight(entry.replaces) if entry.replaces is not None else None
    if insight is not None:
        replaced = insight.entry
        revision = highest_revision(view.of(replaced.id), replaced.id) + 1
        old = replace(replaced, state=EntryState.REPLACED, revision=revision)
        mark = view.marks.get(old.id)
        decision = mark.decision if mark is not None else event_id
        change.touch(view, old.id, [entry_document(old)], Mark(content_hash(old), decision, now))
    return change


def removal(view: View, entry_id: str) -> Change:
    """An entry forgotten: id and revision stay, so that no merge brings it back; its text does not."""
    change = Change()
    revision = highest_revision(view.of(entry_id), entry_id) + 1
    change.touch(view, entry_id, [forgotten_document(entry_id, revision)], None)
    return change


def reversal(view: View, event: Event) -> Change:
    """An event taken back: what stood before it stands again, in a revision above all that was since."""
    change = Change()
    touched = dict.fromkeys([*(document["id"] for document in event.documents), *event.marks])
    written = {document["id"] for document in event.documents}
    for entry_id in touched:
        if entry_id not in written:
            # It was about the trust alone.
            change.touch(view, entry_id, [], event.marks_before.get(entry_id))
            continue
        revision = highest_revision(view.of(entry_id), entry_id) + 1
        restored = [
            {**document, "revision": revision}
            for document in event.before
            if document["id"] == entry_id and not is_forgotten(document)
        ]
        documents = restored or [forgotten_document(entry_id, revision)]
        change.touch(view, entry_id, documents, event.marks_before.get(entry_id))
    return change


def alteration(view: View, entries: Iterable[Entry], now: datetime, decision: str) -> Change:
    """Entries that stand there already, in a new form that the user said yes to.

    Args:
        view: the profile before it.
        entries: as they are to stand; each gets a revision above all it had.
        now: when it was said.
        decision: id of the event that stands behind what they say now. Where they still say the same as before (a pin,
            a date), and where only their state or link is another, the decision that stood behind them stays.
    """
    change = Change()
    for entry in entries:
        altered = replace(entry, revision=highest_revision(view.documents, entry.id) + 1)
        mark, hashed = view.marks.get(altered.id), content_hash(altered)
        if mark is None or mark.hash != hashed:
            known = next((each for each in view.entries if each.id == altered.id), None)
            same = known is not None and _content(known) == _content(altered)
            said = mark.of(content_hash(known)) or mark if mark is not None and known is not None else None
            mark = Mark(hashed, said.decision if said is not None and same else decision, now)
        change.touch(view, altered.id, [entry_document(altered)], mark)
    return change


def _content(entry: Entry) -> Entry:
    """An entry without what links it and counts it."""
    return replace(entry, state=EntryState.ACTIVE, replaces=None, revision=0)
