"""All slash commands of the chat, by their names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from learnchat.app.screens.slash.conversation import ConversationCommands
from learnchat.app.screens.slash.help import HelpCommands
from learnchat.app.screens.slash.memory import MemoryCommands
from learnchat.app.screens.slash.models import ModelCommands


class ChatCommands(HelpCommands, MemoryCommands, ModelCommands, ConversationCommands):
    """What the slash commands do; each subject is a class of its own."""

    async def run(self, name: str, argument: str) -> None:
        """Carry out a command of the table."""
        command: Callable[[str], Awaitable[None]] = getattr(self, f"command_{name.replace('-', '_')}")
        await command(argument)
