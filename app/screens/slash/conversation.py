"""Slash commands on the conversation itself."""

from __future__ import annotations

import asyncio

from learnchat.app.compacting import COMPACTED, NOTHING_TO_TAKE_BACK, TAKEN_BACK, cannot_compact
from learnchat.app.screens.slash.handlers import Handlers


class ConversationCommands(Handlers):
    """Begin anew, leave."""

    async def command_fold(self, argument: str) -> None:
        from learnchat.widgets.folding import fold, viewed

        choice, conversation = argument.lower(), self._screen.conversation
        if not choice:
            self._screen.action_fold()
        elif choice in ("all", "none"):
            long = [each for each in viewed(conversation) if each.long]
            fold(conversation, long, choice == "all")
            if not long:
                self._screen.tell("No message here is long enough to be folded.")
        else:
            self._screen.tell("/fold takes nothing, all, or none.")

    async def command_thoughts(self, argument: str) -> None:
        from learnchat.widgets.folding import show_thoughts

        if show_thoughts(self._screen.conversation) is None:
            self._screen.tell("No model here has thought aloud.")

    async def command_compact(self, argument: str) -> None:
        from learnchat.app.screens.secret import may_send

        session = self._screen.session
        if argument.lower() == "undo":
            self._screen.tell(TAKEN_BACK if await session.take_back_summary() else NOTHING_TO_TAKE_BACK)
        elif objection := cannot_compact(session, argument):
            self._screen.tell(objection)
        elif await may_send(self._screen):
            count = len(session.compactions)
            await self._screen.replies.show(session.compact())
            if len(session.compactions) > count:
                self._screen.tell(COMPACTED)

    async def command_new(self, argument: str) -> None:
        # All of it is begun before anything is waited for: a message typed right after belongs to the new one. What
        # came before was stopped when the command was typed.
        self._screen.session.begin_again()
        self._screen.given.begin_again()
        self._screen.observation = None
        self._screen.show_state("")
        begun = asyncio.ensure_future(self._screen.engine.call(lambda parts: parts.begin_session()))
        await self._screen.conversation.clear()
        await begun
        self._screen.memory_changed()
        # In the background, the conversation that ended is read to its end.
        self._screen.judging.opened()

    async def command_quit(self, argument: str) -> None:
        self._screen.leaving.leave()
