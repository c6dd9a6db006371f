"""What is known of each of many things, read when it is first met."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

# A developer's vocabulary, a few megabytes.
_MOST = 32_768

_Key = TypeVar("_Key")
_Known = TypeVar("_Known")


class Remembered(dict[_Key, _Known]):
    """A dictionary that reads what it lacks, and begins anew when it is full.

    An `lru_cache` would touch its neighbours in memory each time. Threads may share one: whatever another does
    meanwhile, each gets what it read, at worst a thing is read twice.
    """

    def __init__(self, read: Callable[[_Key], _Known]) -> None:
        """A dictionary without an entry.

        Args:
            read: what is known of a key.
        """
        self._read = read

    def __missing__(self, key: _Key) -> _Known:
        if len(self) >= _MOST:
            self.clear()
        known = self[key] = self._read(key)
        return known
