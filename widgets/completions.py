"""What could be meant by what is being typed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that could be meant.

    Attributes:
        text: what is put in the place of what was typed.
        label: how it is listed.
        detail: one line about it; may be empty.
        sends: whether Enter sends it at once, because nothing more belongs to it.
        eager: whether Enter takes it without having been moved to. Not for a mere guess: whoever writes to @bob and
            presses Enter means to send.
    """

    text: str
    label: str
    detail: str = ""
    sends: bool = False
    eager: bool = True


@dataclass(frozen=True, slots=True)
class Completions:
    """All that could be meant, the likeliest first.

    Attributes:
        start: the column of the cursor's line from which on the text is replaced.
        items: at least one.
        more: how many there are besides that are not listed.
    """

    start: int
    items: tuple[Completion, ...]
    more: int = 0
