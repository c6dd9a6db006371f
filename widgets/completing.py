"""Completing what is typed: a list opens by itself, and takes no key that is not its own."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from learnchat.widgets.completion_list import CompletionList
from learnchat.widgets.completions import Completion, Completions
from learnchat.widgets.prompt import Prompt
from learnchat.widgets.prompt_helper import Place

STEPS = {"up": -1, "down": 1}


class Completing:
    """A prompt's helper. Up and Down move, Tab and Enter take, Esc closes until another word is begun.

    Args:
        prompt: whose text is completed.
        rows: where the completions are listed.
        source: what could be meant at a place; must answer at once, and may call `look` when it knows more.
    """

    def __init__(self, prompt: Prompt, rows: CompletionList, source: Callable[[Place], Completions | None]) -> None:
        self._prompt = prompt
        self._rows = rows
        self._source = source
        self._found: Completions | None = None
        self._seen = Place("", "", 0, 1)
        self._index = 0
        self._moved = False
        self._dismissed: tuple[int, int] | None = None

    @property
    def open(self) -> bool:
        """Whether the list is shown."""
        return self._found is not None

    def take(self, event: events.Key) -> bool:
        if event.key not in ("up", "down", "tab", "enter", "escape") or not self._current():
            return False
        if event.key in STEPS:
            self._move(STEPS[event.key])
            return True
        if event.key == "escape":
            self.close()
            return True
        return self._accept(entered=event.key == "enter")

    def take_paste(self, text: str) -> bool:
        return False

    def changed(self) -> None:
        self.look()

    def look(self) -> None:
        """Ask the source anew, and show what it says."""
        place = self._prompt.place
        found = None if self._prompt.untouched else self._source(place)
        if found is None:
            self._dismissed = None
        elif self._dismissed == (place.row, found.start):
            found = None
        if place != self._seen:
            self._index, self._moved = 0, False
        self._seen = place
        self._set(found)

    def close(self) -> None:
        """Close the list; it stays closed for the word that is being typed."""
        if self._found is not None:
            self._dismissed = (self._seen.row, self._found.start)
        self._set(None)

    def pick(self, number: int) -> None:
        """Take a row that was clicked."""
        if self._current() and self._found and number < len(self._found.items):
            self._put(self._found.items[number], self._found.start)

    def _current(self) -> bool:
        # The letters before this key may have changed the text since the list was drawn.
        if self._prompt.place != self._seen:
            self.look()
        return self._found is not None

    def _set(self, found: Completions | None) -> None:
        if found is None:
            if self._found is not None:
                self._rows.hide()
            self._found = None
            return
        self._found = found
        self._index = min(self._index, len(found.items) - 1)
        self._rows.show(found.items, self._index, more=found.more)

    def _move(self, step: int) -> None:
        if self._found is not None:
            self._index = (self._index + step) % len(self._found.items)
            self._moved = True
            self._set(self._found)

    def _accept(self, *, entered: bool) -> bool:
        assert self._found is not None
        item, start = self._found.items[self._index], self._found.start
        typed = self._prompt.place.before[start:]
        if entered and (typed.rstrip() == item.text.rstrip() or not (item.eager or self._moved)):
            self._set(None)
            return False
        self._put(item, start)
        if entered and item.sends:
            self._prompt.action_send()
        return True

    def _put(self, item: Completion, start: int) -> None:
        self._set(None)
        self._prompt.complete(start, item.text)
        self.look()
