"""Slash commands on the settings and the look."""

from __future__ import annotations

import asyncio

from learnchat.app.screens.slash.handlers import Handlers
from learnchat.learning.errors import LearnchatError


class SettingsCommands(Handlers):
    """Read and change the settings; take another theme."""

    async def command_settings(self, argument: str) -> None:
        # With it pydantic and the settings' source: 0.1 s that no start should pay.
        await asyncio.to_thread(__import__, "learnchat.app.screens.settings")
        from learnchat.app.screens.settings import SettingsScreen

        await self._screen.app.push_screen_wait(SettingsScreen(self._screen))

    async def command_theme(self, argument: str) -> None:
        app = self._screen.learnchat
        if not argument:
            from learnchat.app.screens.themes import ThemesScreen

            chosen = await app.push_screen_wait(ThemesScreen(app.look, app.locations))
            if chosen is None:
                return
            argument = chosen
        from learnchat.app.config_file import set_value

        try:
            app.look.take(argument)
            await asyncio.to_thread(set_value, app.locations.configuration_file, "theme", argument)
        except LearnchatError as error:
            self._screen.tell(error.title, error.hint)
        except OSError as error:
            self._screen.tell(f"The choice could not be kept: {error.strerror or error}.")
