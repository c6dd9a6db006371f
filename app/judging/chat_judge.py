"""Who judges in a chat, as of the last look, and what they would rather not have asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from learnchat.app.judging.opening import Judging, open_judging
from learnchat.app.logs import log_failure
from learnchat.learning.judging.second_reader import admitted, is_uncertain

if TYPE_CHECKING:
    from learnchat.app.locations import Locations
    from learnchat.app.parts import Parts
    from learnchat.learning.hearing.watcher import Observation
    from learnchat.learning.proposal import Proposal

HELD_BACK = "the judge would rather not ask"
"""Why something that was heard went to the inbox unasked."""

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")


class Calls(Protocol):
    """Runs functions on the engine's parts, in the engine's thread; an `Engine` does."""

    async def call(
        self,
        function: Callable[Concatenate[Parts, Arguments], Result],
        *arguments: Arguments.args,
        **keywords: Arguments.kwargs,
    ) -> Result: ...


class ChatJudge:
    """The judge of a chat.

    Args:
        engine: where the configuration is.
        locations: the user's directories.
        chat_model: gives the name of the model that the user talks to now.
    """

    def __init__(self, engine: Calls, locations: Locations, chat_model: Callable[[], str]) -> None:
        self.judging: Judging | None = None
        """None until it is open."""
        self.has_model = False
        """Whether a model may be asked; as of the last look."""
        self.is_local = False
        """Whether the first of them runs on this machine."""
        self._engine = engine
        self._locations = locations
        self._chat_model = chat_model

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
            self.is_local = bool(found) and not found[0].remote

    def doubtful(self, observation: Observation) -> bool:
        """Whether somebody is there to be asked about what the gate is not sure of."""
        if self.judging is None or not self.has_model or not self.judging.settings.deadline:
            return False
        return any(is_uncertain(each, observation.analysis.threshold) for each in observation.proposals)

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
