"""What this user said yes to once, and no longer says last: on another branch it stands there still.

After `git switch` the folder has the wording of that branch. Who wrote or accepted it is not asked again. But trust
must not come back that was taken away: a wording that was refused, forgotten or taken back stays so, and one that
somebody brought back since, in a revision above the user's own, waits for the user as any other change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from learnchat.learning.profile.documents import Document, is_forgotten
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.profile.trust import Mark, content_hash
from learnchat.learning.profile.wordings import Wordings


@dataclass(frozen=True, slots=True)
class EarlierTrust:
    """Finds the earlier yes that holds for an entry as it stands.

    Attributes:
        wordings: what the user's acts let stand.
        documents: what stands in the folder under an id.
        is_refused: whether a tombstone stands on a statement.
    """

    wordings: Wordings
    documents: Callable[[str], Sequence[Document]]
    is_refused: Callable[[str], bool]

    def find(self, mark: Mark, entry: Entry) -> Mark | None:
        """The earlier yes to an entry; None where it is another wording, or does not count any more.

        Args:
            mark: the user's last yes to something under its id.
            entry: what stands there instead.
        """
        content = content_hash(entry)
        earlier = mark.of(content)
        if earlier is None or self.is_refused(entry.statement):
            return None
        own = (each for each in self.wordings.stood(entry.id) if content_hash(each) == content)
        if all(each.revision < entry.revision for each in own):
            return None
        return earlier if entry.state is not EntryState.ACTIVE or not self._is_replaced(entry.id) else None

    def _is_replaced(self, entry_id: str) -> bool:
        """Whether what the user put in its place stands beside it, was replaced there itself, or was forgotten there:
        then it is no branch on which it was not replaced yet."""
        return any(
            is_forgotten(document) or document.get("replaces") == entry_id
            for replacing in self.wordings.replacing(entry_id)
            for document in self.documents(replacing)
        )
