"""What accepting and rejecting a change from outside does to a profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from learnchat.learning.profile.changes import Change
from learnchat.learning.profile.documents import (
    Document,
    entry_document,
    forgotten_document,
    highest_revision,
    is_forgotten,
    read_entry,
)
from learnchat.learning.profile.insight import Entry
from learnchat.learning.profile.outside import OutsideChange, What
from learnchat.learning.profile.rendered import said_hash
from learnchat.learning.profile.trust import Mark, content_hash
from learnchat.learning.profile.view import View
from learnchat.learning.text import has_hidden


class Acceptance:
    """Makes one change to a profile of the user's answer to several changes from outside.

    Args:
        view: the profile as it stands.
        waiting: all that waits in it.
        event_id: of the decision.
        now: when it is made.
        new_identifier: names what has no id yet.
    """

    def __init__(
        self,
        view: View,
        waiting: Iterable[OutsideChange],
        event_id: str,
        now: datetime,
        new_identifier: Callable[[], str],
    ) -> None:
        self._view = view
        self._waiting: dict[str, list[OutsideChange]] = {}
        for each in waiting:
            self._waiting.setdefault(each.id, []).append(each)
        self._event_id = event_id
        self._now = now
        self._new_identifier = new_identifier
        self._change = Change()

    def of(self, chosen: Sequence[OutsideChange], *, accepted: bool) -> Change:
        """What comes of accepting, or rejecting, some of what waits."""
        groups: dict[str, list[OutsideChange]] = {}
        for each in chosen:
            groups.setdefault(each.id, []).append(each)
        for group in groups.values():
            first = group[0]
            if first.bullet is not None:
                self._bullet(first, accepted)
            elif first.what is What.MISSING:
                self._missing(first, accepted)
            elif first.what is What.REMOVED:
                self._removed(first, accepted)
            else:
                self._wordings(group, accepted)
        return self._change

    def _bullet(self, change: OutsideChange, accepted: bool) -> None:
        name = self._new_identifier()
        entry = stored(replace(change.entry, id=name, confirmed=self._now))
        if accepted:
            self._stand(entry, 1, trusted=True)
        else:
            self._change.touch(self._view, name, [forgotten_document(name, 1)], None)
        # What it said stays with the event, so that undo brings it back, to be decided about again.
        self._change.before.append(entry_document(entry))

    def _missing(self, change: OutsideChange, accepted: bool) -> None:
        if accepted:
            self._change.touch(self._view, change.id, [], None)
        else:
            self._put_back(change.entry, change.entry.revision)

    def _removed(self, change: OutsideChange, accepted: bool) -> None:
        revision = highest_revision(self._view.of(change.id), change.id) + 1
        if not accepted:
            self._put_back(change.entry, revision)
            return
        standing = self._view.of(change.id)
        gone = standing if standing and all(map(is_forgotten, standing)) else [forgotten_document(change.id, revision)]
        self._change.touch(self._view, change.id, gone, None)

    def _put_back(self, entry: Entry, revision: int) -> None:
        mark = self._view.marks.get(entry.id)
        self._change.touch(self._view, entry.id, [entry_document(replace(entry, revision=revision))], mark)

    def _wordings(self, group: Sequence[OutsideChange], accepted: bool) -> None:
        """One id in several wordings: this user's, those that wait, those chosen. Of those that stay the first keeps
        the id, and each other one gets its own: both are kept."""
        entry_id, before = group[0].id, group[0].before
        standing = self._view.standing(entry_id)
        hashes = {said_hash(entry) for entry in standing.entries}
        waiting = [each for each in self._waiting[entry_id] if each.after is not None]
        left = [each.entry for each in waiting if each not in group]
        own = [before] if before is not None and self._view.marks.get(entry_id) is not None else []
        twice = any(each.twice for each in waiting)
        keeps_own = not accepted or (twice and any(said_hash(entry) in hashes for entry in own))
        chosen = [each.entry for each in group] if accepted else []
        kept = [*(own if keeps_own else []), *chosen, *left]
        trusted = {said_hash(entry) for entry in (*own, *chosen)}
        revision = highest_revision(self._view.of(entry_id), entry_id) + 1
        if not kept:
            self._change.touch(self._view, entry_id, [forgotten_document(entry_id, revision)], None)
        for number, entry in enumerate(kept):
            is_trusted = said_hash(entry) in trusted
            if number == 0:
                mark = self._view.marks.get(entry_id) if entry in own else None
                if mark is not None and not accepted:
                    # What was rejected may be what the user once said yes to.
                    mark = replace(mark, alone=True)
                self._stand(replace(entry, id=entry_id), revision, trusted=is_trusted, mark=mark)
            else:
                self._stand(replace(entry, id=self._new_identifier()), 1, trusted=is_trusted)
        if not accepted:
            # Undone, it is to be decided about again.
            known = {said_hash(entry) for entry in standing.entries}
            self._change.before += [entry_document(each.entry) for each in group if said_hash(each.entry) not in known]

    def _stand(self, entry: Entry, revision: int, *, trusted: bool, mark: Mark | None = None) -> None:
        """Let an entry stand under its id, and no other wording of it.

        Args:
            entry: as it is to stand.
            revision: what it gets where it does not stand so already.
            trusted: the user said yes to it.
            mark: that yes, where it was said before.
        """
        standing = self._view.of(entry.id)
        same = len(standing) == 1 and read_entry(standing[0])
        documents: list[Document]
        if same and said_hash(same) == said_hash(entry) and not _hides(standing[0]):
            documents = standing
            entry = same
        else:
            documents = [entry_document(replace(entry, revision=revision))]
        if trusted and mark is None:
            mark = Mark(content_hash(entry), self._event_id, self._now)
        self._change.touch(self._view, entry.id, documents, mark)


def stored(entry: Entry) -> Entry:
    """An entry as it is read again: trust is bound to that."""
    return read_entry(entry_document(entry)) or entry


def _hides(document: Document) -> bool:
    return any(has_hidden(value) for value in document.values() if isinstance(value, str))
