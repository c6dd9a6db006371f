"""What a profile says: the folder's documents and the user's trust, brought together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from learnchat.learning.kinds import Scope
from learnchat.learning.profile.documents import Document, is_entry, is_forgotten
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insight import Decision, Entry, EntryState, Insight
from learnchat.learning.profile.trust import Mark


@dataclass(slots=True)
class View:
    """A profile at one moment."""

    documents: list[Document] = field(default_factory=list)
    """Resolved; what is acknowledged and not yet written is among them."""
    marks: dict[str, Mark | None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    """All that has text, active or replaced, in the order of ids."""
    insights: list[Insight] = field(default_factory=list)
    """Active, confirmed or accepted; newest first. The expired ones are among them."""
    unaccepted: list[Entry] = field(default_factory=list)
    """What this user neither confirmed nor accepted, newest first: listed, never recalled."""
    not_understood: int = 0
    """Documents that are no valid entries."""
    twice: list[str] = field(default_factory=list)
    """Ids that stand there twice in the same revision with different content."""

    def of(self, entry_id: str) -> list[Document]:
        return [document for document in self.documents if document["id"] == entry_id]


def make_view(
    documents: Iterable[Document],
    marks: dict[str, Mark | None],
    scope: Scope,
    reader: EntryReader,
    wording: Callable[[str, str], Entry | None],
    decision: Callable[[Mark, Entry], Decision],
) -> View:
    """Bring documents and trust together.

    Args:
        documents: resolved, so sorted by id.
        marks: what the user said yes to.
        scope: of the profile.
        reader: reads the documents.
        wording: for an id and a content hash, the entry as the user confirmed it; None when the journal lost it.
        decision: for a mark and its entry, the decision behind it.
    """
    view = View(documents=list(documents), marks=marks)
    for entry_id, group in groupby(view.documents, key=lambda document: str(document["id"])):
        same = list(group)
        if not is_entry(same[0]):
            continue
        if len(same) > 1:
            view.twice.append(entry_id)
        texts = [document for document in same if not is_forgotten(document)]
        valid = {reader.hash(document): entry for document in texts if (entry := reader.entry(document)) is not None}
        view.not_understood += sum(reader.entry(document) is None for document in texts)
        view.entries += valid.values()
        mark = marks.get(entry_id)
        # Forgotten and changed at once: it is shown, for somebody wrote it, and never recalled.
        accepted = "" if mark is None or len(texts) < len(same) else mark.hash
        if mark is not None and accepted:
            # Changed by somebody since, it is recalled as the user accepted it. What is gone is not recalled.
            recalled = valid.get(accepted) or wording(entry_id, accepted)
            if recalled is not None and recalled.state is EntryState.ACTIVE:
                view.insights.append(Insight(recalled, decision(mark, recalled), scope))
        # An entry that is replaced and was never the user's is history of others: nothing waits for an answer.
        view.unaccepted += [
            entry
            for content, entry in valid.items()
            if content != accepted and (entry.state is EntryState.ACTIVE or mark is not None)
        ]
    view.insights.sort(key=lambda insight: (insight.entry.confirmed, insight.id), reverse=True)
    view.unaccepted.sort(key=lambda entry: (entry.confirmed, entry.id), reverse=True)
    return view
