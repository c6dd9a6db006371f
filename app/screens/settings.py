"""The settings: each with its value, where that comes from and what it means; Enter changes one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.config_file import check_value, set_value, unset_value
from learnchat.app.manual import DEFAULT, InForce, in_force, in_this_run, shown
from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.app.screens.one_line import OneLineScreen
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.app.locations import Locations
    from learnchat.app.parts import Parts
    from learnchat.app.screens.chat import ChatScreen

LATER = "counts from the next start on"


def read_settings(parts: Parts, locations: Locations) -> list[InForce]:
    """In the engine's thread: every setting with the value that holds in this project."""
    project = parts.project
    return in_force(locations, project.folder if project.has_project else None, project.root)


class SettingsScreen(Dialog[None]):
    """Lists the settings and changes them in `config.toml`, whose comments stay.

    Args:
        chat: the chat screen.
    """

    BINDINGS = [
        binding("settings.change", "change"),
        binding("settings.default", "default"),
        binding("list.close", "close"),
    ]

    def __init__(self, chat: ChatScreen) -> None:
        super().__init__()
        self._chat = chat
        self._file = chat.learnchat.locations.configuration_file
        self._found: Sequence[InForce] = ()
        self._changed: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="settings") as box:
            box.border_title = "Settings"
            keys = ("settings.change", "settings.default", "list.close")
            box.border_subtitle = self.line_of_keys(*(keys_shown(self, key) for key in keys))
            yield OptionList(id="settings-list", markup=False)
            yield Static("", id="settings-detail", markup=False)

    async def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        await self._load()

    async def _load(self) -> None:
        app = self._chat.learnchat
        found = await self._chat.engine.call(read_settings, app.locations)
        self._found = in_this_run(found, app.given, app.choice)
        listed = self.query_one(OptionList)
        before = listed.highlighted or 0
        width = max(len(each.setting.name) for each in self._found)
        listed.clear_options()
        listed.add_options(
            Option(Content(f"{each.setting.name:<{width}}  {one_line(shown(each.value)) or '–'}{_mark(each)}"))
            for each in self._found
        )
        listed.highlighted = before

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        each = self._found[event.option_index]
        bounds = f" {each.setting.bounds}." if each.setting.bounds else ""
        usual = shown(each.setting.default)
        origin = f"{one_line(each.origin)}{f' · shipped: {usual}' if usual else ''}"
        changed = self._changed.get(each.setting.name, "")
        self._tell("\n".join(filter(None, (f"{each.setting.meaning}{bounds}", origin, changed))))

    def _tell(self, text: str) -> None:
        self.query_one("#settings-detail", Static).update(Content(text))

    @property
    def _chosen(self) -> InForce | None:
        place = self.query_one(OptionList).highlighted
        return self._found[place] if place is not None else None

    def action_change(self) -> None:
        if (each := self._chosen) is not None:
            self.run_worker(self._change(each), exit_on_error=False)

    async def _change(self, each: InForce) -> None:
        name = each.setting.name
        if each.setting.kind is bool:
            text: str | None = shown(not each.value)
        else:
            bounds = f" ({each.setting.bounds})" if each.setting.bounds else ""
            dialog = OneLineScreen(
                name,
                each.setting.meaning + bounds,
                value=shown(each.value),
                check=lambda text: check_value(self._file, name, text),
            )
            text = await self.app.push_screen_wait(dialog)
        if text is not None:
            await self._write(name, text)

    def action_default(self) -> None:
        if (each := self._chosen) is not None:
            self.run_worker(self._write(each.setting.name, None), exit_on_error=False)

    async def _write(self, name: str, text: str | None) -> None:
        try:
            if name == "theme":
                self._chat.learnchat.look.take(text)
            if text is None:
                await asyncio.to_thread(unset_value, self._file, name)
            else:
                await asyncio.to_thread(set_value, self._file, name, text)
        except (LearnchatError, OSError) as error:
            self._tell(one_line(str(error)))
            return
        now = f"; it {LATER}" if name != "theme" else ""
        self._changed[name] = f"{name} is {one_line(text) if text is not None else 'as shipped'}{now}."
        await self._load()

    def action_close(self) -> None:
        self.dismiss()


def _mark(each: InForce) -> str:
    return "" if each.origin == DEFAULT else "  *"
