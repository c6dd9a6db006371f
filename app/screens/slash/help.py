"""`/help`."""

from __future__ import annotations

from learnchat.app.screens.slash.handlers import Handlers

# What a note takes of the conversation's width beside its text.
HELP_MARGIN = 6


class HelpCommands(Handlers):
    """What can be done here."""

    async def command_help(self, argument: str) -> None:
        from learnchat.app.help_page import one, page

        if argument:
            self._screen.tell(one(argument))
            return
        width = self._screen.conversation.content_size.width - HELP_MARGIN
        self._screen.tell(page(width, self._screen.learnchat.keys_of))
        self._screen.show_hint(f"{self._screen.asking.shown('chat.page_down')} reads on")
