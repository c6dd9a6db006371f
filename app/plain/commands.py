"""The slash commands of the plain chat: those that need no screen."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from learnchat.app import slash_commands
from learnchat.app.answering import open_answering
from learnchat.app.compacting import COMPACTED, NOTHING_TO_TAKE_BACK, TAKEN_BACK, cannot_compact
from learnchat.app.explaining import why_not
from learnchat.app.model_choices import remember_project_model
from learnchat.app.models.providers import split_names
from learnchat.app.plain.finding import PlainFinding
from learnchat.app.plain.questions import decide
from learnchat.app.plain.wrapping import say
from learnchat.app.remembering import remember
from learnchat.app.roles import choose_role
from learnchat.app.slash_commands import SLASH_COMMANDS, Call
from learnchat.learning.memory.clearing import undo_last
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.app.plain.chat import PlainChat

# What the commands that need the screen have for a script, and so for here.
ELSEWHERE = {
    "review": "learnchat review",
    "login": "learnchat login",
    "rename": "learnchat sessions rename",
    "resume": "learnchat --plain --resume ID",
    "fork": "learnchat sessions fork",
}


class PlainCommands:
    """One method each, `command_<name>`, taking the argument as it was typed.

    Args:
        chat: the conversation.
    """

    def __init__(self, chat: PlainChat) -> None:
        self._chat = chat
        self._engine = chat.talk.engine
        self._finding = PlainFinding(self._engine, say)

    async def run(self, call: Call) -> None:
        """Carry out a command that was typed, or say that it is none."""
        handler = getattr(self, f"command_{call.name.replace('-', '_')}", None)
        if handler is not None:
            await handler(call.argument)
        elif call.command is not None:
            way = f" `{ELSEWHERE[call.name]}` does it." if call.name in ELSEWHERE else ""
            say(f"/{call.name} needs the screen.{way}")
        else:
            objection = slash_commands.objection(call)
            say(f"{objection.sentence} {objection.hint}")

    async def command_help(self, argument: str) -> None:
        if argument:
            from learnchat.app.help_page import one

            say(one(argument))
            return
        say("Type a message and press Enter; a backslash at the end of a line goes on in the next.")
        say("Whatever lasts is asked about once, as a numbered question; no answer saves nothing.")
        for each in SLASH_COMMANDS:
            if hasattr(self, f"command_{each.name.replace('-', '_')}"):
                say(f"/{each.name}{' ' if each.argument else ''}{each.argument}: {each.summary}.")
        say("Ctrl+C stops a reply. Ctrl+D leaves.")

    async def command_remember(self, argument: str) -> None:
        if not argument:
            say("What shall be remembered? /remember we use uv, not pip")
            return
        await decide(self._engine, lambda parts: remember(parts, argument), say)

    async def command_insights(self, argument: str) -> None:
        insights = await self._engine.call(lambda parts: parts.profiles.insights())
        say(f"{len(insights)} known here." if insights else "Nothing is known here yet.")
        for each in insights:
            say(f"{each.id}: {one_line(each.statement)} ({each.kind.label})")
        if insights:
            say("`learnchat insights forget ID` forgets one.")

    async def command_inbox(self, argument: str) -> None:
        pending = await self._engine.call(lambda parts: parts.profiles.inbox.pending())
        if pending:
            await self._chat.questions.ask_about(pending)
        else:
            say("Nothing waits for your decision.")

    async def command_undo(self, argument: str) -> None:
        await decide(self._engine, lambda parts: undo_last(parts.profiles), say)

    async def command_quiet(self, argument: str) -> None:
        choice = argument.lower() or "session"
        if choice not in ("session", "1h", "project", "off"):
            say(f"/quiet does not know “{argument}”. It takes session, 1h, project or off.")
            return
        say(await self._engine.call(lambda parts: parts.quiet.set(choice)))

    async def command_judge(self, argument: str) -> None:
        from learnchat.app.plain.judge_command import judge

        await judge(self._chat, argument)

    async def command_recall(self, argument: str) -> None:
        await self._finding.recall(argument)

    async def command_search(self, argument: str) -> None:
        await self._finding.search(argument)

    async def command_guide(self, argument: str) -> None:
        await self._finding.guide(argument)

    async def command_why(self, argument: str) -> None:
        await self._chat.given.why(argument)

    async def command_why_not(self, argument: str) -> None:
        received = self._chat.received
        say(why_not(received.observation if received else None, self._chat.questions.missed_because))

    async def command_share(self, argument: str) -> None:
        choice = argument.lower()
        if choice == "on":
            say(await self._engine.call(lambda parts: parts.profiles.share("on")))
        elif choice == "off":
            say(await self._engine.call(lambda parts: parts.profiles.share("off")))
        else:
            say("/share takes on or off: share .learnchat/ with the repository, or keep it private.")

    async def command_model(self, argument: str) -> None:
        from learnchat.app.models.listing import every_offer

        talk = self._chat.talk
        if not argument:
            say(f"Answering: {talk.session.model.name} ({talk.choice.origin}).")
            found = await asyncio.to_thread(every_offer, os.environ)
            for offer in found:
                say(f"/model {offer.name}: {offer.reason}.")
            if not found:
                say("Set ANTHROPIC_API_KEY, OPENAI_API_KEY or GEMINI_API_KEY, or start Ollama; then /model NAME.")
            return
        name = ", ".join(split_names(argument, talk.aliases))
        talk.session.model = open_answering(self._engine, name)

        def keep(parts: Parts) -> None:
            remember_project_model(talk.locations, parts.project.root, name)

        try:
            await self._engine.call(keep)
        except OSError as error:
            say(f"{name} answers from now on; the choice could not be kept: {error.strerror or error}.")
        else:
            say(f"{name} answers from now on in this project.")

    async def command_role(self, argument: str) -> None:
        say(choose_role(self._chat.talk.session, self._chat.talk.locations.roles, argument))

    async def command_retry(self, argument: str) -> None:
        if self._chat.received is None:
            say("You have not said anything yet.")
            return
        await self._chat.print_reply(self._chat.talk.session.retry())

    async def command_continue(self, argument: str) -> None:
        session = self._chat.talk.session
        if session.last_reply:
            await self._chat.print_reply(session.go_on())
        else:
            say("There is no reply that could go on.")

    async def command_compact(self, argument: str) -> None:
        session = self._chat.talk.session
        if argument.lower() == "undo":
            say(TAKEN_BACK if await session.take_back_summary() else NOTHING_TO_TAKE_BACK)
            return
        if objection := cannot_compact(session, argument):
            say(objection)
            return
        count = len(session.compactions)
        await self._chat.print_reply(session.compact())
        if len(session.compactions) > count:
            say(COMPACTED)

    async def command_new(self, argument: str) -> None:
        self._chat.talk.session.begin_again()
        self._chat.received = None
        self._chat.given.begin_again()
        await self._engine.call(lambda parts: parts.begin_session())
        self._chat.judging.opened()
        say("A new conversation.")

    async def command_quit(self, argument: str) -> None:
        self._chat.left = True
