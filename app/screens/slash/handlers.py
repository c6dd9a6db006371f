"""What the handlers of the slash commands have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen


class Handlers:
    """Commands of the chat screen. One method each, `command_<name>`, taking the argument as it was typed.

    Args:
        screen: the chat.
    """

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen

    def _is_replying(self) -> bool:
        """Whether a reply is coming, which is said: the conversation can't be changed under it."""
        if self._screen.replies.active:
            self._screen.tell("A reply is coming.", "Esc stops it; then this can be done.")
        return self._screen.replies.active

    def _number(self, argument: str, command: str) -> int | None:
        """A number counted back from the end, 1 for the last; None where it is none, which is said."""
        if not argument:
            return 1
        if not (argument.isascii() and argument.isdigit() and int(argument)):
            self._screen.tell(f"{command} takes a number, counted back from the last: {command} 2.")
            return None
        return int(argument)
