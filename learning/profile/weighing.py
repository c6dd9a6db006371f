"""What stands under one id of a profile: its documents and the user's trust, brought together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from learnchat.learning.kinds import Scope
from learnchat.learning.profile.documents import Document, is_entry, is_forgotten
from learnchat.learning.profile.entry_reader import EntryReader
from learnchat.learning.profile.insight import Decision, Entry, EntryState, Insight
from learnchat.learning.profile.trust import Mark


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands under one id."""

    documents: tuple[Document, ...] = ()
    """Resolved: more than one when it stands there twice, in the same revision with different content."""
    entries: tuple[Entry, ...] = ()
    """What has text, active or replaced."""
    insight: Insight | None = None
    """Active, confirmed or accepted; it may have expired."""
    unaccepted: tuple[Entry, ...] = ()
    """What this user neither confirmed nor accepted: listed, never recalled."""
    not_understood: int = 0
    """Documents that are no valid entries."""


@dataclass(frozen=True, slots=True)
class Weigher:
    """Brings the documents of an id and the user's trust in it together.

    Attributes:
        scope: of the profile.
        reader: reads the documents.
        wording: for an id and a content hash, the entry as the user confirmed it; None when the journal lost it.
        decision: for a mark and its entry, the decision behind it.
        earlier: for a mark and an entry that it was not said to, the earlier mark by which the user trusts it; None
            where there is none.
    """

    scope: Scope
    reader: EntryReader
    wording: Callable[[str, str], Entry | None]
    decision: Callable[[Mark, Entry], Decision]
    earlier: Callable[[Mark, Entry], Mark | None]

    def weigh(self, same: Sequence[Document], mark: Mark | None, accepted_as_is: bool = False) -> Standing:
        """What stands under an id.

        Args:
            same: its documents, resolved.
            mark: what the user said yes to, if anything.
            accepted_as_is: it is known that the user said yes to these very words.
        """
        if accepted_as_is and mark is not None and len(same) == 1 and (only := self.reader.entry(same[0])) is not None:
            return Standing(tuple(same), (only,), self.insight(only, mark, self.reader.hash(same[0])))
        if not same or not is_entry(same[0]):
            return Standing(tuple(same))
        texts = [document for document in same if not is_forgotten(document)]
        reader = self.reader
        valid = {reader.hash(document): entry for document in texts if (entry := reader.entry(document)) is not None}
        insight: Insight | None = None
        if mark is not None and len(same) == 1 and valid and mark.hash not in valid:
            # The wording of another branch, say.
            mark = self.earlier(mark, next(iter(valid.values()))) or mark
        # Forgotten and changed at once: it is shown, for somebody wrote it, and never recalled.
        accepted = "" if mark is None or len(texts) < len(same) else mark.hash
        if mark is not None and accepted:
            # Changed by somebody since, it is recalled as the user accepted it. What is gone is not recalled.
            recalled = valid.get(accepted) or self.wording(str(same[0]["id"]), accepted)
            if recalled is not None and recalled.state is EntryState.ACTIVE:
                insight = Insight(recalled, self.decision(mark, recalled), self.scope)
        return Standing(
            documents=tuple(same),
            entries=tuple(valid.values()),
            insight=insight,
            # An entry that is replaced and was never the user's is history of others: nothing waits for an answer.
            unaccepted=tuple(
                entry
                for content, entry in valid.items()
                if content != accepted and (entry.state is EntryState.ACTIVE or mark is not None)
            ),
            not_understood=sum(reader.entry(document) is None for document in texts),
        )

    def insight(self, entry: Entry, mark: Mark, content: str) -> Insight:
        """An entry, of which it is known that the user said yes to it, with the decision behind it."""
        return Insight(entry, self.decision(mark.of(content) or mark, entry), self.scope)
