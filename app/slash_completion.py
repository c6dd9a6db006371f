"""Completing `/commands` and their arguments: from the table, and from what is known of them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from learnchat.app.command_table import COMMANDS
from learnchat.app.slash_commands import SLASH_COMMANDS, SlashCommand
from learnchat.widgets.completions import Completion, Completions
from learnchat.widgets.prompt_helper import Place


@dataclass(frozen=True, slots=True)
class Known:
    """Something that a command can be given."""

    value: str
    about: str = ""
    """A few words about it."""
    searched: bool = False
    """Whether it is found by these words too, as a conversation is by its title."""


Values = Callable[[], Sequence[Known]]
"""What a command can be given. It must answer at once."""
Files = Callable[[int, str], Completions | None]
"""The files whose names begin so, to be put in from a column on."""

_NAME = re.compile(r"/([a-z-]*)\Z", re.IGNORECASE)
_ARGUMENT = re.compile(r"/([a-z-]+)[ \t]+(.*)\Z", re.IGNORECASE)
# `on|off`, `[session|1h|project|off]`, `[undo]`: what is written small is meant word by word.
_CHOICES = re.compile(r"\[([a-z0-9-]+(?:\|[a-z0-9-]+)*)\]\Z|([a-z0-9-]+(?:\|[a-z0-9-]+)+)\Z")
# What may stand before a file: `all notes.md`, `code 2 build.sh`.
_BEFORE_FILE = re.compile(r"(?:(?:code(?:[ \t]+\d+)?|all|\d+)[ \t]+)?(?=\S*\Z)")
_FILE = "FILE"


def complete_command(
    place: Place, values: Mapping[str, Values], files: Files = lambda start, typed: None
) -> Completions | None:
    """What could be meant by a line that begins with a slash; None where it can be no command.

    Args:
        place: of the cursor.
        values: by command, what its argument can be where the table does not say it.
        files: what a file could be, for commands that take one.
    """
    if place.rows > 1 or place.after or not place.before.startswith("/"):
        return None
    if name := _NAME.match(place.before):
        return _of(0, _names(name[1].lower()))
    argument = _ARGUMENT.match(place.before)
    command = next((each for each in SLASH_COMMANDS if argument and each.name == argument[1].lower()), None)
    if argument is None or command is None:
        return None
    start, typed = argument.start(2), argument[2]
    if command.argument.endswith(_FILE) and (before := _BEFORE_FILE.match(typed)) and before.end():
        return files(start + before.end(), typed[before.end() :])
    found = _of(start, _arguments(typed, _known(command, values)))
    named = files(start, typed) if command.argument.endswith(_FILE) and typed else None
    if found is None or named is None:
        return found or named
    return Completions(start, (*found.items, *named.items), named.more)


def _of(start: int, items: Iterable[Completion]) -> Completions | None:
    found = tuple(items)
    return Completions(start, found) if found else None


def _names(typed: str) -> list[Completion]:
    begin = [each for each in SLASH_COMMANDS if each.name.startswith(typed)]
    begin.sort(key=lambda each: each.name != typed)
    # Whoever types a command of the shell did not mean the one that begins like it: `/log`, and not `/login`.
    whole = typed in COMMANDS and all(each.name != typed for each in begin)
    letters = re.compile(".*".join(map(re.escape, typed)))
    guessed = [each for each in SLASH_COMMANDS if each not in begin and letters.search(each.name)]
    return [_name(each, eager=not whole) for each in begin] + [_name(each, eager=False) for each in guessed]


def _name(command: SlashCommand, eager: bool) -> Completion:
    needs_more = bool(command.argument) and not command.argument.startswith("[")
    return Completion(
        f"/{command.name}" + (" " if command.argument else ""),
        f"/{command.name} {command.argument}".rstrip(),
        command.summary,
        sends=not needs_more,
        eager=eager,
    )


def _known(command: SlashCommand, values: Mapping[str, Values]) -> Sequence[Known]:
    if supplier := values.get(command.name):
        return supplier()
    return [Known(word) for word in choices_of(command)]


def choices_of(command: SlashCommand) -> list[str]:
    """The words that a command takes, where its table says them all."""
    choices = _CHOICES.match(command.argument)
    return (choices[1] or choices[2]).split("|") if choices else []


def _arguments(typed: str, known: Sequence[Known]) -> list[Completion]:
    wanted = typed.casefold()
    words = wanted.split()
    begin = [each for each in known if each.value.casefold().startswith(wanted)]
    hold = [each for each in known if each not in begin and _holds(each, wanted, words)]
    # An empty argument is one of its own: Enter sends the command as it stands.
    return [
        Completion(each.value, each.value, each.about, sends=True, eager=bool(typed) and (at_first or each.searched))
        for at_first, some in ((True, begin), (False, hold))
        for each in some
    ]


def _holds(known: Known, wanted: str, words: Sequence[str]) -> bool:
    """Whether what was typed stands in a value, or all its words do in what is said about it."""
    if wanted in known.value.casefold():
        return True
    return known.searched and all(word in known.about.casefold() for word in words)
