"""What was sent before, walked with Up and Down, without losing what is being written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

# More than anyone walks back by hand; it bounds what a long session keeps.
MOST_ENTRIES = 500
DRAFT = -1


@dataclass(frozen=True, slots=True)
class Entry:
    """One text that stood in the prompt, and whether all of it was typed there."""

    text: str
    """As it is sent: pastes in full."""
    typed: bool = False
    shown: str = ""
    """As it stood there, with its chips; empty where there are none."""
    chips: tuple[tuple[str, str], ...] = ()
    """What each chip stands for."""
    pasted: tuple[str, ...] = ()
    """What of it is somebody else's words: long pastes, also those that stand there in full."""
    unsent: bool = False
    """It was cleared, or left in the prompt: a draft, no message."""


EMPTY = Entry("", typed=True)
"""What stands in the prompt before anything does."""


def joined(entries: Sequence[Entry]) -> Entry:
    """Several entries as one, a blank line between them, each with its chips.

    Where one chip would stand for two pastes, both stand there in full.
    """
    chips = tuple(dict.fromkeys(chip for entry in entries for chip in entry.chips))
    clear = len(chips) == len(dict(chips))
    return Entry(
        "\n\n".join(entry.text for entry in entries),
        typed=all(entry.typed for entry in entries),
        shown="\n\n".join(entry.shown or entry.text for entry in entries) if clear else "",
        chips=chips if clear else (),
        pasted=tuple(paste for entry in entries for paste in entry.pasted),
    )


@dataclass(slots=True)
class PromptHistory:
    """Past entries, oldest first, and a place among them; the draft is the place before the newest, -1.

    An entry that was changed after it was called back keeps its change until something is sent, as a shell has it.
    """

    entries: list[Entry] = field(default_factory=list)
    place: int = DRAFT
    changed: dict[int, Entry] = field(default_factory=dict)

    def load(self, entries: Iterable[Entry], *, draft: bool = False) -> None:
        """Put older entries, oldest first, before what this session has.

        Args:
            entries: what was sent.
            draft: whether the last of them was not.
        """
        earlier = [entry for entry in entries if entry.text.strip()]
        if draft and earlier:
            earlier[-1] = replace(earlier[-1], unsent=True)
        self.entries = [*earlier, *self.entries][-MOST_ENTRIES:]

    def add(self, entry: Entry) -> None:
        """Note what was sent or cleared, and stand at the draft again. The same text twice in a row is one entry."""
        self.place = DRAFT
        self.changed.clear()
        if not entry.text.strip():
            return
        if self.entries and self.entries[-1].text == entry.text:
            before = self.entries.pop()
            entry = replace(entry, unsent=entry.unsent and before.unsent)
        self.entries.append(entry)
        del self.entries[:-MOST_ENTRIES]

    def drop(self, text: str) -> Entry:
        """Take out what was noted last, where it is this text; returns it."""
        found = self.sent(text)
        if self.entries and self.entries[-1] is found:
            self.entries.pop()
        return found

    def sent(self, text: str) -> Entry:
        """The entry that was sent as this text, with its chips."""
        return next((entry for entry in reversed(self.entries) if entry.text.strip() == text.strip()), Entry(text))

    def earlier(self, current: Entry) -> Entry | None:
        """Step to the entry before, keeping what stands in the prompt now; None at the oldest."""
        return self._step(self.place + 1, current)

    def later(self, current: Entry) -> Entry | None:
        """Step to the entry after, at last to the draft; None at the draft."""
        return self._step(self.place - 1, current)

    def _step(self, place: int, current: Entry) -> Entry | None:
        if not DRAFT <= place < len(self.entries):
            return None
        if self.place == DRAFT or current.text != self._at(self.place).text:
            self.changed[self.place] = current
        self.place = place
        return self._at(place)

    def _at(self, place: int) -> Entry:
        if place in self.changed:
            return self.changed[place]
        return EMPTY if place == DRAFT else self.entries[-1 - place]
