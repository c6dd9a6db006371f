"""Giving the key of a model service in the chat: a service is chosen, its key pasted unseen, checked and kept."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.models.keys import KeyFile
from learnchat.app.models.model import ModelError
from learnchat.app.models.new_keys import ask_about, cleaned, key_places, providers_with_keys, set_elsewhere, use_now
from learnchat.app.models.providers import PROVIDERS
from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import neutralise


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that requests to its service hold from now on."""

    provider: str
    sentence: str
    """What became of it."""


class LoginScreen(Dialog[GivenKey | None]):
    """Comes back with what became of a key, or None when none was given.

    Args:
        file: where keys are kept.
        provider: the service that is marked at first; empty for the first of the list.
    """

    BINDINGS = [
        binding("dialog.cancel", "close"),
        binding("insights.later", "move('cursor_down')"),
        binding("insights.earlier", "move('cursor_up')"),
    ]

    def __init__(self, file: KeyFile, provider: str = "") -> None:
        super().__init__()
        self._file = file
        self._providers = providers_with_keys()
        self._first = self._providers.index(provider) if provider else 0
        self._checking = False
        self._unchecked = ("", "")
        """A service that could not be asked, and the key: given once more, it is kept unchecked."""

    def compose(self) -> ComposeResult:
        with Vertical(id="login") as box:
            box.border_title = "The key of a model service"
            box.border_subtitle = self.line_of_keys(
                "enter check and keep", "up down service", keys_shown(self, "dialog.cancel")
            )
            yield OptionList(
                *(Option(PROVIDERS[name].title) for name in self._providers), id="login-list", markup=False
            )
            yield Input(password=True, id="login-key", compact=True)
            yield Static("", id="login-problem", markup=False)

    def on_mount(self) -> None:
        listed = self.query_one(OptionList)
        # The list is driven from the field below it, which keeps the focus.
        listed.can_focus = False
        listed.highlighted = self._first
        self.query_one(Input).focus()
        self.run_worker(self._show_places(), exit_on_error=False)

    async def _show_places(self) -> None:
        places = await asyncio.to_thread(key_places, self._file, os.environ)
        width = max(len(PROVIDERS[name].title) for name in self._providers)
        listed = self.query_one(OptionList)
        for at, name in enumerate(self._providers):
            has = f"has a key: {places[name]}" if name in places else ""
            listed.replace_option_prompt_at_index(at, Content(f"{PROVIDERS[name].title:<{width}}  {has}".rstrip()))

    @property
    def _provider(self) -> str:
        return self._providers[self.query_one(OptionList).highlighted or 0]

    def on_option_list_option_highlighted(self) -> None:
        self.query_one(Input).placeholder = f"paste the key for {PROVIDERS[self._provider].title} (it is not shown)"
        self._say("")

    def _say(self, sentence: str) -> None:
        self.query_one("#login-problem", Static).update(Content(neutralise(sentence)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if self._checking:
            return
        try:
            key = cleaned(event.value)
        except LearnchatError as error:
            self._say(str(error))
            return
        self._checking = True
        self.run_worker(self._take(self._provider, key), exit_on_error=False)

    async def _take(self, provider: str, key: str) -> None:
        """Ask the service about a key, and keep it."""
        title = PROVIDERS[provider].title
        self._say(f"Asking {title} whether it accepts the key…")
        try:
            if (provider, key) == self._unchecked:
                verdict = "Not checked."
            elif await asyncio.to_thread(ask_about, provider, key, os.environ):
                verdict = f"{title} accepts the key."
            else:
                verdict = f"{title} has no way to check a key."
            kept = await asyncio.to_thread(_keep, self._file, provider, key)
        except ModelError as error:
            again = ""
            if error.kind != "refused_key":
                self._unchecked = (provider, key)
                again = "Enter again keeps the key unchecked."
            self._say(f"{error} {again}".rstrip())
        else:
            self.dismiss(GivenKey(provider, f"{verdict} {kept}"))
        finally:
            self._checking = False

    def action_move(self, action: str) -> None:
        getattr(self.query_one(OptionList), f"action_{action}")()

    def on_option_list_option_selected(self) -> None:
        self.query_one(Input).focus()

    def action_close(self) -> None:
        self.dismiss(None)


def _keep(file: KeyFile, provider: str, key: str) -> str:
    """In a thread: use a key from now on, and keep it; says where, or why not."""
    elsewhere = set_elsewhere(file, provider, os.environ)
    use_now(provider, key, os.environ)
    try:
        file.keep(PROVIDERS[provider].keys[0], key)
    except OSError as error:
        return f"It counts until you leave; it could not be kept: {error.strerror or error}."
    said = f"It is kept in {file.path}."
    return f"{said} At the next start {elsewhere} of the environment goes before it." if elsewhere else said
