"""The judge of the plain chat: it reads while the user types, and is heard at the end of a turn.

Waiting for a line holds the chat's event loop up, so the judge has a loop of its own, in a thread.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from learnchat.app.judging.following import Following

if TYPE_CHECKING:
    from learnchat.app.engine import Engine
    from learnchat.app.judging.opening import Judging
    from learnchat.app.parts import Parts
    from learnchat.app.plain.talk import Talk
    from learnchat.learning.hearing.watcher import Observation
    from learnchat.learning.proposal import Proposal

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")

# For hanging up. What takes longer is left behind: the thread is a daemon.
_CLOSING_SECONDS = 1.0


class PlainJudging:
    """Between the plain chat and the judge.

    Args:
        talk: the conversation.
    """

    def __init__(self, talk: Talk) -> None:
        self.following = Following(
            _FromAfar(talk.engine),
            talk.locations,
            lambda: talk.session.model.name,
            self._propose,
            self._changed,
        )
        self._inbox_grew = False
        self._found: deque[Proposal] = deque()
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._serve, name="judge", daemon=True)
        self._thread.start()

    def opened(self) -> None:
        """A conversation begins: in the background, read what was left of earlier ones."""
        self._start(self.following.catch_up())

    def sending(self) -> None:
        """A message is on its way: a judge of this machine waits."""
        self._loop.call_soon_threadsafe(self.following.step_aside)

    def exchanged(self) -> None:
        """A reply has ended: in the background, read what was said."""
        self._start(self.following.read_on())

    async def open(self) -> Judging:
        """The judge as configured; nobody is asked yet."""
        return await self._there(self.following.open())

    async def look(self) -> None:
        """See anew which models may be asked."""
        await self._there(self.following.look())

    async def admitted(self, observation: Observation | None, text: str) -> list[Proposal]:
        """What of an observation is to be asked now; the judge has two seconds to say that something is not."""
        if observation is None:
            return []
        if not self.following.doubtful(observation):
            return list(observation.proposals)
        return await self._there(self.following.admitted(observation, text))

    def found(self) -> list[Proposal]:
        """What the judge has proposed since the last time; in the inbox already."""
        return [self._found.popleft() for _ in range(len(self._found))]

    def has_read_earlier_ones(self) -> bool:
        """Whether something of an earlier conversation came into the inbox since the last time."""
        grew, self._inbox_grew = self._inbox_grew, False
        return grew

    def close(self) -> None:
        """Hang up. What was not read is read at the next start."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_CLOSING_SECONDS)

    def _propose(self, proposals: Sequence[Proposal]) -> None:
        self._found.extend(proposals)

    def _changed(self) -> None:
        self._inbox_grew = True

    async def _there(self, work: Coroutine[Any, Any, Result]) -> Result:
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._loop.call_soon_threadsafe(self._begin, work)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _serve(self) -> None:
        """In the thread."""
        self._loop.run_forever()
        self._loop.run_until_complete(self._hang_up())
        self._loop.close()

    async def _hang_up(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class _FromAfar:
    """The engine, called from another event loop than the chat's."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def call(
        self,
        function: Callable[Concatenate[Parts, Arguments], Result],
        *arguments: Arguments.args,
        **keywords: Arguments.kwargs,
    ) -> Result:
        return await asyncio.to_thread(lambda: self._engine.call_now(function, *arguments, **keywords))
