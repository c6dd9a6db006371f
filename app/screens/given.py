"""The insights that went with the replies: the chips below each, and the way from a chip to its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.app.given import find_given
from learnchat.learning.errors import LearnchatError
from learnchat.widgets.chips import MOST, chips

if TYPE_CHECKING:
    from learnchat.app.chat_session import Received
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.widgets.reply import Reply

NOTHING = "Nothing was given to a reply since this conversation was opened here."


@dataclass(frozen=True, slots=True)
class Given:
    """What went with one reply: ids, the most telling first."""

    ids: tuple[str, ...]
    used: frozenset[str]
    bearing: frozenset[str]
    """What bears on the message."""
    earlier: frozenset[str]
    """What bore on an earlier one, and still goes along."""


class GivenInsights:
    """What went with each reply of the conversation.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._replies: list[Given] = []
        self._bearing: tuple[str, ...] = ()
        self._earlier: set[str] = set()

    def asked(self, received: Received) -> None:
        """A message was received: its reply is the next one."""
        self._earlier.update(self._bearing)
        self._bearing = received.recalled.ids

    async def name(self, reply: Reply) -> None:
        """Say below a reply that has just come what went with it. Where that fails, the reply stands."""
        ids, used = self._screen.session.given, self._screen.session.used
        if not ids:
            return
        telling = [*used, *(each for each in self._bearing if each in ids)]
        try:
            named = await self._screen.engine.call(lambda parts: find_given(parts, telling)[:MOST])
        except (LearnchatError, OSError):
            return
        ordered, earlier = tuple(dict.fromkeys((*telling, *ids))), frozenset(self._earlier)
        self._replies.append(Given(ordered, frozenset(used), frozenset(self._bearing), earlier))
        reply.chips(chips([each.statement for each in named], len(self._replies) - 1, len(ids)))

    async def show(self, number: int = -1, place: int = 0) -> None:
        """Open the list of what went with a reply.

        Args:
            number: the reply's; the last one by default.
            place: of the insight to open at.
        """
        from learnchat.app.screens.why import WhyScreen

        screen = self._screen
        if not self._replies:
            screen.say(NOTHING)
            return
        found = self._replies[number]
        await screen.app.push_screen_wait(WhyScreen(screen.engine, screen.asking, found, chosen=place))
        screen.memory_changed()
