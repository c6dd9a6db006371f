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
