"""`/judge` in the plain chat: who reads along, whether a service may, and for how much."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from learnchat.app.plain.confirming import Confirmation
from learnchat.app.plain.wrapping import say

if TYPE_CHECKING:
    from learnchat.app.judging.candidates import Candidate
    from learnchat.app.judging.opening import Judging
    from learnchat.app.plain.chat import PlainChat


async def judge(chat: PlainChat, argument: str) -> None:
    """Carry it out.

    Raises:
        OSError: what was said can't be written down.
    """
    judging = await chat.judging.open()
    choice = argument.lower() or "status"
    if choice == "status":
        await _tell(judging)
    elif choice == "off":
        await asyncio.to_thread(judging.consent.switch, off=True)
        say("The judge is off: nobody reads along. /judge on switches it on.")
    elif choice == "on":
        await _switch_on(chat, judging)
    else:
        say(f"/judge does not know “{argument}”. It takes on, off or status.")


async def _tell(judging: Judging) -> None:
    from learnchat.app.judging.telling import status

    for line in await asyncio.to_thread(status, judging):
        say(line)


async def _switch_on(chat: PlainChat, judging: Judging) -> None:
    if not judging.settings.enabled:
        say("The judge is off in the configuration. judge.enabled = true lets it read along.")
        return
    await asyncio.to_thread(judging.consent.switch, off=False)
    await chat.judging.look()
    found = await asyncio.to_thread(judging.finder.find)
    if found.to_ask_for is None:
        await _tell(judging)
    else:
        await _ask(chat, judging, found.to_ask_for)


async def _ask(chat: PlainChat, judging: Judging, candidate: Candidate) -> None:
    """Once for a service: it would be given the conversation, and paid for it."""
    from learnchat.app.judging.telling import price_sentence

    async def allow() -> None:
        await asyncio.to_thread(judging.consent.allow, candidate.provider)
        await chat.judging.look()
        await _tell(judging)

    price = await asyncio.to_thread(price_sentence, candidate, judging.ledger)
    say(f"{candidate.name} would be given what is said. {price}")
    chat.confirmation = Confirmation(
        "Let it read along? y or n: ", allow, "No service reads along. /judge on asks again."
    )
