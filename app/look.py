"""How the chat looks: which theme holds, and that it is drawn anew when its file is saved or the terminal says more."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.timer import Timer

from learnchat.learning.errors import LearnchatError
from learnchat.themes.errors import ThemeError
from learnchat.themes.loader import AUTOMATIC, DEFAULT_THEME, LIGHT_THEME, is_shipped, load_theme

if TYPE_CHECKING:
    from learnchat.app.application import Learnchat

# Whoever writes a theme looks from the editor to the chat; a look at one file a second costs nothing that can be felt.
LOOK_SECONDS = 1.0


class Look:
    """Which theme holds.

    Args:
        app: what is drawn in it.
        folder: the user's own themes.
        dark: whether the terminal's background is dark; None where it is not known.
    """

    def __init__(self, app: Learnchat, folder: Path, dark: bool | None) -> None:
        self._app = app
        self._folder = folder
        self._dark = dark
        self._looking: Timer | None = None
        self._saved: int | None = None
        self.chosen: str | None = None
        """The name that was asked for; None where the terminal decides."""

    def begin(self, wanted: str | None, configured: str | None) -> None:
        """Take the theme of the command line, else the configured one.

        A configured theme that can't be had is told in the chat, which opens in the default one.

        Raises:
            LearnchatError: the theme of the command line can't be had.
        """
        try:
            self.take(wanted or configured)
        except LearnchatError as error:
            if wanted:
                raise
            self._app.problems.append(f"{error} The theme is {DEFAULT_THEME}.")
            self.take(DEFAULT_THEME)

    def take(self, name: str | None) -> None:
        """Look different from now on. Without a name, or by the name `auto`, as light as the terminal.

        Raises:
            LearnchatError: no theme of this name, or its file is none.
        """
        automatic = not name or name == AUTOMATIC
        shown = (LIGHT_THEME if self._dark is False else DEFAULT_THEME) if automatic else str(name)
        try:
            theme = load_theme(shown, self._folder)
        except ThemeError as error:
            raise LearnchatError(str(error)) from None
        self.chosen = None if automatic else name
        self._app.register_theme(theme)
        if self._app.theme == theme.name:
            self._app.mutate_reactive(App.theme)
        else:
            self._app.theme = theme.name

    def go_back(self, name: str | None) -> None:
        """Look as before; where that can't be had any more, it is said in the chat, and the look stays."""
        try:
            self.take(name)
        except LearnchatError as error:
            self._app.chat.tell(str(error), "The look stays as it was.")

    def seen(self, dark: bool) -> None:
        """The terminal has said what its background is like."""
        self._dark = dark
        if self.chosen is None:
            self.take(None)

    def watch(self) -> None:
        """Look after the file of the theme that holds, where it is the user's own; once the chat is open."""
        mine = self.chosen is not None and not is_shipped(self.chosen)
        if mine and self._looking is None:
            self._looking = self._app.set_interval(LOOK_SECONDS, self._look)
        elif not mine and self._looking is not None:
            self._looking.stop()
            self._looking = self._saved = None

    async def _look(self) -> None:
        saved = await asyncio.to_thread(_when_saved, self._folder)
        before, self._saved = self._saved, saved
        if before not in (None, saved):
            self.go_back(self.chosen)


def _when_saved(folder: Path) -> int:
    """When a theme of the folder was last saved, in nanoseconds; a theme's name is not always its file's."""
    times = []
    for file in folder.glob("*.toml"):
        try:
            times.append(file.stat().st_mtime_ns)
        except OSError:
            continue
    return max(times, default=0)
