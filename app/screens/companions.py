"""What works beside the chat screen.

Each is made, and its module imported, when it is first asked for, so that none of them delays the first paint.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from learnchat.app.screens.asides import Asides
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.app.screens.given import GivenInsights
    from learnchat.app.screens.judging import ScreenJudging
    from learnchat.app.screens.past import Past
    from learnchat.app.screens.prompting import Prompting
    from learnchat.app.screens.revising import Revising
    from learnchat.app.screens.slash.commands import ChatCommands


class Companions:
    """The chat screen's companions, by their names."""

    @property
    def _chat(self) -> ChatScreen:
        return cast("ChatScreen", self)

    @cached_property
    def prompting(self) -> Prompting:
        """What stands around the prompt; imported after the first paint."""
        from learnchat.app.screens.prompting import Prompting

        return Prompting(self._chat)

    @cached_property
    def given(self) -> GivenInsights:
        """What went with the replies; imported with the first of them."""
        from learnchat.app.screens.given import GivenInsights

        return GivenInsights(self._chat)

    @cached_property
    def judging(self) -> ScreenJudging:
        """The model that reads along; imported after the first paint."""
        from learnchat.app.screens.judging import ScreenJudging

        return ScreenJudging(self._chat)

    @cached_property
    def past(self) -> Past:
        """What was said before; imported when it is drawn."""
        from learnchat.app.screens.past import Past

        return Past(self._chat)

    @cached_property
    def revising(self) -> Revising:
        """The message that is being written anew; imported when it is first asked about."""
        from learnchat.app.screens.revising import Revising

        return Revising(self._chat)

    @cached_property
    def asides(self) -> Asides:
        """What is done beside the conversation; imported when it is first asked about."""
        from learnchat.app.screens.asides import Asides

        return Asides(self._chat)

    @property
    def commands(self) -> ChatCommands:
        """What the slash commands do; imported with the engine, after the first paint."""
        from learnchat.app.screens.slash.commands import ChatCommands

        return ChatCommands(self._chat)
