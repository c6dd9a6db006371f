"""From an event to a proposal in the inbox: by the same gateway as everything that is heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from learnchat.learning.asking.matching import Matcher
from learnchat.learning.clock import Clock
from learnchat.learning.detection import Detection
from learnchat.learning.hearing.echo import Echo
from learnchat.learning.hearing.watcher import Knowledge, ProposalStore
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.judging.events import Event
from learnchat.learning.judging.memory import SessionMemory
from learnchat.learning.judging.reading import Reading
from learnchat.learning.language.words import stems
from learnchat.learning.profile.insight import Insight
from learnchat.learning.proposal import JUDGE, Proposal, Source
from learnchat.learning.scope import scope_of

# Not weighed by the gate, and said so where it is shown. It stands where a number has to.
CONFIDENCE = 0.5

SUPERSEDED = 0.6
"""Share of a query's words that an insight must have to be what it names."""


class Place(Knowledge, ProposalStore, Protocol):
    """What is remembered here: `Profiles` is one."""

    def insights(self) -> Sequence[Insight]:
        """What is known."""
        ...


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the events of a reading."""

    proposals: tuple[Proposal, ...]
    """In the inbox, on the disk."""
    objections: tuple[tuple[Event, str], ...]
    """What was not proposed, and why."""


class Filing:
    """Puts events into the inbox of a place.

    Args:
        place: where it is.
        session: the id of the session that is read.
        clock: the time.
    """

    def __init__(self, place: Place, session: str, clock: Clock) -> None:
        self._place = place
        self._session = session
        self._clock = clock
        self._matcher = Matcher()

    def file(self, events: Iterable[Event], reading: Reading, memory: SessionMemory, by: str) -> Filed:
        """Propose what is new, allowed and not said by the model first.

        Raises:
            OSError: the inbox can't be written; nothing of it was.
        """
        proposals: list[Proposal] = []
        objections: list[tuple[Event, str]] = []
        for event in events:
            reason = self._objection(event, reading, memory, proposals)
            if reason is None:
                proposals.append(self._proposal(event, by))
            else:
                objections.append((event, reason))
        if proposals:
            self._place.add(proposals)
        return Filed(tuple(proposals), tuple(objections))

    def _objection(
        self, event: Event, reading: Reading, memory: SessionMemory, proposals: Sequence[Proposal]
    ) -> str | None:
        if memory.was_heard(event.content):
            return "was heard before in this session"
        if any(self._matcher.matches(event.content, [each.statement]) for each in proposals):
            return "was heard twice in one reading"
        if reason := _secret_in(event):
            return reason
        if _is_echo(event, reading):
            return "repeats what you were told"
        return self._place.objection(_detection(event))

    def _proposal(self, event: Event, by: str) -> Proposal:
        first, now = event.evidence[0], self._clock.now()
        detection = _detection(event)
        replaced = self._place.replaces(detection) or self._superseded(event)
        return Proposal(
            id=new_identifier(),
            kind=event.kind,
            statement=event.content,
            source=Source(first.quote, self._session, first.message, first.start, first.end),
            created=now,
            confidence=CONFIDENCE,
            scope=scope_of(first.quote),
            tags=tuple(dict.fromkeys((*event.tags, *event.keywords))),
            # Not as its reason: what is saved is what was shown, and a model's own words are not.
            slots={"judge": by, "why": event.why},
            detector=JUDGE,
            replaces=replaced,
        )

    def _superseded(self, event: Event) -> str | None:
        """The insight that an event says it takes the place of, where one has most of the words it is named by."""
        wanted = set(stems(event.supersedes))
        if not wanted:
            return None
        scope = scope_of(event.evidence[0].quote)
        best, most = None, 0.0
        for insight in self._place.insights():
            shared = len(wanted & set(stems(insight.statement))) / len(wanted)
            if insight.scope is scope and shared > most:
                best, most = insight.id, shared
        return best if most >= SUPERSEDED else None


def _detection(event: Event) -> Detection:
    first = event.evidence[0]
    return Detection(event.kind, event.content, first.quote, first.start, first.end, CONFIDENCE, detector=JUDGE)


def _secret_in(event: Event) -> str | None:
    # The scanner, 0.08 s when it is first needed.
    from learnchat.learning.secrets.scanner import find_all_secrets

    for text in (event.content, event.why, *(each.quote for each in event.evidence), *event.tags, *event.keywords):
        if found := find_all_secrets(text):
            return f"contains a secret: {found[0].name}"
    return None


def _is_echo(event: Event, reading: Reading) -> bool:
    """Whether the user's words in it only repeat what the model had said before: pasted or quoted."""
    order = {each.message.id: number for number, each in enumerate(reading.passages)}
    for each in event.evidence:
        if each.role != "user":
            continue
        echo = Echo()
        for passage in reading.passages[: order.get(each.message, 0)]:
            if passage.message.role == "assistant":
                echo.said(passage.message.text)
        if not echo.repeats(each.quote):
            return False
    return True
