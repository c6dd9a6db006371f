"""A large mapping that stays as it is, with a small one over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")


class Layered(Mapping[str, Value]):
    """What the upper layer has holds; the rest is the lower one's. A layer over a layered one replaces its upper one.

    Args:
        lower: is not copied.
        upper: what is different.
    """

    def __init__(self, lower: Mapping[str, Value], upper: Mapping[str, Value]) -> None:
        self._lower: Mapping[str, Value] = lower._lower if isinstance(lower, Layered) else lower
        self._upper: Mapping[str, Value] = {**lower._upper, **upper} if isinstance(lower, Layered) else upper

    def __getitem__(self, name: str) -> Value:
        return self._upper[name] if name in self._upper else self._lower[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._upper
        yield from (name for name in self._lower if name not in self._upper)

    def __len__(self) -> int:
        return len(self._lower) + sum(name not in self._lower for name in self._upper)
