"""Runs the detectors over old histories: what would have been asked, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import ceil

from learnchat.learning.asking.matching import Matcher
from learnchat.learning.clock import Clock
from learnchat.learning.detection import CONTEXT_CHARACTERS, Detection, Message
from learnchat.learning.hearing.analysis import Analyser
from learnchat.learning.hearing.own_words import kept_spans
from learnchat.learning.hearing.watcher import Knowledge, Watcher
from learnchat.learning.kinds import Kind
from learnchat.learning.proposal import Proposal
from learnchat.learning.transcripts.formats import Format, recognise
from learnchat.learning.transcripts.lines import Lines
from learnchat.learning.transcripts.session import Utterance

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
        self.toasts = 0
        """Messages after which there would have been one: all that is heard in a message is asked in one toast."""
        self._clock = clock
        self._then = _Then(clock)
        self._news = _News(knowledge)
        self._watcher = Watcher(analyser, self._news, _Nowhere(), self._then)
        self._found: list[tuple[Proposal, str, int, datetime | None]] = []
        self._seen: set[tuple[str, str]] = set()
        self._withheld: Counter[str] = Counter()

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
                    pasted=kept_spans(said.facts.get("pasted"), said.text) if own else (),
                ),
                said,
            )

    def _hear(self, message: Message, said: Utterance, name: str) -> None:
        at = said.at if said.at is not None and said.at.year in _YEARS else None
        self._then.at = at
        observation = self._watcher.observe(message)
        # Behind the remarks of the analysis: one for each detection that was worth asking and is not asked.
        for remark in observation.remarks[len(observation.analysis.remarks) :]:
            self._withheld[_in_short(remark.reason)] += 1
        now, asks = self._clock.now(), len(self._found)
        for proposal in observation.proposals:
            if proposal.expires is not None and proposal.expires < now:
                self._withheld[OVER] += 1
            else:
                self._found.append((replace(proposal, created=now), name, int(said.facts["line"]), at))
        self.toasts += len(self._found) > asks

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
        return self._withheld

    def kinds(self) -> list[tuple[Kind, int]]:
        """How many asks there are of each kind, the most first."""
        return Counter(proposal.kind for proposal, *_ in self._found).most_common()

    def rate(self, count: int) -> float:
        """So many asks or toasts, per 100 messages of the user."""
        return 100 * count / self.messages if self.messages else 0.0


def _in_short(reason: str) -> str:
    """A reason without what differs from one detection to the next: which secret, on which day."""
    return SECRET if "a secret" in reason else reason.partition(" on ")[0]


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
        self.times: Counter[str] = Counter()
        """How often each statement that is new was said."""
        self._knowledge = knowledge
        self._matcher = Matcher()
        self._statements: list[str] = []
        self._by_stem: defaultdict[str, list[int]] = defaultdict(list)

    def objection(self, detection: Detection) -> str | None:
        # 5 ms for its patterns: not before something was heard.
        from learnchat.learning.language.words import stems

        statement = detection.statement
        wanted = set(stems(statement))
        before = self._said_before(statement, wanted)
        if before is not None:
            self.times[before] += 1
            return SAID_BEFORE
        reason = self._knowledge.objection(detection)
        if reason is not None:
            return reason
        self.times[statement] += 1
        for each in wanted:
            self._by_stem[each].append(len(self._statements))
        self._statements.append(statement)
        return None

    def replaces(self, detection: Detection) -> str | None:
        return self._knowledge.replaces(detection)

    def _said_before(self, statement: str, stems: Collection[str]) -> str | None:
        """The statement that was heard before and says the same.

        A long history has thousands of finds, so that not all are compared: only those that share one of the rarer
        half of the stems. Of what has four fifths of them in common that leaves out nothing.
        """
        rarest = sorted(stems, key=lambda each: len(self._by_stem.get(each, ())))
        enough = max(len(rarest) // 2, len(rarest) - ceil(0.8 * len(rarest)) + 1)
        near = {number for each in rarest[:enough] for number in self._by_stem.get(each, ())}
        heard = (self._statements[number] for number in sorted(near))
        return next((each for each in heard if self._matcher.matches(statement, [each])), None)
