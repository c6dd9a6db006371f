"""All slash commands of the chat, by their names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from learnchat.app.screens.slash.conversation import ConversationCommands
from learnchat.app.screens.slash.finding import FindingCommands
from learnchat.app.screens.slash.help import HelpCommands
from learnchat.app.screens.slash.judging import JudgeCommands
from learnchat.app.screens.slash.memory import MemoryCommands
from learnchat.app.screens.slash.messages import MessageCommands
from learnchat.app.screens.slash.models import ModelCommands
from learnchat.app.screens.slash.sessions import SessionCommands
from learnchat.app.screens.slash.settings import SettingsCommands
from learnchat.app.screens.slash.taking import TakingCommands
from learnchat.app.temporary import HINT
from learnchat.learning.disk.files import WritingForbidden


class ChatCommands(
    HelpCommands,
    MemoryCommands,
    FindingCommands,
    JudgeCommands,
    ModelCommands,
    SettingsCommands,
    ConversationCommands,
    MessageCommands,
    SessionCommands,
    TakingCommands,
):
    """What the slash commands do; each subject is a class of its own."""

    async def run(self, name: str, argument: str) -> None:
        """Carry out a command of the table."""
        command: Callable[[str], Awaitable[None]] = getattr(self, f"command_{name.replace('-', '_')}")
        try:
            await command(argument)
        except WritingForbidden as error:
            self._screen.tell(f"/{name} does nothing: {error}.", HINT)
