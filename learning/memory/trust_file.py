"""Decisions carried between one's own machines: which wordings this user said yes to, when, how, from which words.

The file holds hashes and decisions, no entries: those come with the project. So it can only make something trusted
that stands, word for word, in the profile where it is imported. Whoever imports somebody else's file lets them decide
what is recalled; that is said in the help.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from learnchat.learning.clock import timestamp
from learnchat.learning.identifiers import is_identifier
from learnchat.learning.memory.acting import Acting
from learnchat.learning.memory.kinship import profile_ids
from learnchat.learning.profile.errors import ProfileError
from learnchat.learning.profile.event import Event, event_record, read_event
from learnchat.learning.profile.profile import Profile
from learnchat.learning.profile.trust import Mark, mark_record, read_mark

FORMAT = 1
# A hundred thousand decisions. What is larger is another kind of file.
SIZE_LIMIT = 64 * 1024 * 1024
IMPORTED = "imported"
"""The place of acts done on another machine: they are no acts of this place, so undo passes them."""
_HASH = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(slots=True)
class Outcome:
    """What an import did, in numbers of wordings."""

    taken: dict[str, Mark] = field(default_factory=dict)
    here: int = 0
    """Of these, how many stand in the profile now, and are recalled from now on."""
    known: int = 0
    withdrawn: int = 0
    """Trust was taken back here (forgotten, rejected): left so."""
    newer: int = 0
    """The user said yes to another wording here later: that one holds."""
    unreadable: int = 0

    def sentence(self) -> str:
        said = [
            f"{len(self.taken)} decisions taken over, {self.here} of them on what stands here now",
            f"{self.known} known already" if self.known else "",
            f"{self.withdrawn} left out, for you took them back here" if self.withdrawn else "",
            f"{self.newer} left out, for you decided otherwise here later" if self.newer else "",
            f"{self.unreadable} not readable" if self.unreadable else "",
        ]
        return "; ".join(filter(None, said)) + "."


def export_trust(profile: Profile, now: datetime) -> dict[str, Any]:
    """The file's content: every wording that this user said yes to, and the decisions behind them.

    Secrets in the words behind a decision are named, not repeated.
    """
    marks = {name: mark for name, mark in profile.view().marks.items() if mark is not None}
    events = (profile.journal.find(decision) for decision in dict.fromkeys(mark.decision for mark in marks.values()))
    return {
        "learnchat": "trust",
        "format": FORMAT,
        "exported": timestamp(now),
        "profiles": sorted(profile_ids(profile.folder.path)),
        "marks": {name: mark_record(mark) for name, mark in sorted(marks.items())},
        "decisions": [_decision_record(event) for event in events if event is not None],
    }


def _decision_record(event: Event) -> dict[str, Any]:
    """Who, when, how, from which words; without the documents, which come with the project."""
    from learnchat.learning.secrets.finding import masked
    from learnchat.learning.secrets.scanner import find_all_secrets

    def safe(text: str) -> str:
        return masked(text, find_all_secrets(text))

    source = event.source and replace(event.source, quote=safe(event.source.quote))
    decision = Event(event.id, event.name, event.at, event.means, IMPORTED, 0, safe(event.statement), source)
    return event_record(decision)


def read_trust_file(path: Path) -> dict[str, Any]:
    """
    Raises:
        ProfileError: it can't be read, or is no file of `learnchat trust export`.
    """
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise ProfileError(f"{path} is larger than {SIZE_LIMIT // 1024 // 1024} MB.")
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise ProfileError(f"{path} can't be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError):
        content = None
    if (
        not isinstance(content, dict)
        or content.get("learnchat") != "trust"
        or not isinstance(content.get("marks"), dict)
    ):
        raise ProfileError(f"{path} is no file that `learnchat trust export` wrote.")
    if content.get("format") != FORMAT:
        raise ProfileError(f"{path} was written by a newer learnchat.", "Update learnchat here.")
    return content


class TrustImport:
    """Takes decisions of another machine over into one profile.

    Args:
        place: what is remembered here.
        profile: which of its profiles.
    """

    def __init__(self, place: Acting, profile: Profile) -> None:
        self._place = place
        self._profile = profile

    def take(self, content: dict[str, Any]) -> Outcome:
        """Take over what the file says; one act, which undo takes back.

        Args:
            content: as `read_trust_file` gives it.

        Raises:
            ProfileError: it is about another profile, or can't be saved.
        """
        theirs = {str(each) for each in content.get("profiles") or ()}
        ours = profile_ids(self._profile.folder.path)
        if theirs and ours and not theirs & ours:
            raise ProfileError(
                "This file is about another profile: none of its ids is known here.",
                "Import it in a clone of the project that it was exported from.",
            )
        outcome = self._outcome(content["marks"])
        if outcome.taken:
            self._record(outcome, content.get("decisions"))
        return outcome

    def _outcome(self, marks: dict[str, Any]) -> Outcome:
        outcome = Outcome()
        known = self._profile.view().marks
        for name, record in marks.items():
            mark, mine = read_mark(record), known.get(name)
            if mark is None or not (is_identifier(name) and is_identifier(mark.decision) and _HASH.match(mark.hash)):
                outcome.unreadable += 1
            elif mine is None and name in known:
                outcome.withdrawn += 1
            elif mine is not None and mine.hash == mark.hash:
                outcome.known += 1
            elif mine is not None and mine.at >= mark.at:
                outcome.newer += 1
            else:
                outcome.taken[name] = mark
        return outcome

    def _record(self, outcome: Outcome, decisions: object) -> None:
        before = {insight.id for insight in self._profile.insights()}
        needed = {mark.decision for mark in outcome.taken.values()}
        journal = self._profile.journal
        events = [each for each in _events(decisions) if each.id in needed and journal.find(each.id) is None]
        self._place.take_trust(self._profile, outcome.taken, events)
        outcome.here = len({insight.id for insight in self._profile.insights()} - before)


def _events(records: object) -> Iterable[Event]:
    for record in records if isinstance(records, list) else []:
        event = read_event(record) if isinstance(record, dict) else None
        if event is not None and is_identifier(event.id):
            # Whatever else the file says: a decision changes nothing but what the marks say.
            yield Event(event.id, event.name, event.at, event.means, IMPORTED, 0, event.statement, event.source)
