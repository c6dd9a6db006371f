"""The judge on the chat screen: when it reads, and what it may hold back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from learnchat.app.judging.chat_judge import HELD_BACK
from learnchat.app.judging.following import Following

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.learning.hearing.watcher import Observation
    from learnchat.learning.proposal import Proposal


class ScreenJudging:
    """Between the chat screen and the judge.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self.following = Following(
            screen.engine,
            screen.learnchat.locations,
            lambda: screen.session.model.name,
            self._propose,
            screen.memory_changed,
        )

    def opened(self) -> None:
        """A conversation begins: in the background, read what was left of earlier ones."""
        self._screen.start(self.following.catch_up())

    def sending(self) -> None:
        """A message is on its way: a judge of this machine waits."""
        self.following.step_aside()

    def exchanged(self) -> None:
        """A reply has ended: in the background, read what was said."""
        self._screen.start(self.following.read_on())

    def ask(self, observation: Observation, text: str) -> None:
        """Ask about what was heard; where the gate is not sure, the judge is heard first, for two seconds at most."""
        if self.following.doubtful(observation):
            self._screen.start(self._ask(observation, text))
        else:
            self._screen.asking.propose(observation.proposals)

    async def _ask(self, observation: Observation, text: str) -> None:
        asked = await self.following.admitted(observation, text)
        if asked:
            self._screen.asking.propose(asked)
        else:
            self._screen.missed(HELD_BACK)

    def _propose(self, proposals: Sequence[Proposal]) -> None:
        self._screen.asking.propose(proposals)
        self._screen.memory_changed()
