"""The insights that went with the replies: the chips below each, and the way from a chip to its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.app.given import find_given
from learnchat.app.went_along import NOTHING, WentAlong
from learnchat.learning.errors import LearnchatError
from learnchat.widgets.chips import FOUND, KNEW, MOST, chips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnchat.app.chat_session import Received
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.learning.transcripts.session import Utterance
    from learnchat.widgets.reply import Reply


class GivenInsights:
    """What went with each reply of the conversation.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._along = WentAlong()

    def begin_again(self) -> None:
        """Another conversation begins."""
        self._along = WentAlong()

    def take_up(self, said: Sequence[Utterance]) -> None:
        """A conversation is gone on with."""
        self._along = WentAlong()
        self._along.take_up(said)

    def asked(self, received: Received) -> None:
        """A message was received: its reply is the next one."""
        self._along.asked(received)

    async def name(self, reply: Reply) -> None:
        """Say below a reply that has just come what went with it. Where that fails, the reply stands."""
        given = self._along.replied(self._screen.session)
        if given is None or not given.told:
            return
        number = len(self._along.replies) - 1
        try:
            named = await self._screen.engine.call(lambda parts: find_given(parts, given.telling)[:MOST])
        except (LearnchatError, OSError):
            return
        verb = FOUND if given.searched else KNEW
        reply.chips(chips([each.statement for each in named], number, len(given.told), verb))

    async def show(self, number: int = -1, place: int = 0) -> None:
        """Open the list of what went with a reply.

        Args:
            number: the reply's; the last one by default.
            place: of the insight to open at.
        """
        from learnchat.app.screens.why import WhyScreen

        screen = self._screen
        if not self._along.replies:
            screen.tell(NOTHING)
            return
        found = self._along.replies[number]
        await screen.app.push_screen_wait(WhyScreen(screen.engine, screen.asking, found, chosen=place))
        screen.memory_changed()
