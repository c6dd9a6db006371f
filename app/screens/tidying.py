"""Python's garbage collection, moved to where nobody notices it.

A full collection walks every widget: beside a hundred messages it takes 0.2 s, and by itself it comes about once a
second while a reply streams. So the full ones are put off, and made up for when a reply has ended and nobody types.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen

# Young objects are collected as ever, in well under a millisecond each. The middle generation holds all threads up for
# as long as it takes to walk it: 40,000 objects, 10 ms, while a large profile is written; 8,000 take 3. The oldest
# generation is collected by `tidy_later` alone.
YOUNG, MIDDLE, NEVER = 2000, 4, 1_000_000
# After a reply: its reader reads.
TIDY_AFTER_SECONDS = 1.5


def put_off() -> None:
    """Make no full collection by itself from now on; what the start made is left out of all."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, NEVER)
    gc.enable()


def leave_out() -> None:
    """Leave out of all collections what there is now: after the SDK was imported, a third of a million objects."""
    gc.freeze()


class Tidying:
    """Makes up for the collections that were put off, where nobody notices it.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._replied = False

    def reply_ended(self) -> None:
        """Collect soon, unless the next reply comes or somebody types by then.

        It walks what the conversation made since the start, in some 10 ms; a conversation that tidies old messages
        away makes one too. What the first reply imported is left out of all.
        """
        if not self._replied:
            self._replied = True
            leave_out()
        self._screen.set_timer(TIDY_AFTER_SECONDS, self._tidy)

    def _tidy(self) -> None:
        screen = self._screen
        if not (screen.replies.active or screen.attention.typing(screen.clock.monotonic())):
            gc.collect()
