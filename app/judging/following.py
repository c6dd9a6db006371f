"""Has the judge read along with the chat: after each exchange, in the background, one reading at a time.

A proposal is in the inbox before anybody is told of it. The chat waits for none of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from learnchat.app.judging.chat_judge import Calls, ChatJudge
from learnchat.app.judging.readings import due_now, file, left_over
from learnchat.app.logs import log_failure
from learnchat.learning.judging.judge import Judge, Judgement, NoJudgement

if TYPE_CHECKING:
    from learnchat.app.locations import Locations
    from learnchat.app.parts import Parts
    from learnchat.learning.judging.session import Due
    from learnchat.learning.proposal import Proposal

AFTER_SECONDS = 1.5
"""A reading begins so long after a reply has ended: whoever goes on at once is served first."""


class Following(ChatJudge):
    """The judge of a chat, reading along.

    Args:
        engine: where transcripts are read and proposals are filed.
        locations: the user's directories.
        chat_model: gives the name of the model that the user talks to now.
        propose: is given what came of the conversation that goes on, in the inbox already.
        changed: is called when something else came into the inbox.
    """

    def __init__(
        self,
        engine: Calls,
        locations: Locations,
        chat_model: Callable[[], str],
        propose: Callable[[Sequence[Proposal]], None],
        changed: Callable[[], None],
    ) -> None:
        super().__init__(engine, locations, chat_model)
        self._propose = propose
        self._changed = changed
        self._turn = asyncio.Lock()
        self._asked: asyncio.Future[Judgement | None] | None = None
        self._waits = False

    @property
    def busy(self) -> bool:
        """Whether something is being read, or about to be."""
        return self._waits or self._turn.locked()

    def step_aside(self) -> None:
        """The user has sent a message. Where a model of this machine judges, it lets the chat have the machine: what it
        was reading is read after the next reply."""
        if self._asked is not None and self.is_local:
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
            await self._read(due_now, self._propose)
        finally:
            self._turn.release()

    async def catch_up(self) -> None:
        """Read earlier conversations to their end: what comes of them waits in the inbox."""
        await asyncio.sleep(AFTER_SECONDS)
        async with self._turn:
            await self._read(left_over, lambda proposals: self._changed())

    async def _read(self, due: Callable[[Parts], list[Due]], found: Callable[[Sequence[Proposal]], None]) -> None:
        """Have everything read that is due. What fails is noted in the log, and due again another time."""
        try:
            judging = await self.open()
            await self.look()
            if judging.finder.is_off:
                return
            for each in await self._engine.call(due):
                self._asked = asyncio.ensure_future(_judgement(judging.chain, each))
                await asyncio.wait([self._asked])
                if self._asked.cancelled():
                    return
                judgement = self._asked.result()
                if judgement is None:
                    continue
                proposals = await self._engine.call(file, each, judgement)
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
