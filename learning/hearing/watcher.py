"""Watches what the user says: from a message to proposals in the inbox.

Only the user's own words come here, and of them not what they repeat of what they were told. That something is known
already, or contradicts what is known, is the profile's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from learnchat.learning.clock import Clock, local
from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.analysis import Analyser, Analysis
from learnchat.learning.hearing.echo import Echo
from learnchat.learning.hearing.tags import tags_of
from learnchat.learning.identifiers import new_identifier
from learnchat.learning.language.statements import split
from learnchat.learning.proposal import Proposal, Source
from learnchat.learning.remark import Remark
from learnchat.learning.scope import scope_of
from learnchat.learning.secrets.finding import is_touched

if TYPE_CHECKING:
    from learnchat.learning.hearing.naming import Named


class Knowledge(Protocol):
    """What is known, waiting or refused."""

    def objection(self, detection: Detection) -> str | None:
        """Why it must not be asked: "already known", "skipped on …", "refused for good", "already waiting".

        None: it may be asked.
        """
        ...

    def replaces(self, detection: Detection) -> str | None:
        """The id of the insight that it contradicts or updates, and would replace; None where there is none."""
        ...


class ProposalStore(Protocol):
    """Where proposals wait for the user's decision."""

    def add(self, proposals: Sequence[Proposal]) -> None:
        """Keep them; they are durable when this returns.

        Raises:
            OSError: they can't be written.
        """
        ...


@dataclass(frozen=True, slots=True)
class Observation:
    """What became of a message."""

    analysis: Analysis
    proposals: tuple[Proposal, ...]
    """In the inbox already; the best confidence first."""
    remarks: tuple[Remark, ...]
    """The analysis's, and why a detection was not proposed."""
    pasted: bool = False
    """Whether it holds somebody else's words, which were not listened to."""


class Watcher:
    """Turns what is heard in a message into proposals."""

    def __init__(self, analyser: Analyser, knowledge: Knowledge, store: ProposalStore, clock: Clock) -> None:
        self._analyser = analyser
        self._knowledge = knowledge
        self._store = store
        self._clock = clock
        self._echo = Echo()

    def said(self, text: str) -> None:
        """Note what the user was told, so that it is not learned from when they repeat it."""
        self._echo.said(text)

    def named(self, text: str) -> Named:
        """What a statement is that the user saves by hand."""
        from learnchat.learning.hearing.naming import named

        return named(text, self._analyser, self._clock.now())

    def observe(self, message: Message) -> Observation:
        """Hear a message and put what is worth asking into the inbox.

        Raises:
            OSError: the inbox can't be written; nothing of this message may be asked then.
        """
        analysis = self._analyser.analyse(message)
        candidates = _by_statement(one for one in analysis.detections if one.confidence >= analysis.threshold)
        remarks = list(analysis.remarks)
        asked: list[tuple[Detection, ...]] = []
        for detections in candidates:
            best = detections[0]
            reason = _secret_reason(analysis, best) or self._objection(message, best)
            if reason is None and any(_says_the_same(best, each[0]) for each in asked):
                reason = "was said just before"
            if reason is None:
                asked.append(detections)
            else:
                quote = "" if is_touched(analysis.secrets, best.start, best.end) else best.quote
                remarks.append(Remark(quote, best.start, best.end, best.kind, best.detector, reason))
        asked.sort(key=lambda detections: -detections[0].confidence)
        proposals = tuple(self._proposal(message, detections) for detections in asked)
        if proposals:
            self._store.add(proposals)
        return Observation(analysis, proposals, tuple(remarks), bool(message.pasted))

    def _objection(self, message: Message, detection: Detection) -> str | None:
        if self._echo.repeats(detection.quote, message.context):
            return "repeats what you were told"
        return self._knowledge.objection(detection)

    def _proposal(self, message: Message, detections: Sequence[Detection]) -> Proposal:
        # 6 ms for its patterns: not before something is proposed.
        from learnchat.learning.hearing.best_before import best_before, end_of_day

        best, now = detections[0], self._clock.now()
        until = best_before(_sentence(message.text, best), local(now).date())
        return Proposal(
            id=new_identifier(),
            kind=best.kind,
            statement=best.statement,
            source=Source(best.quote, message.session, message.id, best.start, best.end),
            created=now,
            confidence=best.confidence,
            scope=scope_of(best.quote),
            tags=tags_of(detections),
            slots=dict(best.slots),
            detector=best.detector,
            offset=best.offset,
            replaces=self._knowledge.replaces(best),
            expires=end_of_day(until.day) if until is not None else None,
            recheck=until is not None and until.recheck,
        )


def _secret_reason(analysis: Analysis, detection: Detection) -> str | None:
    """Why a secret keeps a detection from being kept in the inbox; None when none does."""
    if analysis.secrets:
        return "stands beside a secret"
    # The scanner, 0.08 s when it is first needed: few messages come as far as this.
    from learnchat.learning.secrets.scanner import find_all_secrets

    found = find_all_secrets(detection.quote) or find_all_secrets(detection.statement)
    return f"contains a secret: {found[0].name}" if found else None


def _says_the_same(one: Detection, other: Detection) -> bool:
    # 30 ms, most of it the stemmer: not before two things were heard in one message.
    from learnchat.learning.asking.replacement import says_the_same

    return says_the_same(one.statement, other.statement)


def _sentence(text: str, detection: Detection) -> str:
    """The whole sentence that something was heard in: a detection may begin after "until Friday" or end before it."""
    start, end = detection.start, detection.end
    for statement in split(text):
        if statement.start <= detection.start < statement.end:
            start, end = min(start, statement.start), max(end, statement.end)
    return text[start:end]


def _by_statement(detections: Iterable[Detection]) -> Iterator[tuple[Detection, ...]]:
    """Detections of the same or overlapping words together, the best one first: one sentence is asked about once."""
    group: list[Detection] = []
    end = -1
    for one in sorted(detections, key=lambda detection: (detection.start, detection.end)):
        if group and one.start >= end:
            yield _best_first(group)
            group = []
        group.append(one)
        end = max(end, one.end)
    if group:
        yield _best_first(group)


def _best_first(group: Iterable[Detection]) -> tuple[Detection, ...]:
    return tuple(sorted(group, key=lambda detection: -detection.confidence))
