"""What went along with a reply, in lines of text: named below it, explained by /why, and answered by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.app.plain.questions import decide
from learnchat.app.went_along import NOTHING, WentAlong
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import neutralise, shorten

if TYPE_CHECKING:
    from learnchat.app.chat_session import ChatSession, Received
    from learnchat.app.engine import Engine
    from learnchat.app.parts import Parts
    from learnchat.app.went_along import Given
    from learnchat.learning.memory.profiles import Act
    from learnchat.learning.profile.insight import Insight
    from learnchat.learning.transcripts.session import Utterance

HOW = (
    "Say of one by its number: useful, not here, forget, wrong: and what is right, outdated: and what holds now. "
    "/why NUMBER says more of it."
)
# Of each that is named: a listener has to hear it all.
LABEL_LENGTH = 60
MOST = 2

# "1 useful", "2 not here", "3 wrong: We use pnpm". A colon, because a message may begin like one: "2 wrong results".
_WORD = re.compile(
    r"\s*(\d{1,3})\s*[.:)]?\s+(?:(useful|not here|forget|wrong|outdated)|(wrong|outdated)\s*:\s*(\S.*))\s*\Z",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """What was said of one insight."""

    number: int
    verb: str
    """"useful", "not here", "forget", "wrong" or "outdated"."""
    statement: str = ""


def parse_word(line: str) -> Word | None:
    """What a line says of an insight by its number; None where it is something else."""
    form = _WORD.match(line)
    if form is None:
        return None
    return Word(int(form[1]), (form[2] or form[3]).lower(), (form[4] or "").strip())


class PlainGiven:
    """What went with each reply of the conversation.

    Args:
        engine: where it is looked up and decided.
        session: whose replies.
        say: prints a line.
    """

    def __init__(self, engine: Engine, session: ChatSession, say: Callable[[str], None]) -> None:
        self._engine = engine
        self._session = session
        self._say = say
        self._along = WentAlong()

    def take_up(self, said: Sequence[Utterance]) -> None:
        """A conversation is gone on with."""
        self._along = WentAlong()
        self._along.take_up(said)

    def begin_again(self) -> None:
        """Another conversation begins."""
        self._along = WentAlong()

    def asked(self, received: Received) -> None:
        """A message was received: its reply is the next one."""
        self._along.asked(received)

    async def name(self) -> None:
        """Say below a reply what went with it; nothing where nothing did."""
        given = self._along.replied(self._session)
        if given is None or not given.told:
            return
        found = await self._find(given)
        named = [(place, each) for place, each in found.items() if each.id in given.telling][:MOST]
        words = [f"{place}. {shorten(each.statement, LABEL_LENGTH)}" for place, each in named]
        if more := len(given.told) - len(named):
            words.append(f"{more} more" if named else f"{more} insight{'s' if more > 1 else ''}")
        self._say(f"({'found' if given.searched else 'with'}: {'; '.join(words)}. /why says why.)")

    def has(self, number: int) -> bool:
        """Whether the last reply has an insight of this number."""
        return bool(self._along.replies) and 0 < number <= len(self._along.replies[-1].listed)

    async def why(self, argument: str = "") -> None:
        """Say what the last reply was given, and why; or all about one of them."""
        if not self._along.replies:
            self._say(NOTHING)
            return
        given = self._along.replies[-1]
        found = await self._find(given)
        if argument:
            place = int(argument) if argument.isdecimal() else 0
            if place in found:
                self._tell(place, found[place], given)
            else:
                self._say(f"/why takes none, or the number of an insight: 1 to {len(given.listed)}.")
            return
        for place, each in found.items():
            if each.id in given.telling or given.held(each.id) is not None:
                self._tell(place, each, given)
            else:
                self._say(f"{place}. {neutralise(each.statement)} ({given.why(each.id)})")
        self._say(HOW if found else "None of what went with this reply is there any more.")

    def _tell(self, place: int, insight: Insight, given: Given) -> None:
        from learnchat.app.decided import behind

        self._say(f"{place}. {neutralise(insight.statement)}")
        for name, value in behind(insight, given.why(insight.id)):
            self._say(f"   {name}: {value}")

    async def answer(self, word: Word) -> None:
        """Carry out what was said of an insight, and say what came of it."""
        from learnchat.app import given as acts

        reply = self._along.replies[-1]
        insight = (await self._find(reply)).get(word.number)
        if insight is None:
            self._say("It was changed or forgotten since.")
        elif word.verb in ("wrong", "outdated") and not word.statement:
            ending = f", or {word.number} forget." if word.verb == "wrong" else "."
            self._say(f"{word.number} {word.verb}: and what holds in its place{ending}")
        elif word.verb == "useful":
            words = acts.said_useful(reply, insight.id)
            await self._note(lambda parts: acts.useful(parts, insight.id, reply), words)
        elif word.verb == "not here":
            await self._note(lambda parts: acts.not_here(parts, insight.id, reply))
            self._say(await self._engine.call(acts.said_not_here, insight.id))
        elif word.verb == "forget":
            await decide(self._engine, lambda parts: acts.forget(parts, insight.id), self._say)
        else:
            await self._put_right(insight, word)

    async def _put_right(self, insight: Insight, word: Word) -> None:
        from learnchat.app import given as acts

        acts.check_statement(insight, word.statement, empty=False)

        def act(parts: Parts) -> Act:
            if word.verb == "wrong":
                return acts.correct(parts, insight.id, word.statement)
            return acts.replace_outdated(parts, insight, word.statement)

        await decide(self._engine, act, self._say)

    async def _note(self, act: Callable[[Parts], Act | None], words: str = "") -> None:
        await self._engine.call(lambda parts: parts.decide(act))
        if words:
            self._say(words)

    async def _find(self, given: Given) -> dict[int, Insight]:
        """What is still there, by its number: one that is forgotten changes no other's."""
        from learnchat.app.given import find_given

        try:
            found = {each.id: each for each in await self._engine.call(find_given, given.listed)}
        except (LearnchatError, OSError):
            return {}
        return {place: found[name] for place, name in enumerate(given.listed, 1) if name in found}
