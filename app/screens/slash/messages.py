"""Slash commands on single messages: say one anew, ask for another reply, go on with one."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from learnchat.app.models.model import TextPiece
from learnchat.app.screens.slash.handlers import Handlers

if TYPE_CHECKING:
    from learnchat.app.models.model import Event


class MessageCommands(Handlers):
    """Edit, ask again, look at another variant, continue."""

    async def command_edit(self, argument: str) -> None:
        if self._is_replying() or (number := self._number(argument, "/edit")) is None:
            return
        asked = [said for said in self._screen.session.path if said.role == "user"]
        if number > len(asked):
            self._screen.tell("There is no such message here.", f"You sent {len(asked)} in this conversation.")
        else:
            self._screen.revising.begin(asked[-number])

    async def command_retry(self, argument: str) -> None:
        from learnchat.app.screens.secret import may_send

        screen = self._screen
        if self._is_replying() or not await may_send(screen):
            return
        path = screen.session.path
        if not any(said.role == "user" for said in path):
            screen.tell("There is nothing to send again yet.")
            return
        again = path[-1].role == "assistant"
        if again:
            await screen.past.show(without_last=True)
        await screen.replies.show(screen.session.retry())
        if again and screen.session.path:
            self._say_which(screen.session.path[-1].id)

    async def command_variant(self, argument: str) -> None:
        if self._is_replying():
            return
        screen, branches = self._screen, self._screen.session.branches
        places = [said for said in screen.session.path if branches.place(said.id).of > 1]
        if not places:
            screen.tell("There is only one of everything here.", "/retry asks for another reply, /edit says one anew.")
            return
        last = places[-1].id
        variants, place = branches.variants(last), branches.place(last)
        if argument and argument not in map(str, range(1, len(variants) + 1)):
            screen.tell(f"There are {len(variants)} variants.", f"/variant takes 1 to {len(variants)}, or nothing.")
            return
        chosen = variants[int(argument) - 1 if argument else place.number % len(variants)]
        branches.choose(chosen)
        await screen.session.choose(branches.tip)
        await screen.past.show()
        self._say_which(chosen)

    def _say_which(self, id: str) -> None:
        """Say which of several variants is seen now."""
        place = self._screen.session.branches.place(id)
        if place.of > 1:
            key = self._screen.asking.shown("chat.variant")
            what = "reply" if self._screen.session.branches[id].role == "assistant" else "message"
            self._screen.show_hint(f"Variant {place.number} of {place.of} of this {what} · {key} shows the next")

    async def command_continue(self, argument: str) -> None:
        from learnchat.app.screens.secret import may_send

        screen = self._screen
        if self._is_replying() or not await may_send(screen):
            return
        path = screen.session.path
        if not path or path[-1].role == "user":
            screen.tell("There is no reply to go on with.", "/retry sends your last message again." if path else "")
            return
        await screen.past.show(without_last=True)
        await screen.replies.show(_behind(path[-1].text, screen.session.go_on()))


async def _behind(text: str, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
    """Events behind the text that is there already, so that both are drawn as one reply."""
    yield TextPiece(text)
    async with aclosing(events) as stream:
        async for event in stream:
            yield event
