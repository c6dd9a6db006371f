"""A journal of which lines can't be read: they are set aside, and the decisions in them made again from what is left.

What a line said can't be known. That this user said yes to an insight, and when, is in the trust; to which words, in
the folder. So of a lost decision that much is written again: a record of the yes, and no act that `undo` could take
back to a state that nobody knows.
"""

from __future__ import annotations

from datetime import datetime

from learnchat.learning.disk.files import parse_json_line
from learnchat.learning.disk.locks import lock
from learnchat.learning.disk.mending import set_lines_aside
from learnchat.learning.profile.documents import Document
from learnchat.learning.profile.event import REBUILT, Event, read_event
from learnchat.learning.profile.insight import Entry, Means
from learnchat.learning.profile.journal import WRITTEN
from learnchat.learning.profile.profile import Profile
from learnchat.learning.profile.trust import Mark
from learnchat.learning.proposal import Source

Accepted = tuple[Mark, Entry, Document]


def mend_journal(profile: Profile, now: datetime) -> list[str]:
    """Set aside what can't be read of the journal, and make again what the files know of it.

    Returns:
        What was done, in plain sentences.

    Raises:
        OSError: it can't be written.
    """
    done = []
    with lock(profile.data.lock):
        found = set_lines_aside(profile.data.journal, _is_readable, now)
        if found is not None:
            kept, lines = found
            were = "line was" if lines == 1 else "lines were"
            done.append(f"{lines} {were} unreadable in {profile.data.journal}: kept as {kept.name}.")
        events = _rebuilt(profile)
        if events:
            profile.journal.extend(events)
            # Their effects stand in the files: that is where they come from.
            profile.journal.mark_written(events)
            insights = sum(len(event.documents) for event in events)
            done.append(f"The decisions behind {insights} insights were made again from the files.")
    return done


def lost_decisions(profile: Profile) -> list[str]:
    """Ids of what this user said yes to, by the trust, in an act that the journal does not have."""
    return [
        name
        for name, mark in profile.view().marks.items()
        if mark is not None and not profile.journal.has(mark.decision)
    ]


def _is_readable(line: bytes) -> bool:
    record = parse_json_line(line)
    return record is not None and (record.get("event") == WRITTEN or read_event(record) is not None)


def _rebuilt(profile: Profile) -> list[Event]:
    profile.journal.refresh()
    view, reader = profile.view(), profile.folder.reader
    acts: dict[str, list[Accepted]] = {}
    for name in lost_decisions(profile):
        mark = view.marks[name]
        for document in view.of(name):
            entry = reader.entry(document)
            if mark is not None and entry is not None and reader.hash(document) == mark.hash:
                acts.setdefault(mark.decision, []).append((mark, entry, document))
    place = profile.data.folder.name
    return [_event(decision, place, accepted) for decision, accepted in acts.items()]


def _event(decision: str, place: str, accepted: list[Accepted]) -> Event:
    mark, entry, _ = accepted[0]
    alone = len(accepted) == 1
    return Event(
        decision,
        REBUILT,
        mark.at,
        Means.ACCEPTED,
        place,
        statement=entry.statement if alone else f"{len(accepted)} insights",
        source=Source(quote=entry.quote) if alone else None,
        documents=tuple(document for _, _, document in accepted),
        marks={each.id: mark for mark, each, _ in accepted},
    )
