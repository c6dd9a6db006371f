"""Slash commands that find: insights, messages, and guidance before a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.app.screens.slash.handlers import Handlers
from learnchat.learning.text import one_line, shorten

if TYPE_CHECKING:
    from learnchat.learning.recall.guidance import Guidance

# Of the task, in the line that says what the guidance is for.
TASK_LENGTH = 80


class FindingCommands(Handlers):
    """Recall, search, guide."""

    async def command_recall(self, argument: str) -> None:
        from learnchat.app.screens.finding import RecallScreen

        await self._screen.app.push_screen_wait(RecallScreen(self._screen.engine, argument))

    async def command_search(self, argument: str) -> None:
        from learnchat.app.screens.finding import SearchScreen

        await self._screen.app.push_screen_wait(SearchScreen(self._screen.engine, argument))

    async def command_guide(self, argument: str) -> None:
        if not argument:
            self._screen.say("What are you about to do?", "/guide fix the rounding in the checkout")
            return
        # Whoever asks wants to see the answer, wherever they were reading.
        self._screen.conversation.anchor()
        self._screen.say(_said(await self._screen.engine.call(lambda parts: parts.finder.guide(argument)), argument))


def _said(guidance: Guidance, task: str) -> str:
    task = shorten(task, TASK_LENGTH)
    if not guidance:
        return f"Nothing known bears on “{task}”."
    lines = [f"Before “{task}” (confidence {guidance.confidence:.0%}):"]
    for section in guidance.sections:
        lines += ["", section.heading.value]
        for found in section.found:
            entry = found.insight.entry
            because = f" (because {one_line(entry.because)})" if entry.because else ""
            lines.append(f"  • {one_line(entry.statement)}{because}")
    return "\n".join(lines)
