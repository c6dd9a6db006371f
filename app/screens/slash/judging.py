"""`/judge`: the model that reads along."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from learnchat.app.screens.slash.handlers import Handlers

if TYPE_CHECKING:
    from learnchat.app.judging.candidates import Candidate
    from learnchat.app.judging.opening import Judging


class JudgeCommands(Handlers):
    """Whether somebody reads along, who, and for how much."""

    async def command_judge(self, argument: str) -> None:
        judging = await self._screen.judging.following.open()
        choice = argument.lower() or "status"
        if choice == "status":
            await self._tell(judging)
        elif choice == "off":
            await asyncio.to_thread(judging.consent.switch, off=True)
            self._screen.tell("The judge is off: nobody reads along.", "/judge on switches it on.")
        elif choice == "on":
            await self._switch_on(judging)
        else:
            self._screen.tell(f"/judge does not know “{argument}”.", "It takes on, off or status.")

    async def _tell(self, judging: Judging) -> None:
        from learnchat.app.judging.telling import status

        self._screen.tell("\n".join(await asyncio.to_thread(status, judging)))

    async def _switch_on(self, judging: Judging) -> None:
        if not judging.settings.enabled:
            self._screen.tell("The judge is off in the configuration.", "judge.enabled = true lets it read along.")
            return
        await asyncio.to_thread(judging.consent.switch, off=False)
        judging.finder.chat_model = self._screen.session.model.name
        found = await asyncio.to_thread(judging.finder.find)
        if found.to_ask_for is None:
            await self._tell(judging)
            await self._screen.judging.following.look()
            return
        await self._ask(judging, found.to_ask_for)

    async def _ask(self, judging: Judging, candidate: Candidate) -> None:
        """Once for a service: it would be given the conversation, and paid for it."""
        from learnchat.app.judging.telling import price_sentence
        from learnchat.app.screens.offers import judge_offer

        async def answered(yes: bool | None) -> None:
            if not yes:
                self._screen.tell("No service reads along.", "/judge on asks again.")
                return
            await asyncio.to_thread(judging.consent.allow, candidate.provider)
            await self._tell(judging)
            await self._screen.judging.following.look()

        price = await asyncio.to_thread(price_sentence, candidate, judging.ledger)
        self._screen.asker.offer(judge_offer(candidate.name, price, self._screen.asking.shown, answered))
