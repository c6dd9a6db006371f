"""What the command palette lists besides the theme and quitting: every slash command, its choices, and the keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from learnchat.app.keymap import BY_ID, shown_key
from learnchat.app.slash_commands import SLASH_COMMANDS
from learnchat.app.slash_completion import choices_of

if TYPE_CHECKING:
    from learnchat.app.screens.chat import ChatScreen

Entry = tuple[str, str, Callable[[], object]]


def entries(screen: ChatScreen) -> Iterator[Entry]:
    """A title, what it does, and what to call."""
    for command in SLASH_COMMANDS:
        written = bool(command.argument) and not command.argument.startswith("[")
        choices = choices_of(command)
        if written and not choices:
            # It needs words: they are written at the prompt.
            yield f"/{command.name} …", command.summary, _beginning(screen, command.name)
        else:
            if not written:
                yield f"/{command.name}", command.summary, _running(screen, command.name, "")
            for choice in choices:
                yield f"/{command.name} {choice}", command.summary, _running(screen, command.name, choice)
    for id, act in (("prompt.search", screen.prompting.search), ("prompt.editor", screen.prompting.edit)):
        key = BY_ID[id]
        shown = shown_key(screen.learnchat.key_of(id))
        yield f"{key.title[0].upper()}{key.title[1:]} ({shown})", key.description, act


def _running(screen: ChatScreen, name: str, argument: str) -> Callable[[], object]:
    return lambda: screen.run_command(name, argument)


def _beginning(screen: ChatScreen, name: str) -> Callable[[], object]:
    return lambda: screen.prompting.begin(f"/{name} ")
