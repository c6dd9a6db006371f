"""Slash commands on memory: what is known, what waits, and when it may be asked."""

from __future__ import annotations

from learnchat.app.explaining import why_not
from learnchat.app.remembering import remember
from learnchat.app.screens.slash.handlers import Handlers


class MemoryCommands(Handlers):
    """Remember, read, decide, undo, be quiet, explain."""

    async def command_remember(self, argument: str) -> None:
        if not argument:
            self._screen.tell("What shall be remembered?", "/remember we use uv, not pip")
            return
        await self._screen.asking.decide(lambda parts: remember(parts, argument), self._screen.tell)

    async def command_insights(self, argument: str) -> None:
        from learnchat.app.screens.insights import InsightsScreen

        insights = await self._screen.engine.call(lambda parts: parts.profiles.insights())
        forgotten = await self._screen.app.push_screen_wait(InsightsScreen(insights))
        if forgotten is not None:
            from learnchat.learning.profile.insight import Means

            await self._screen.asking.decide(
                lambda parts: parts.profiles.forget(forgotten, Means.COMMAND), self._screen.tell
            )

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
            self._screen.tell(f"/quiet does not know “{argument}”.", "It takes session, 1h, project or off.")
            return
        sentence = await self._screen.engine.call(lambda parts: parts.quiet.set(choice))
        if choice != "off":
            self._screen.asker.withdraw()
        self._screen.tell(sentence)
        self._screen.memory_changed()

    async def command_why(self, argument: str) -> None:
        await self._screen.given.show()

    async def command_why_not(self, argument: str) -> None:
        self._screen.tell(why_not(self._screen.observation, self._screen.missed_because))

    async def command_share(self, argument: str) -> None:
        choice = argument.lower()
        if choice == "on":
            sentence = await self._screen.engine.call(lambda parts: parts.profiles.share("on"))
        elif choice == "off":
            sentence = await self._screen.engine.call(lambda parts: parts.profiles.share("off"))
        else:
            sentence = "/share takes on or off: share .learnchat/ with the repository, or keep it private."
        self._screen.tell(sentence)
