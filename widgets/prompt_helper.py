"""Who may take a key before the prompt does: a list that is open, a search, an editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from textual import events


@dataclass(frozen=True, slots=True)
class Place:
    """Where the prompt's cursor stands."""

    before: str
    """Its line, up to it."""
    after: str
    row: int
    rows: int
    """Lines of the whole text."""


class PromptHelper(Protocol):
    """Something that is asked about keys and pastes first, in the order in which they arrive.

    So nothing typed fast goes astray: a binding would act before or after the letters around it.
    """

    def take(self, event: events.Key) -> bool:
        """Whether the key was the helper's; the prompt then leaves it alone."""
        ...

    def take_paste(self, text: str) -> bool:
        """Whether the paste was the helper's."""
        ...

    def changed(self) -> None:
        """The prompt's text is another one now."""
        ...
