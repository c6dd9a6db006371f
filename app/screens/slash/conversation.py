"""Slash commands on the conversation itself."""

from __future__ import annotations

import asyncio

from learnchat.app.screens.slash.handlers import Handlers


class ConversationCommands(Handlers):
    """Ask again, begin anew, leave."""

    async def command_retry(self, argument: str) -> None:
        from learnchat.app.screens.secret import may_send

        if await may_send(self._screen):
            await self._screen.replies.show(self._screen.session.retry())

    async def command_new(self, argument: str) -> None:
        # All of it is begun before anything is waited for: a message typed right after belongs to the new one.
        self._screen.action_stop()
        self._screen.session.begin_again()
        self._screen.observation = None
        begun = asyncio.ensure_future(self._screen.engine.call(lambda parts: parts.begin_session()))
        await self._screen.conversation.clear()
        await begun
        self._screen.memory_changed()

    async def command_quit(self, argument: str) -> None:
        self._screen.leaving.leave()
