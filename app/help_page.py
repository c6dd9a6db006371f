"""What `/help` says: one page of all commands and keys by their subjects, or one command in full."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence

from learnchat.app.slash_commands import SLASH_COMMANDS, nearest

BEGINNING = "Whatever lasts is asked about once; what you confirm is known in every later conversation."
END = "/help NAME explains a command. Lists and dialogs name their keys at their edge; `learnchat keys` has them all."

# Cells of a row's name and of all of it: two of them stand beside each other at 80 columns.
_NAME, _ROW = 12, 34
_BETWEEN = 2

SUBJECTS: dict[str, dict[str, str]] = {
    "What is known here": {
        "remember": "save a statement now",
        "insights": "read, search, forget",
        "recall": "find insights",
        "guide": "what bears on a task",
        "undo": "undo the last act",
        "share": "in git, or private",
    },
    "What is asked": {
        "inbox": "what waits for you",
        "review": "what others changed",
        "why": "what a reply knew",
        "why-not": "why nothing was asked",
        "quiet": "stop asking",
        "judge": "a model reads along",
    },
    "Messages": {
        "edit": "change a message",
        "retry": "ask again",
        "variant": "another reply to it",
        "continue": "go on after a stop",
        "copy": "a reply, or its code",
        "save": "the same, to a file",
        "quote": "put it in the prompt",
        "paste": "a picture goes along",
        "fold": "long ones, or in full",
        "thoughts": "what a model thought",
    },
    "Conversations": {
        "new": "begin one",
        "resume": "go on with one",
        "search": "find what was said",
        "rename": "give this one a title",
        "fork": "go on in a copy",
        "compact": "a summary goes along",
    },
    "The chat": {
        "model": "who answers",
        "login": "give a key",
        "role": "instructions of yours",
        "theme": "another look",
        "settings": "see and change them",
        "help": "this page",
        "quit": "nothing is lost",
    },
}
"""Every command in two or three words, by subject."""

KEYS: dict[str, str] = {
    "toast.remember": "remember it",
    "toast.skip": "skip it",
    "toast.reword": "reword it first",
    "toast.later": "leave it in the inbox",
    "memory.undo": "undo the last act",
    "prompt.send": "send",
    "prompt.new_line": "new line",
    "prompt.search": "search what you sent",
    "prompt.editor": "write in your editor",
    "prompt.paste": "paste",
    "prompt.complete": "complete",
    "prompt.earlier": "an earlier message",
    "prompt.later": "a later message",
    "prompt.leave": "twice: leave",
    "chat.page_up": "scroll up",
    "chat.page_down": "scroll down",
    "chat.beginning": "to the beginning",
    "chat.end": "to the end",
    "chat.message_before": "the message before",
    "chat.message_after": "the next message",
    "chat.code_before": "the code before",
    "chat.code_after": "the next code",
    "chat.fold": "fold long messages",
    "chat.variant": "another reply",
    "chat.stop": "stop the reply",
    "chat.suspend": "into the background",
    "chat.quit": "clear; twice: leave",
    "app.palette": "everything, by name",
}
"""Every key of the chat, by its id in the table of keys."""


def page(width: int, keys_of: Callable[[str], Sequence[str]]) -> str:
    """All commands and keys.

    Args:
        width: of the text, in cells.
        keys_of: the keys that the user has for an id.
    """
    blocks = [textwrap.fill(BEGINNING, width)]
    for subject, commands in SUBJECTS.items():
        blocks.append(_block(subject, [(f"/{name}", words) for name, words in commands.items()], width))
    blocks.append(_block("Keys", [(", ".join(keys_of(id)), words) for id, words in KEYS.items()], width))
    blocks.append(textwrap.fill(END, width))
    return "\n\n".join(blocks)


def one(name: str) -> str:
    """What a command does and takes, in full; what is meant, where there is none of that name."""
    wanted = name.strip().lstrip("/").lower()
    found = next((each for each in SLASH_COMMANDS if each.name == wanted), None)
    if found is not None:
        return f"/{found.name} {found.argument}".rstrip() + f": {found.summary}."
    near = nearest(wanted)
    return f"There is no /{wanted}. " + (f"Did you mean /{near}? {one(near)}" if near else "/help lists the commands.")


def _block(title: str, rows: Sequence[tuple[str, str]], width: int) -> str:
    return "\n".join([title, *_side_by_side([f"{left:<{_NAME}} {right}" for left, right in rows], width)])


def _side_by_side(cells: Sequence[str], width: int) -> Iterator[str]:
    """Cells in as many columns as there is room for, to be read downwards."""
    columns = max((width + _BETWEEN) // (_ROW + _BETWEEN), 1)
    rows = -(-len(cells) // columns)
    for row in range(rows):
        yield (" " * _BETWEEN).join(f"{cell:<{_ROW}}" for cell in cells[row::rows]).rstrip()
