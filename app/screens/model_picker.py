"""Choosing a model: what the keys and a running Ollama really offer, found as one types."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from learnchat.app.screens.bindings import binding, keys_shown
from learnchat.app.screens.dialog import Dialog
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.app.models.keys import KeyFile
    from learnchat.app.models.listing import Catalogue, Listing

# A list of a thousand names helps nobody: one more letter shortens it.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that can be chosen."""

    name: str
    note: str = ""
    """Why it stands there: "answers now", "fast"."""


class ModelPicker(Dialog[str | None]):
    """Comes back with the name of a model, or None. What nobody lists can be typed, and a `/command` too.

    Args:
        now: who answers.
        aliases: the user's own names for models.
        offered: what is known without asking anybody.
        read: asks the services; called in a thread.
        search: what is searched for at first.
    """

    BINDINGS = [
        binding("dialog.cancel", "close", priority=False),
        binding("insights.later", "move('cursor_down')", priority=False),
        binding("insights.earlier", "move('cursor_up')", priority=False),
        binding("insights.page_down", "move('page_down')", priority=False),
        binding("insights.page_up", "move('page_up')", priority=False),
    ]

    def __init__(
        self,
        now: str,
        aliases: Mapping[str, str],
        offered: Sequence[str],
        read: Callable[[], Sequence[Listing]],
        search: str = "",
    ) -> None:
        super().__init__()
        self._search = search
        self._known = [Candidate(now, "answers now")]
        self._known += [Candidate(alias, one_line(name)) for alias, name in aliases.items()]
        self._known += [Candidate(name, "offered: its key is set") for name in offered]
        self._listed: list[Candidate] = []
        self._found: list[Candidate] = []
        self._read = read

    def compose(self) -> ComposeResult:
        with Vertical(id="find") as box:
            box.border_title = "Who answers in this project"
            box.border_subtitle = self.line_of_keys("enter choose", "type to search", keys_shown(self, "dialog.cancel"))
            yield Input(
                self._search,
                placeholder="search, or provider/model",
                id="insights-search",
                compact=True,
                select_on_focus=False,
            )
            yield OptionList(id="find-list", markup=False)
            yield Static("Asking the services for their lists…", id="find-detail", markup=False)

    def on_mount(self) -> None:
        # The list is driven from the search field, which keeps the focus.
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._show(self._search)
        self.run_worker(self._ask(), exit_on_error=False)

    async def _ask(self) -> None:
        listings = await asyncio.to_thread(self._read)
        self._listed = [Candidate(name) for listing in listings for name in listing.models]
        failures = [one_line(str(listing.error)) for listing in listings if listing.error is not None]
        count = f"{len(self._listed):,} models are offered." if self._listed else "No service offers any."
        if not self._listed and not failures:
            count = "No key is set and no Ollama answers. /login, typed here too, takes a key."
        self.query_one("#find-detail", Static).update(Content("\n".join((count, *failures))))
        self._show(self.query_one(Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, search: str) -> None:
        words = search.casefold().split()
        candidates = {each.name: each for each in (*self._listed, *reversed(self._known))}
        order = [*self._known, *self._listed]
        found = [
            candidates[name]
            for name in dict.fromkeys(each.name for each in order)
            if all(word in f"{name} {candidates[name].note}".casefold() for word in words)
        ]
        width = max((len(each.name) for each in found[:MOST_SHOWN]), default=0)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(
            Option(Content(f"{one_line(each.name):<{width}}  {each.note}".rstrip()), id=str(at))
            for at, each in enumerate(found[:MOST_SHOWN])
        )
        self._found = found
        if found:
            listed.highlighted = 0

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the marked one; a name that stands nowhere is taken as it was typed, and so is a command."""
        marked, typed = self.query_one(OptionList).highlighted, event.value.strip()
        if marked is not None and self._found and not typed.startswith("/"):
            self.dismiss(self._found[marked].name)
        elif typed:
            self.dismiss(typed)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].name)

    def action_move(self, action: str) -> None:
        getattr(self.query_one(OptionList), f"action_{action}")()

    def action_close(self) -> None:
        self.dismiss(None)


def read_services(catalogue: Catalogue, keys: KeyFile) -> Sequence[Listing]:
    """In a thread: what the services offer, also to a key that was given since the program started."""
    before = dict(os.environ)
    keys.use(os.environ)
    return catalogue.read(os.environ, fresh=before != dict(os.environ))


def offered_now() -> list[str]:
    """What the keys of the environment speak for, without asking anybody."""
    from learnchat.app.models.choice import offers

    return [offer.name for offer in offers(os.environ)]
