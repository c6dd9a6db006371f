"""What of the prompt's text was pasted: the large ones, each behind a chip that stands for it, and whose words."""

from __future__ import annotations

import re
from collections.abc import Collection

from learnchat.widgets.history import Entry

# Above this a paste stands in the prompt as one chip: TextArea lays a document out anew for each key, which is felt
# from about 100 KB on and takes 190 ms a key at 1 MB.
LARGEST_PASTE = 20_000


class Pasted:
    """What is known of a text that is being written, besides the text."""

    def __init__(self) -> None:
        self._pastes: dict[str, str] = {}
        self._foreign: tuple[str, ...] = ()
        self._typed = True
        # The same of all that stood here since something else did: undo brings back what was deleted.
        self._ever_typed = True
        self._ever_foreign: tuple[str, ...] = ()

    @property
    def chips(self) -> Collection[str]:
        """The texts that are deleted whole."""
        return self._pastes.keys()

    def take_up(self, entry: Entry) -> str:
        """Begin anew with what is called back; returns what of it stands in the prompt."""
        self._pastes = dict(entry.chips)
        self._typed = self._ever_typed = entry.typed
        self._foreign = self._ever_foreign = entry.pasted
        large = not entry.chips and len(entry.text) > LARGEST_PASTE
        return self._chip(entry.text) if large else entry.shown or entry.text

    def add(self, text: str) -> str:
        """Take a paste; returns what stands in the prompt for it."""
        from learnchat.widgets.paste_label import is_foreign, is_many_lines

        self._typed = self._ever_typed = False
        if is_foreign(text):
            self._foreign += (text,)
            self._ever_foreign += (text,)
        return self._chip(text) if len(text) > LARGEST_PASTE or is_many_lines(text) else text

    def _chip(self, paste: str) -> str:
        from learnchat.widgets.paste_label import paste_label

        self._pastes[chip := paste_label(paste, self._pastes)] = paste
        return chip

    def put_chip(self, label: str) -> None:
        """Take a text that is deleted whole, as a paste is, and stands for itself."""
        self._pastes[label] = label

    def may_be_back(self) -> None:
        """Something was undone, or done again: it may have been that a paste was deleted."""
        self._typed, self._foreign = self._ever_typed, self._ever_foreign

    def is_gone(self) -> None:
        """Nothing is left of the text: what comes now is typed."""
        self._typed, self._foreign = True, ()

    def in_full(self, text: str) -> str:
        """A text with its pastes in place of their chips."""
        if not self._pastes:
            return text
        # In one pass: a paste may itself contain what looks like a chip.
        chips = "|".join(map(re.escape, self._pastes))
        return re.sub(chips, lambda found: self._pastes[found[0]], text)

    def entry(self, text: str) -> Entry:
        """What stands in the prompt as this text, as it could be called back."""
        chips = tuple((label, paste) for label, paste in self._pastes.items() if label in text)
        return Entry(self.in_full(text), self._typed, text if chips else "", chips, pasted=self._foreign)
