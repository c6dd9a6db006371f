"""A key of the prompt that does one thing."""

from __future__ import annotations

from collections.abc import Callable, Collection

from textual import events


class KeyAct:
    """A prompt's helper for one binding that has to keep its place among the letters around it.

    Args:
        keys: in Textual's spelling.
        act: what they do; returns whether there was anything to do, else the key is the prompt's.
    """

    def __init__(self, keys: Collection[str], act: Callable[[], bool]) -> None:
        self._keys = frozenset(keys)
        self._act = act

    def take(self, event: events.Key) -> bool:
        return not self._keys.isdisjoint(event.aliases) and self._act()

    def take_paste(self, text: str) -> bool:
        return False

    def changed(self) -> None:
        pass
