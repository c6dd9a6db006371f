"""The consent of the toast, in lines of text: numbered questions, answered by number; silence saves nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.app.engine import Engine
from learnchat.app.parts import Parts
from learnchat.learning.clock import local
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.learning.memory.profiles import Act, Rewording
    from learnchat.learning.proposal import Proposal

HOW = "Answer with the number and y, n, never, or r and your own words. No answer saves nothing."

# "1 y", "2 never", "3 r We use pnpm". A message that begins with a number and one of these words is hardly another.
_ANSWER = re.compile(r"\s*(\d{1,3})\s*[.:)]?\s+(y|yes|n|no|never|r|reword)(?:\s+(\S.*))?\s*\Z", re.IGNORECASE)
# What looks like one and is none: "1 why", "1y", "1", "1 yes please", and without a number "y" or "no thanks". A longer
# line is a message.
_NEARLY = re.compile(
    r"(?:(?P<number>\d{1,3})\s*[.:)]?\s*(?:\S{1,6}|(?:y|yes|n|no|never|r|reword)\b.{0,12})?"
    r"|(?:y+|ye|yes|n+|no|never|r+|reword)\b(?:\W*\s\S{1,6})?)\W*\Z",
    re.IGNORECASE,
)
_SHORT = {"y": "yes", "n": "no", "r": "reword"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one question."""

    number: int
    verb: str
    """"yes", "no", "never" or "reword"."""
    words: str = ""


def parse_answer(line: str) -> Answer | None:
    """The answer in a line; None where it is something else. Only a rewording has words of its own."""
    form = _ANSWER.match(line)
    if form is None:
        return None
    verb = _SHORT.get(form[2].lower(), form[2].lower())
    words = (form[3] or "").strip()
    if (verb == "reword") != bool(words):
        return None
    return Answer(int(form[1]), verb, words)


class Questions:
    """The questions of a session that are not answered yet, by their numbers.

    Args:
        engine: where decisions are written.
        say: prints a line.
    """

    def __init__(self, engine: Engine, say: Callable[[str], None]) -> None:
        self._engine = engine
        self._say = say
        self._open: dict[int, Proposal] = {}
        self._put: set[int] = set()
        """The numbers of those that were read out: nobody is to say yes to what they have not seen."""
        self._just_put: Sequence[int] = ()
        """Those that were read out since the last line."""
        self._last = 0
        self._ending = False
        self.missed_because = ""
        """Why the last that was heard was not asked at once; empty when it was."""

    @property
    def open(self) -> bool:
        """Whether any question has no answer yet."""
        return bool(self._open)

    def has(self, number: int) -> bool:
        """Whether a question with this number was put, and waits for an answer."""
        return number in self._open and number in self._put

    def objection(self, number: int) -> str:
        """Why an answer to a question of this number is none; empty where there was none of that number."""
        if number > self._last or number < 1:
            return ""
        if number in self._open:
            return f"Question {number} was not put yet: /inbox puts it."
        return f"Question {number} is answered: /undo takes the last answer back."

    async def ask_again(self, line: str) -> bool:
        """Where a line looks like a mistyped answer: say how one is given, and put the question again. Without a number
        only the line right after the question is one: later it replies to the model.

        Returns:
            Whether it was one.
        """
        just_put, self._just_put = self._just_put, ()
        form = _NEARLY.match(line)
        if form is None:
            return False
        numbers = [number for number in ([int(form["number"])] if form["number"] else just_put) if self.has(number)]
        if numbers:
            self._say("That is no answer to it. To send it as a message, begin with a space.")
            await self._ask(numbers)
        return bool(numbers)

    async def propose(self, proposals: Sequence[Proposal]) -> None:
        """Ask about what a message gave, as the toast's budget allows; the rest is asked when the session ends."""
        if not proposals:
            return
        numbers = self.add(proposals)
        try:
            self.missed_because = await self._engine.call(_admit, proposals)
        except OSError as error:
            self.missed_because = str(error.strerror or error)
        if self.missed_because:
            self.miss(len(proposals), self.missed_because)
        else:
            await self._ask(numbers)

    def miss(self, count: int, reason: str) -> None:
        """Say that something went to the inbox unasked, and why."""
        self.missed_because = reason
        things = "1 thing was" if count == 1 else f"{count} things were"
        self._say(f"{things} heard and not asked ({reason}). /inbox shows what waits.")

    async def ask_about(self, proposals: Sequence[Proposal]) -> None:
        """Put all of these, because the user asked for it."""
        await self._ask(self.add(proposals))

    async def ask_the_rest(self) -> None:
        """At the end of the session: put what was not answered once more, unless the user wants quiet."""
        if self._open and not await self._engine.call(lambda parts: parts.quiet.state()):
            await self._ask(sorted(self._open))
            self._ending = True

    @property
    def asking_the_rest(self) -> bool:
        """Whether what was put at the end still waits for answers."""
        return self._ending and self.open

    async def answer(self, answer: Answer) -> None:
        """Carry out what was said, and say what came of it."""
        from learnchat.app.remembering import confirm
        from learnchat.learning.profile.insight import Means

        proposal = self._open.pop(answer.number)

        def act(parts: Parts) -> Act | None:
            if answer.verb == "no":
                return parts.profiles.skip(proposal, Means.TOAST)
            if answer.verb == "never":
                return parts.profiles.never(proposal, Means.TOAST)
            return confirm(parts, proposal, Means.TOAST, reworded(proposal, answer.words))

        if not await decide(self._engine, act, self._say):
            self._open[answer.number] = proposal

    def add(self, proposals: Sequence[Proposal]) -> list[int]:
        """Give proposals their numbers, by which they can be answered; what has none yet is asked when the session
        ends."""
        known = {proposal.id: number for number, proposal in self._open.items()}
        for proposal in proposals:
            if proposal.id not in known:
                self._last += 1
                self._open[self._last] = proposal
                known[proposal.id] = self._last
        return [known[proposal.id] for proposal in proposals]

    async def _ask(self, numbers: Sequence[int]) -> None:
        self._say("Remember this?" if len(numbers) == 1 else "Remember these?")
        for number in numbers:
            proposal = self._open[number]
            self._put.add(number)
            lines = await self._engine.call(_lines, proposal)
            self._say(f"{number}. {lines[0]}")
            for line in lines[1:]:
                self._say(f"   {line}")
        self._just_put = numbers
        self._say(HOW)


def reworded(proposal: Proposal, words: str) -> Rewording | None:
    """The proposal in the user's own words; None where there are none."""
    from learnchat.learning.memory.acts import Rewording

    if not words:
        return None
    return Rewording(words, proposal.kind, proposal.tags, proposal.scope, proposal.because, proposal.expires)


async def decide(engine: Engine, act: Callable[[Parts], Act | None], say: Callable[[str], None]) -> bool:
    """Carry out an act on memory and say what came of it; False where it could not be done."""
    try:
        done = await engine.call(lambda parts: parts.decide(act))
    except LearnchatError as error:
        say(str(error))
        return False
    except OSError as error:
        say(f"Not saved: {error.strerror or error}.")
        return False
    if done is None:
        say("Nothing to undo. Acts on memory can be undone for a day.")
        return True
    sentence = f"{done.sentence.rstrip('.')}."
    say(f"{sentence} /undo takes it back." if done.insight is not None else sentence)
    if done.first_in_git:
        say("Only you have it for now. /share on lets the repository carry it, /share off keeps it private.")
    return True


def _admit(parts: Parts, proposals: Sequence[Proposal]) -> str:
    """In the engine's thread: why nothing may be asked now; empty if it may. It takes from the toasts' budget."""
    objection = parts.quiet.state() or parts.profiles.unwritable or parts.budget.objection()
    if objection is not None:
        return objection
    inbox_only = parts.switches.read().inbox_only
    if all(each.kind in inbox_only for each in proposals):
        return f"you send “{proposals[0].kind.label}” to the inbox only"
    if not parts.budget.take():
        return "another window has just asked"
    for proposal in proposals:
        parts.profiles.inbox.mark_asked(proposal.id)
    parts.budget.first_ever()
    return ""


def _lines(parts: Parts, proposal: Proposal) -> list[str]:
    """In the engine's thread: what is said of a proposal, the statement first."""
    from learnchat.learning.proposal import JUDGE

    where = "this project" if proposal.scope == "project" else "everywhere"
    said_by = f", {JUDGE}" if proposal.detector == JUDGE else ""
    lines = [f"{one_line(proposal.statement)} ({proposal.kind.label}, {where}{said_by})"]
    if one_line(proposal.source.quote) != one_line(proposal.statement):
        lines.append(f"You said: {one_line(proposal.source.quote)}")
    if proposal.judged_because:
        lines.append(f"The judge, {one_line(proposal.judged_because)}")
    replaced = parts.profiles.find(proposal.replaces) if proposal.replaces else None
    if replaced is not None:
        lines.append(f"It replaces: {one_line(replaced.statement)}")
    if proposal.expires is not None:
        lines.append(f"Best before {local(proposal.expires):%Y-%m-%d}")
    return lines
