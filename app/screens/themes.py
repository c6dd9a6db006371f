"""Choosing a look: each theme is shown as one comes to it; Enter keeps it, Esc goes back to the one before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line
from learnchat.themes.loader import AUTOMATIC, load_user_themes, theme_names

if TYPE_CHECKING:
    from learnchat.app.locations import Locations
    from learnchat.app.look import Look


class ThemesScreen(Dialog[str | None]):
    """Comes back with the name of a theme to be kept, or None.

    Args:
        look: shows each.
        locations: where the user's own are.
    """

    BINDINGS = [binding("dialog.cancel", "close")]

    def __init__(self, look: Look, locations: Locations) -> None:
        super().__init__()
        self.set_classes("preview")
        self._look = look
        self._folder = locations.themes
        self._before = look.chosen
        self._names: list[str] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="themes") as box:
            box.border_title = "Theme"
            box.border_subtitle = Content(f"enter keep · {keys_shown(self, 'dialog.cancel')}")
            yield OptionList(id="themes-list", markup=False)
            yield Static("", id="themes-problem", markup=False)

    async def on_mount(self) -> None:
        self._names = [AUTOMATIC, *await asyncio.to_thread(theme_names, self._folder)]
        listed = self.query_one(OptionList)
        listed.add_options(Option(Content(_described(name))) for name in self._names)
        listed.highlighted = self._names.index(self._before) if self._before in self._names else 0
        listed.focus()
        problems = (await asyncio.to_thread(load_user_themes, self._folder))[1]
        self._tell("\n".join(one_line(str(problem)) for problem in problems))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        try:
            self._look.take(self._names[event.option_index])
        except LearnchatError as error:
            self._tell(one_line(str(error)))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._names[event.option_index])

    def action_close(self) -> None:
        self._look.go_back(self._before)
        self.dismiss(None)

    def action_interrupt(self) -> None:
        self._look.go_back(self._before)
        super().action_interrupt()

    def _tell(self, text: str) -> None:
        problem = self.query_one("#themes-problem", Static)
        problem.update(Content(text))
        problem.display = bool(text)


def _described(name: str) -> str:
    return f"{name}  as light as the terminal" if name == AUTOMATIC else one_line(name)
