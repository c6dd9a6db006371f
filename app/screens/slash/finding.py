"""Slash commands that find: insights, messages, and guidance before a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.app.screens.slash.handlers import Handlers

if TYPE_CHECKING:
    from learnchat.app.screens.session import Spot


class FindingCommands(Handlers):
    """Recall, search, guide."""

    async def command_recall(self, argument: str) -> None:
        from learnchat.app.screens.finding import RecallScreen

        await self._go_on(await self._screen.app.push_screen_wait(RecallScreen(self._screen.engine, argument)))

    async def command_search(self, argument: str) -> None:
        from learnchat.app.screens.finding import SearchScreen

        await self._go_on(await self._screen.app.push_screen_wait(SearchScreen(self._screen.engine, argument)))

    async def _go_on(self, spot: Spot | None) -> None:
        """With the conversation that was found, at the message."""
        if spot is not None and not self._is_replying():
            await self._screen.past.go_to(spot.file, spot.message)

    async def command_guide(self, argument: str) -> None:
        if not argument:
            self._screen.tell("What are you about to do?", "/guide fix the rounding in the checkout")
            return
        from learnchat.app.guiding import in_words

        self._screen.tell(
            in_words(await self._screen.engine.call(lambda parts: parts.finder.guide(argument)), argument)
        )
