"""The insights that went with the replies: the chips below each, and the way from a chip to its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.app.given import count_use, find_given
from learnchat.learning.errors import LearnchatError
from learnchat.widgets.chips import MOST, chips

if TYPE_CHECKING:
    from learnchat.app.chat_session import Received
    from learnchat.app.engine import Parts
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.learning.profile.insight import Insight
    from learnchat.widgets.reply import Reply

NOTHING = "Nothing was given: no reply has come yet, or nothing is known."


@dataclass(frozen=True, slots=True)
class Given:
    """What went with one reply: ids, the most telling first."""

    ids: tuple[str, ...]
    used: frozenset[str]
    bearing: frozenset[str]


def _count(
    parts: Parts, ids: tuple[str, ...], bearing: tuple[str, ...], question: str, reply: str
) -> tuple[Given, list[Insight]]:
    """In the engine's thread: count what went with a reply; also what is named below it."""
    used = count_use(parts, ids, question, reply)
    telling = [*used, *(each for each in bearing if each in ids)]
    ordered = tuple(dict.fromkeys((*telling, *ids)))
    return Given(ordered, frozenset(used), frozenset(bearing)), find_given(parts, telling)[:MOST]


class GivenInsights:
    """What went with each reply of the conversation.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._replies: list[Given] = []
        self._message = ""
        self._bearing: tuple[str, ...] = ()

    def asked(self, received: Received) -> None:
        """A message was received: its reply is the next one."""
        self._message, self._bearing = received.text, received.recalled.ids

    async def name(self, reply: Reply) -> None:
        """Say below a reply that has just come what went with it, and count it. Where that fails, the reply stands."""
        ids = self._screen.session.given
        if not ids:
            return
        try:
            found, named = await self._screen.engine.call(_count, ids, self._bearing, self._message, reply.source)
        except (LearnchatError, OSError):
            return
        self._replies.append(found)
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
        await screen.app.push_screen_wait(
            WhyScreen(screen.engine, screen.asking, found.ids, used=found.used, bearing=found.bearing, chosen=place)
        )
        screen.memory_changed()
