"""What was changed outside learnchat, and what came with a clone: all that waits for the user's review.

A hand edit, a pull, a merge and somebody's commit look the same from here: something stands in the folder that this
user did not say yes to, or what the user said yes to stands there no longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from learnchat.learning.disk.files import render_json
from learnchat.learning.profile.documents import entry_document, is_forgotten
from learnchat.learning.profile.insight import Entry, EntryState
from learnchat.learning.profile.profile import Profile
from learnchat.learning.profile.three_way import Bullet, Edits
from learnchat.learning.profile.trust import content_hash
from learnchat.learning.profile.view import View

_NO_DATE = datetime.min.replace(tzinfo=UTC)


class What(StrEnum):
    """What happened."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    """Somebody took it out: a bullet, or by forgetting it."""
    MISSING = "missing"
    """Neither file has it: another branch may."""


@dataclass(frozen=True, slots=True)
class OutsideChange:
    """One change that waits for the user."""

    name: str
    """What the user calls it by: the id, with a number behind it where several changes wait on one id."""
    id: str
    what: What
    before: Entry | None
    """As this user said yes to it, or as it stood in `insights.json`; None for what is new."""
    after: Entry | None
    """As it stands in the folder; None for what is gone."""
    raw: str
    """The same before hidden characters were taken out."""
    file: str
    """Name of the file that has the change."""
    twice: bool = False
    """The id stands there in several wordings: both are kept."""
    bullet: Bullet | None = None
    """Where a person wrote it into the Markdown without an id."""
    undated: bool = False
    """No file says when it was confirmed: it bears the time at which the files were looked at."""

    @property
    def entry(self) -> Entry:
        """What it is about."""
        entry = self.after or self.before
        assert entry is not None
        return entry

    def is_still(self, found: OutsideChange | None) -> bool:
        """Whether a later look found the same."""
        return found is not None and _without_date(self) == _without_date(found)

    def differences(self) -> list[tuple[str, str, str]]:
        """What differs: the field's name, what was there, what is there now; empty texts where there is nothing."""
        before, after = _fields(self.before), _fields(self.after)
        return [
            (name, before.get(name, ""), after.get(name, ""))
            for name in {**before, **after}
            if before.get(name, "") != after.get(name, "")
        ]


def _fields(entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {}
    return {
        "statement": entry.statement,
        "kind": entry.kind.label,
        "tags": ", ".join(sorted(entry.tags)),
        "because": entry.because,
        "state": entry.state.value if entry.state is not EntryState.ACTIVE else "",
        "replaces": entry.replaces or "",
        "best before": f"{entry.expires:%Y-%m-%d}" if entry.expires is not None else "",
        "pinned": "yes" if entry.pinned else "",
        "in the words": entry.quote if entry.quote != entry.statement else "",
        "confirmed": f"{entry.confirmed:%Y-%m-%d %H:%M}",
    }


def _without_date(change: OutsideChange) -> OutsideChange:
    if not change.undated or change.after is None:
        return change
    after = replace(change.after, confirmed=_NO_DATE)
    if change.bullet is None:
        return replace(change, after=after, raw=render_json(entry_document(after)))
    return replace(change, after=after, bullet=replace(change.bullet, entry=after))


def outside_changes(profile: Profile) -> list[OutsideChange]:
    """All that waits in a profile, newest first; what is missing comes last.

    Raises:
        OSError: a file can't be read.
    """
    found = list(_changes(profile))
    counts: dict[str, int] = {}
    for change in found:
        counts[change.id] = counts.get(change.id, 0) + 1
    numbers: dict[str, int] = {}
    named = []
    for change in found:
        number = numbers[change.id] = numbers.get(change.id, 0) + 1
        name = change.id if number == 1 else f"{change.id}-{number}"
        named.append(replace(change, name=name, twice=change.twice or counts[change.id] > 1))
    return sorted(
        named,
        key=lambda each: (each.what is not What.MISSING, each.entry.confirmed, each.id),
        reverse=True,
    )


def _changes(profile: Profile) -> Iterator[OutsideChange]:
    view, edits = profile.view(), profile.edits()
    insights, markdown = profile.folder.insights.name, profile.folder.markdown.name
    in_files = set(view.outline.ids) | edits.changed.keys()
    for name in view.outline.unaccepted:
        if name in edits.removed or _is_reworded(view, edits, name):
            continue
        standing, before = view.standing(name), _accepted(profile, view, name)
        twice = len(standing.documents) > 1
        for entry in standing.unaccepted:
            raw = next((render_json(d) for d in standing.documents if profile.folder.reader.entry(d) == entry), "")
            what = What.NEW if before is None else What.CHANGED
            yield OutsideChange(name, name, what, before, entry, raw, insights, twice)
    for name, entries in edits.changed.items():
        before = _accepted(profile, view, name)
        if before is None and not _is_reworded(view, edits, name):
            before = next(iter(view.standing(name).entries), None)
        for entry in entries:
            what = What.NEW if before is None else What.CHANGED
            raw = render_json(entry_document(entry))
            twice = name in edits.conflicting
            yield OutsideChange(name, name, what, before, entry, raw, markdown, twice, undated=before is None)
    for bullet in edits.bullets:
        yield OutsideChange(
            bullet.entry.id,
            bullet.entry.id,
            What.NEW,
            None,
            bullet.entry,
            bullet.text,
            markdown,
            bullet=bullet,
            undated=True,
        )
    for name in edits.removed:
        before = _accepted(profile, view, name) or next(iter(view.standing(name).entries), None)
        if before is not None:
            yield OutsideChange(name, name, What.REMOVED, before, None, "", markdown)
    yield from _only_details(profile)
    known = {*view.outline.insights, *view.outline.unaccepted, *edits.removed, *edits.changed}
    for name, mark in view.marks.items():
        if mark is None or name in known:
            continue
        before = _accepted(profile, view, name)
        if before is None or before.state is not EntryState.ACTIVE:
            continue
        if name not in in_files:
            yield OutsideChange(name, name, What.MISSING, before, None, "", insights)
        elif all(map(is_forgotten, view.of(name))):
            yield OutsideChange(name, name, What.REMOVED, before, None, "", insights)


def _is_reworded(view: View, edits: Edits, name: str) -> bool:
    """Whether what somebody else learned was changed by hand in the Markdown since: that is one thing to decide."""
    alone = len(edits.changed.get(name, ())) == len(view.of(name)) == 1
    return alone and name not in edits.conflicting and view.marks.get(name) is None


def _only_details(profile: Profile) -> Iterator[OutsideChange]:
    """What says the same as before, to which trust is bound, with other dates, quote or pin."""
    said = profile.rendered.said()
    if said is None or profile.rendered.is_insights(profile.folder.insights):
        return
    view, reader = profile.view(), profile.folder.reader
    unwritten = {document["id"] for event in profile.journal.unwritten() for document in event.documents}
    for name in view.outline.insights:
        standing = view.standing(name)
        if name in unwritten or name not in said or len(standing.documents) != 1 or standing.unaccepted:
            continue
        document = standing.documents[0]
        if reader.said(document) in said[name]:
            continue
        after = reader.entry(document)
        stood = profile.wordings.stood(name)
        if after is None or any(replace(each, revision=after.revision) == after for each in stood):
            # As it stands on another branch, with the dates and the pin that the user gave it there.
            continue
        before = profile.wordings.find(name, reader.hash(document))
        if before is not None and replace(before, revision=after.revision) != after:
            yield OutsideChange(
                name, name, What.CHANGED, before, after, render_json(document), profile.folder.insights.name
            )


def _accepted(profile: Profile, view: View, entry_id: str) -> Entry | None:
    """An entry as this user said yes to it; None where there is no yes, or the journal lost its words."""
    mark = view.marks.get(entry_id)
    if mark is None:
        return None
    standing = (each for each in view.standing(entry_id).entries if content_hash(each) == mark.hash)
    return next(standing, None) or profile.wordings.find(entry_id, mark.hash)
