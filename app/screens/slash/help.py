"""`/help`."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from learnchat.app.keymap import CHAT_PLACES, KEYS, place_of
from learnchat.app.screens.slash.handlers import Handlers
from learnchat.app.slash_commands import SLASH_COMMANDS

# What a note takes of the conversation's width beside its text.
HELP_MARGIN = 6


class HelpCommands(Handlers):
    """What can be done here."""

    async def command_help(self, argument: str) -> None:
        keys_of = self._screen.learnchat.keys_of
        width = self._screen.conversation.content_size.width - HELP_MARGIN
        keys = [key for key in KEYS if place_of(key.id) in CHAT_PLACES]
        self._screen.say(
            "Whatever lasts is asked about once; what you confirm is known in every later conversation.\n\n"
            + _columns([(f"/{each.name} {each.argument}", each.summary) for each in SLASH_COMMANDS], width)
            + "\n\n"
            + _columns([(", ".join(keys_of(key.id)), key.description) for key in keys], width)
            + "\n\nLists and dialogs name their keys at their edge; `learnchat keys` has them all."
        )
        self._screen.show_hint(f"{self._screen.asking.shown('chat.page_down')} reads on")


def _columns(rows: Sequence[tuple[str, str]], width: int) -> str:
    """Two columns of text; what does not fit goes on below its own column."""
    first = max(len(left) for left, _ in rows) + 2
    lines = []
    for left, right in rows:
        wrapped = textwrap.wrap(right, max(width - first, 20)) or [""]
        lines += [f"{left:<{first}}{wrapped[0]}", *(" " * first + more for more in wrapped[1:])]
    return "\n".join(lines)
