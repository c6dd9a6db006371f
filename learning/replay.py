"""Runs the detectors over old histories: what would have been asked, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
SECRET = "stands beside a secret"

_NEVER = datetime.min.replace(tzinfo=UTC)


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
    """Histories, heard one after the other as if they were typed now, without the budget and the pauses.

    Args:
        analyser: what listens.
        knowledge: what is known, waiting or refused already, and so not asked.
        clock: the time at which a proposal is made.
    """

    def __init__(self, analyser: Analyser, knowledge: Knowledge, clock: Clock) -> None:
        self.messages = 0
        """The user's, in all histories."""
        self._analyser = analyser
        self._news = _News(knowledge)
        self._watcher = Watcher(analyser, self._news, _Nowhere(), clock)
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
        observation = self._watcher.observe(message)
        analysis = observation.analysis
        if analysis.secrets and analysis.confidence >= analysis.threshold:
            self._news.withheld[SECRET] += 1
        line = int(said.facts["line"])
        self._found.extend((proposal, name, line, said.at) for proposal in observation.proposals)

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
        return self._news.withheld

    def kinds(self) -> list[tuple[Kind, int]]:
        """How many asks there are of each kind, the most first."""
        return Counter(proposal.kind for proposal, *_ in self._found).most_common()

    def rate(self, asks: int) -> float:
        """Asks per 100 messages of the user."""
        return 100 * asks / self.messages if self.messages else 0.0


class _Nowhere:
    """Keeps nothing: what is found is filed by whoever asked for it, the best of it."""

    def add(self, proposals: Sequence[Proposal]) -> None:
        pass


class _News:
    """What is new: to the profile, and among what was heard before in the same replay."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.withheld: Counter[str] = Counter()
        self.times: Counter[str] = Counter()
        """How often each statement that is new was said."""
        self._knowledge = knowledge
        self._statements: list[tuple[str, Signature]] = []
        self._by_stem: defaultdict[str, list[int]] = defaultdict(list)

    def objection(self, detection: Detection) -> str | None:
        # 0.1 s for the rules of the scanner: not before something was heard.
        from learnchat.learning.secret_scanner import find_all_secrets
        from learnchat.learning.words import signature

        statement = detection.statement
        wanted = signature(statement)
        before = self._said_before(wanted)
        if before is not None:
            self.times[before] += 1
            return self._withhold(SAID_BEFORE)
        if find_all_secrets(f"{statement}\n{detection.quote}"):
            return self._withhold(SECRET)
        reason = self._knowledge.objection(detection)
        if reason is not None:
            # "skipped on 2026-03-01": counted together, whatever the day.
            return self._withhold(reason.partition(" on ")[0])
        self.times[statement] += 1
        for each in wanted.stems:
            self._by_stem[each].append(len(self._statements))
        self._statements.append((statement, wanted))
        return None

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
        return reason
