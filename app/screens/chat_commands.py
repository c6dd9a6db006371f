"""What the slash commands do."""

from __future__ import annotations

import asyncio
import os
import textwrap
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from learnchat.app.keymap import KEYS
from learnchat.app.slash_commands import SLASH_COMMANDS
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line

# What a note takes of the conversation's width beside its text.
HELP_MARGIN = 6

if TYPE_CHECKING:
    from learnchat.app.models.choice import Offer
    from learnchat.app.screens.chat import ChatScreen


class ChatCommands:
    """The commands of the chat screen. One method each, `command_<name>`, taking the argument as it was typed."""

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen

    async def run(self, name: str, argument: str) -> None:
        """Carry out a command of the table."""
        command: Callable[[str], Awaitable[None]] = getattr(self, f"command_{name.replace('-', '_')}")
        await command(argument)

    async def command_help(self, argument: str) -> None:
        keys_of = self._screen.learnchat.keys_of
        width = self._screen.conversation.content_size.width - HELP_MARGIN
        self._screen.say(
            "Whatever lasts is asked about once; what you confirm is known in every later conversation.\n\n"
            + _columns([(f"/{each.name} {each.argument}", each.summary) for each in SLASH_COMMANDS], width)
            + "\n\n"
            + _columns([(", ".join(keys_of(key.id)), key.description) for key in KEYS], width)
        )

    async def command_remember(self, argument: str) -> None:
        if not argument:
            self._screen.say("What shall be remembered?", "/remember we use uv, not pip")
            return
        await self._screen.asking.decide(lambda parts: parts.profiles.remember(argument))

    async def command_insights(self, argument: str) -> None:
        from learnchat.app.screens.insights import InsightsScreen

        insights = await self._screen.engine.call(lambda parts: parts.profiles.insights())
        forgotten = await self._screen.app.push_screen_wait(InsightsScreen(insights))
        if forgotten is not None:
            from learnchat.learning.profile.insight import Means

            await self._screen.asking.decide(lambda parts: parts.profiles.forget(forgotten, Means.COMMAND))

    async def command_inbox(self, argument: str) -> None:
        from learnchat.app.screens.inbox import InboxScreen

        await self._screen.app.push_screen_wait(InboxScreen(self._screen.engine, self._screen.asking))
        self._screen.memory_changed()

    async def command_review(self, argument: str) -> None:
        from learnchat.app.screens.review import ReviewScreen

        await self._screen.app.push_screen_wait(ReviewScreen(self._screen.engine, self._screen.asking))
        self._screen.memory_changed()

    async def command_undo(self, argument: str) -> None:
        self._screen.action_undo()

    async def command_quiet(self, argument: str) -> None:
        choice = argument.lower() or "session"
        if choice not in ("session", "1h", "project", "off"):
            self._screen.say(f"/quiet does not know “{argument}”.", "It takes session, 1h, project or off.")
            return
        sentence = await self._screen.engine.call(lambda parts: parts.quiet.set(choice))
        if choice != "off":
            self._screen.asker.withdraw()
        self._screen.say(sentence)
        self._screen.memory_changed()

    async def command_why_not(self, argument: str) -> None:
        observation = self._screen.observation
        if observation is None:
            self._screen.say("You have not said anything yet.")
            return
        missed = self._screen.missed_because
        fate = f"not asked, it waits in the inbox: {missed}" if missed else "asked, or about to be"
        lines = [f"“{one_line(each.statement)}” · {each.kind.label} · {fate}" for each in observation.proposals]
        lines += [
            f"“{one_line(remark.quote)}” · {remark.kind.label if remark.kind else 'not heard'} · {remark.reason}"
            for remark in observation.remarks
            if remark.quote
        ]
        if observation.analysis.secrets:
            lines.append("It holds a secret: nothing of such a message is asked about.")
        self._screen.say(
            "\n".join(lines) or "Nothing in your last message was heard as something that will still matter."
        )

    async def command_share(self, argument: str) -> None:
        choice = argument.lower()
        if choice == "on":
            sentence = await self._screen.engine.call(lambda parts: parts.profiles.share("on"))
        elif choice == "off":
            sentence = await self._screen.engine.call(lambda parts: parts.profiles.share("off"))
        else:
            sentence = "/share takes on or off: share .learnchat/ with the repository, or keep it private."
        self._screen.say(sentence)

    async def command_model(self, argument: str) -> None:
        if not argument:
            await self._list_models()
            return
        try:
            self._screen.say(await self._screen.learnchat.change_model(argument))
        except LearnchatError as error:
            self._screen.say(error.title, error.hint)

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

    async def introduce_model(self) -> None:
        """With no model set up, say so, and name what was found on this machine."""
        if self._screen.session.model.name != "offline":
            return
        offers = await self._offers()
        self._screen.say(
            "No model is set up: until one is, answers come from what you confirmed.\n" + _offer_lines(offers)
        )

    async def _list_models(self) -> None:
        choice = self._screen.learnchat.choice
        offers = await self._offers()
        self._screen.say(f"Answering: {self._screen.session.model.name} ({choice.origin}).\n" + _offer_lines(offers))

    async def _offers(self) -> Sequence[Offer]:
        from learnchat.app.models.choice import offers, reachable_ollama

        return [*offers(os.environ), *await asyncio.to_thread(reachable_ollama, os.environ)]


def _columns(rows: Sequence[tuple[str, str]], width: int) -> str:
    """Two columns of text; what does not fit goes on below its own column."""
    first = max(len(left) for left, _ in rows) + 2
    lines = []
    for left, right in rows:
        wrapped = textwrap.wrap(right, max(width - first, 20)) or [""]
        lines += [f"{left:<{first}}{wrapped[0]}", *(" " * first + more for more in wrapped[1:])]
    return "\n".join(lines)


def _offer_lines(offers: Sequence[Offer]) -> str:
    if not offers:
        return (
            "Set ANTHROPIC_API_KEY, OPENAI_API_KEY or GEMINI_API_KEY, or start Ollama; then /model NAME "
            "(anthropic/…, openai/…, gemini/…, ollama/…) chooses one for this project."
        )
    width = max(len(offer.name) for offer in offers)
    return "\n".join(["Found:", *(f"  /model {offer.name:<{width}}  {offer.reason}" for offer in offers)])
