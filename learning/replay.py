"""Runs the detectors over old histories: what would have been asked, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING

from learnchat.learning.analysis import Analyser
from learnchat.learning.clock import Clock
from learnchat.learning.detection import CONTEXT_CHARACTERS, Detection, Message
from learnchat.learning.kinds import Kind
from learnchat.learning.proposal import Proposal
from learnchat.learning.transcripts.formats import Format, recognise
from learnchat.learning.transcripts.lines import Lines
from learnchat.learning.transcripts.session import Utterance
from learnchat.learning.watcher import Knowledge, Watcher

if TYPE_CHECKING:
    from learnchat.learning.words import Signature

# Why something was heard and would not have been asked, besides what the profile objects.
SAID_BEFORE = "said before"
SECRET = "beside a secret"
OVER = "over by now"

_NEVER = datetime.min.replace(tzinfo=UTC)
# What a file claims to be from another time than this has no time.
_YEARS = range(1971, 9000)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that would have been asked."""

    proposal: Proposal
    """Not in the inbox; it can be put there."""
    history: str
    """The name of the history that it was said in."""
    line: int
    at: datetime | None
    """When it was said; None where the history does not tell."""
    times: int
    """How often the same was said, in these or other words."""


@dataclass(frozen=True, slots=True)
class Played:
    """What there was in one history."""

    name: str
    format: str
    """Empty: there is nothing in it."""
    messages: int
    """The user's."""
    asks: int
    unreadable: int
    """Lines that are damaged, or too long to be a message."""


class Replay:
    """Histories, heard one after the other as if they were typed here, without the budget and the pauses.

    Args:
        analyser: what listens.
        knowledge: what is known, waiting or refused already, and so not asked.
        clock: the time at which a proposal is made.
    """

    def __init__(self, analyser: Analyser, knowledge: Knowledge, clock: Clock) -> None:
        self.messages = 0
        """The user's, in all histories."""
        self._clock = clock
        self._then = _Then(clock)
        self._news = _News(knowledge)
        self._watcher = Watcher(analyser, self._news, _Nowhere(), self._then)
        self._found: list[tuple[Proposal, str, int, datetime | None]] = []
        self._seen: set[tuple[str, str]] = set()

    def play(self, name: str, lines: Lines) -> Played:
        """Hear one history.

        Args:
            name: where it comes from, for the source of what is found in it.
            lines: read to their end.

        Raises:
            UnknownFormat: it has none of the known formats.
            OSError: it can't be read.
        """
        format = recognise(lines)
        if format is None:
            return Played(name, "", 0, 0, lines.unreadable)
        messages, asks = self.messages, len(self._found)
        for message, said in self._messages(name, format, lines):
            self.messages += 1
            self._hear(message, said, name)
        return Played(name, format.name, self.messages - messages, len(self._found) - asks, lines.unreadable)

    def _messages(self, name: str, format: Format, lines: Lines) -> Iterator[tuple[Message, Utterance]]:
        """The user's messages, each with the end of what the model had said before it."""
        context, session, speaker = "", "", ""
        for said in format.read(lines):
            if said.facts.get("session", "") != session:
                context, session = "", str(said.facts.get("session", ""))
            if said.role == "assistant":
                context = said.text if speaker == "user" else f"{context}\n\n{said.text}".strip()
                context, speaker = context[-CONTEXT_CHARACTERS:], "assistant"
                continue
            speaker = "user"
            if format.unique_ids and said.id:
                # Claude Code copies a conversation that is resumed into a new file.
                if (format.name, said.id) in self._seen:
                    continue
                self._seen.add((format.name, said.id))
            own = format.name == "learnchat"
            yield (
                Message(
                    text=said.text,
                    id=said.id or f"line {said.facts['line']}",
                    session=session if own else f"{format.name}: {name}",
                    context=context,
                ),
                said,
            )

    def _hear(self, message: Message, said: Utterance, name: str) -> None:
        at = said.at if said.at is not None and said.at.year in _YEARS else None
        self._then.at = at
        objections = self._news.objections
        observation = self._watcher.observe(message)
        # What the watcher itself held back was for a secret.
        held_back = len(observation.remarks) - len(observation.analysis.remarks)
        self._news.withheld[SECRET] += held_back - (self._news.objections - objections)
        now = self._clock.now()
        for proposal in observation.proposals:
            if proposal.expires is not None and proposal.expires < now:
                self._news.withheld[OVER] += 1
            else:
                self._found.append((replace(proposal, created=now), name, int(said.facts["line"]), at))

    def found(self) -> list[Found]:
        """What would have been asked, the most certain first; of equals the one said last."""
        found = [
            Found(proposal, name, line, at, self._news.times[proposal.statement])
            for proposal, name, line, at in self._found
        ]
        return sorted(found, key=lambda each: (each.proposal.confidence, each.at or _NEVER), reverse=True)

    @property
    def withheld(self) -> Mapping[str, int]:
        """How often something was heard and would not have been asked, by why: "already known", "said before", …"""
        return {reason: count for reason, count in self._news.withheld.items() if count}

    def kinds(self) -> list[tuple[Kind, int]]:
        """How many asks there are of each kind, the most first."""
        return Counter(proposal.kind for proposal, *_ in self._found).most_common()

    def rate(self, asks: int) -> float:
        """Asks per 100 messages of the user."""
        return 100 * asks / self.messages if self.messages else 0.0


class _Then:
    """The time at which a message was said, where that is known: "until Friday" is the Friday after it."""

    def __init__(self, clock: Clock) -> None:
        self.at: datetime | None = None
        self._clock = clock

    def now(self) -> datetime:
        return self.at or self._clock.now()

    def monotonic(self) -> float:
        return self._clock.monotonic()


class _Nowhere:
    """Keeps nothing: what is found is filed by whoever asked for it, the best of it."""

    def add(self, proposals: Sequence[Proposal]) -> None:
        pass


class _News:
    """What is new: to the profile, and among what was heard before in the same replay."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.withheld: Counter[str] = Counter()
        self.objections = 0
        self.times: Counter[str] = Counter()
        """How often each statement that is new was said."""
        self._knowledge = knowledge
        self._statements: list[tuple[str, Signature]] = []
        self._by_stem: defaultdict[str, list[int]] = defaultdict(list)

    def objection(self, detection: Detection) -> str | None:
        # 5 ms for its patterns: not before something was heard.
        from learnchat.learning.words import signature

        statement = detection.statement
        wanted = signature(statement)
        before = self._said_before(wanted)
        if before is not None:
            self.times[before] += 1
            return self._withhold(SAID_BEFORE)
        reason = self._knowledge.objection(detection)
        if reason is not None:
            # "skipped on 2026-03-01": counted together, whatever the day.
            return self._withhold(reason.partition(" on ")[0])
        self.times[statement] += 1
        for each in wanted.stems:
            self._by_stem[each].append(len(self._statements))
        self._statements.append((statement, wanted))
        return None

    def replaces(self, detection: Detection) -> str | None:
        return self._knowledge.replaces(detection)

    def _said_before(self, wanted: Signature) -> str | None:
        """The statement that was heard before and says the same. Not compared with all: a statement that shares four
        fifths of its stems with the wanted one has at least one of any fifth of them, so also of the rarest fifth."""
        rarest = sorted(wanted.stems, key=lambda each: len(self._by_stem.get(each, ())))
        enough = len(rarest) - ceil(0.8 * len(rarest)) + 1
        for each in rarest[:enough]:
            for number in self._by_stem.get(each, ()):
                statement, known = self._statements[number]
                if known.matches(wanted):
                    return statement
        return None

    def _withhold(self, reason: str) -> str:
        self.withheld[reason] += 1
        self.objections += 1
        return reason
