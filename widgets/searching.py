"""Searching what was sent before, letter by letter, without touching what is being written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import chain

from textual import events

from learnchat.learning.text import one_line
from learnchat.widgets.completion_list import CompletionList
from learnchat.widgets.completions import Completion
from learnchat.widgets.history import Entry
from learnchat.widgets.prompt import Prompt

# More than are looked through by eye; who wants another types a letter more.
MOST_FOUND = 100


class Searching:
    """A prompt's helper: its key opens the search, and from then on what is typed is looked for.

    Up, Down and the key itself move; Enter and Tab put what was found into the prompt, Esc leaves the draft as it was.

    Args:
        prompt: whose past is searched, and where what was found goes.
        rows: where it is listed.
        keys: what opens the search, in Textual's spelling.
        opened: called when it is opened: more of the past may then be given by `load`.
    """

    def __init__(
        self, prompt: Prompt, rows: CompletionList, keys: Collection[str], opened: Callable[[], None] = lambda: None
    ) -> None:
        self._prompt = prompt
        self._rows = rows
        self._keys = frozenset(keys)
        self._opened = opened
        self._earlier: Sequence[Entry] = ()
        self._query: str | None = None
        self._found: Sequence[Entry] = ()
        self._index = 0

    @property
    def open(self) -> bool:
        """Whether something is being looked for."""
        return self._query is not None

    def take(self, event: events.Key) -> bool:
        own = not self._keys.isdisjoint(event.aliases)
        if self._query is None:
            if own:
                self.begin()
            return own
        if event.key in ("escape", "ctrl+c", "ctrl+g"):
            self.close()
        elif event.key in ("enter", "tab"):
            self.pick(self._index)
        elif event.key == "backspace":
            self._look(self._query[:-1])
        elif event.key == "ctrl+u":
            self._look("")
        elif own or event.key in ("up", "down"):
            # The newest stands at the top, so further back is further down.
            self._move(-1 if event.key == "up" else 1)
        elif event.is_printable and event.character:
            self._look(self._query + event.character)
        return True

    def take_paste(self, text: str) -> bool:
        if self._query is None:
            return False
        self._look(self._query + one_line(text))
        return True

    def changed(self) -> None:
        pass

    def begin(self) -> None:
        """Look among all that was sent."""
        self._look("")
        self._opened()

    def load(self, entries: Sequence[Entry]) -> None:
        """Search these too, oldest first, besides what the prompt goes back to."""
        self._earlier = entries
        if self._query is not None:
            self._look(self._query)

    def pick(self, number: int) -> None:
        """Put a row of the list into the prompt."""
        found = self._found
        self.close()
        if number < len(found):
            self._prompt.call_back(found[number])

    def close(self) -> None:
        """Look for nothing more; the draft stands as it stood."""
        self._query = None
        self._found = ()
        self._rows.hide()

    def _look(self, query: str) -> None:
        self._query = query
        words = query.casefold().split()
        # Newest first, each text once.
        matching: dict[str, Entry] = {}
        for entry in chain(reversed(self._prompt.past), reversed(self._earlier)):
            if (known := matching.get(entry.text)) is not None:
                if known.unsent and not entry.unsent:
                    matching[entry.text] = entry
            elif all(word in entry.text.casefold() for word in words):
                matching[entry.text] = entry
                if len(matching) == MOST_FOUND:
                    break
        self._found = list(matching.values())
        self._index = 0
        self._show()

    def _move(self, step: int) -> None:
        if self._found:
            self._index = (self._index + step) % len(self._found)
            self._show()

    def _show(self) -> None:
        items = [Completion(entry.text, _label(entry)) for entry in self._found]
        foot = "" if items else "Nothing you sent in this project has these words." if self._query else "Nothing yet."
        self._rows.show(items, self._index, title=f"Sent before: {self._query}▏", foot=foot)


def _label(entry: Entry) -> str:
    return f"{'not sent · ' if entry.unsent else ''}{one_line(entry.text[:500])}"
