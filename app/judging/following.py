"""Has the judge read along with the chat: after each exchange, in the background, one reading at a time.

The readings are taken from the end of the transcript, so that what is judged is what was written down: without secrets,
and the same after a crash. A proposal is in the inbox before anybody is told of it. The chat waits for none of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from learnchat.app.engine import Engine, Parts
from learnchat.app.judging.opening import Judging, open_judging
from learnchat.app.logs import log_failure
from learnchat.learning.judging.judge import Judge, Judgement, NoJudgement
from learnchat.learning.judging.memory import forget_old
from learnchat.learning.judging.second_reader import admitted, is_uncertain
from learnchat.learning.judging.session import Due, JudgedSession
from learnchat.learning.proposal import JUDGE
from learnchat.learning.transcripts.session import list_sessions
from learnchat.learning.transcripts.tail import format_named, read_tail

if TYPE_CHECKING:
    from pathlib import Path

    from learnchat.app.locations import Locations
    from learnchat.learning.hearing.watcher import Observation
    from learnchat.learning.proposal import Proposal

AFTER_SECONDS = 1.5
"""A reading begins so long after a reply has ended: whoever goes on at once is served first."""

OLD_SESSIONS = 3
"""So many earlier sessions are read to their end when the chat opens. Who opens it more often has read them."""

OLD = timedelta(days=1)
"""What is older is not read any more: its memory is gone."""

_Readings = list[tuple[str, Due]]


def _judged(parts: Parts, session: str) -> JudgedSession:
    heard = {each.source.message for each in parts.profiles.inbox.all() if each.detector != JUDGE}
    return JudgedSession(parts.profiles, parts.data.judged, session, lambda message: message in heard, parts.clock)


def _due_in(parts: Parts, session: str, path: Path, *, ended: bool) -> _Readings:
    utterances = read_tail(path, format_named("learnchat"))
    return [(session, due) for due in _judged(parts, session).due(utterances, ended=ended)]


def _due_now(parts: Parts) -> _Readings:
    """In the engine's thread: what is to be read of the conversation that goes on."""
    transcript = parts.transcript
    if parts.temporary or not transcript.path.exists():
        return []
    return _due_in(parts, transcript.session, transcript.path, ended=False)


def _left_over(parts: Parts) -> _Readings:
    """In the engine's thread: what was not read of earlier conversations, because the program was closed or killed."""
    if parts.temporary:
        return []
    forget_old(parts.data.judged, parts.clock)
    found: _Readings = []
    since = parts.clock.now() - OLD
    old = [each for each in list_sessions(parts.data.sessions) if each.session != parts.transcript.session]
    for each in old[:OLD_SESSIONS]:
        if each.path.stat().st_mtime >= since.timestamp():
            found += _due_in(parts, each.session, each.path, ended=True)
    return found


def _file(parts: Parts, session: str, due: Due, judgement: Judgement) -> Sequence[Proposal]:
    return _judged(parts, session).file(due, judgement).proposals


class Following:
    """The judge of a chat.

    Args:
        engine: where transcripts are read and proposals are filed.
        locations: the user's directories.
        chat_model: gives the name of the model that the user talks to now.
        propose: is given what came of the conversation that goes on, in the inbox already.
        changed: is called when something else came into the inbox.
    """

    def __init__(
        self,
        engine: Engine,
        locations: Locations,
        chat_model: Callable[[], str],
        propose: Callable[[Sequence[Proposal]], None],
        changed: Callable[[], None],
    ) -> None:
        self.judging: Judging | None = None
        """None until it is open."""
        self.has_model = False
        """Whether a model may be asked; as of the last reading."""
        self._engine = engine
        self._locations = locations
        self._chat_model = chat_model
        self._propose = propose
        self._changed = changed
        self._turn = asyncio.Lock()
        self._asked: asyncio.Future[Judgement | None] | None = None
        self._waits = False
        self._is_local = False

    @property
    def busy(self) -> bool:
        """Whether something is being read, or about to be."""
        return self._waits or self._turn.locked()

    async def open(self) -> Judging:
        """Make the judge as configured; nobody is asked yet."""
        if self.judging is None:
            self.judging = await self._engine.call(
                lambda parts: open_judging(self._locations, parts.configuration.judge, parts.clock, self._chat_model())
            )
            await self.look()
        return self.judging

    async def look(self) -> None:
        """See anew which models may be asked."""
        if self.judging is not None:
            self.judging.finder.chat_model = self._chat_model()
            found = await asyncio.to_thread(self.judging.finder.allowed)
            self.has_model = bool(found)
            self._is_local = bool(found) and not found[0].remote

    def step_aside(self) -> None:
        """The user has sent a message. Where a model of this machine judges, it lets the chat have the machine: what it
        was reading is read after the next reply."""
        if self._asked is not None and self._is_local:
            self._asked.cancel()

    async def read_on(self) -> None:
        """Read what is new, once the user has had time to go on. A call while another waits does nothing."""
        if self._waits:
            return
        self._waits = True
        try:
            await asyncio.sleep(AFTER_SECONDS)
            await self._turn.acquire()
        finally:
            self._waits = False
        try:
            await self._read(_due_now, self._propose)
        finally:
            self._turn.release()

    async def catch_up(self) -> None:
        """Read earlier conversations to their end: what comes of them waits in the inbox."""
        await asyncio.sleep(AFTER_SECONDS)
        async with self._turn:
            await self._read(_left_over, lambda proposals: self._changed())

    async def admitted(self, observation: Observation, text: str) -> list[Proposal]:
        """What of an observation is to be asked now: all but what the judge would rather not, in time."""
        if self.judging is None or not self.doubtful(observation):
            return list(observation.proposals)
        deadline = self.judging.settings.deadline
        try:
            return await admitted(
                self.judging.chain, observation.proposals, observation.analysis.threshold, text, deadline
            )
        except Exception as error:
            log_failure(error)
            return list(observation.proposals)

    def doubtful(self, observation: Observation) -> bool:
        """Whether somebody is there to be asked about what the gate is not sure of."""
        if self.judging is None or not self.has_model or not self.judging.settings.deadline:
            return False
        return any(is_uncertain(each, observation.analysis.threshold) for each in observation.proposals)

    async def _read(self, due: Callable[[Parts], _Readings], found: Callable[[Sequence[Proposal]], None]) -> None:
        """Have everything read that is due. What fails is noted in the log, and due again another time."""
        try:
            judging = await self.open()
            await self.look()
            if judging.finder.is_off:
                return
            for session, each in await self._engine.call(due):
                self._asked = asyncio.ensure_future(_judgement(judging.chain, each))
                await asyncio.wait([self._asked])
                if self._asked.cancelled():
                    return
                judgement = self._asked.result()
                if judgement is None:
                    continue
                proposals = await self._engine.call(_file, session, each, judgement)
                if proposals:
                    found(proposals)
        except Exception as error:
            log_failure(error)
        finally:
            if self._asked is not None:
                # The chat closes: hang up.
                self._asked.cancel()
            self._asked = None


async def _judgement(judge: Judge, due: Due) -> Judgement | None:
    try:
        return await judge.read(due.reading)
    except NoJudgement:
        return None
