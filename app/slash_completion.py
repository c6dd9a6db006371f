"""Completing `/commands` and their arguments, from the table alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from learnchat.app.slash_commands import SLASH_COMMANDS, SlashCommand
from learnchat.widgets.completions import Completion, Completions
from learnchat.widgets.prompt_helper import Place

Values = Callable[[], Sequence[tuple[str, str]]]
"""What a command can be given: each value, and a word about it. It must answer at once."""

_NAME = re.compile(r"/([a-z-]*)\Z", re.IGNORECASE)
_ARGUMENT = re.compile(r"/([a-z-]+)[ \t]+(\S*)\Z", re.IGNORECASE)
# `on|off`, `[session|1h|project|off]`: what is written small is meant word by word.
_CHOICES = re.compile(r"\[?([a-z0-9-]+(?:\|[a-z0-9-]+)+)\]?\Z")


def complete_command(place: Place, values: Mapping[str, Values]) -> Completions | None:
    """What could be meant by a line that begins with a slash; None where it can be no command.

    Args:
        place: of the cursor.
        values: by command, what its argument can be where the table does not say it.
    """
    if place.rows > 1 or place.after or not place.before.startswith("/"):
        return None
    if name := _NAME.match(place.before):
        return _of(0, _names(name[1].lower()))
    argument = _ARGUMENT.match(place.before)
    command = next((each for each in SLASH_COMMANDS if argument and each.name == argument[1].lower()), None)
    if argument is None or command is None:
        return None
    return _of(argument.start(2), _arguments(argument[2], _known(command, values)))


def _of(start: int, items: Iterable[Completion]) -> Completions | None:
    found = tuple(items)
    return Completions(start, found) if found else None


def _names(typed: str) -> list[Completion]:
    begin = [each for each in SLASH_COMMANDS if each.name.startswith(typed)]
    begin.sort(key=lambda each: each.name != typed)
    letters = re.compile(".*".join(map(re.escape, typed)))
    guessed = [each for each in SLASH_COMMANDS if each not in begin and letters.search(each.name)]
    return [_name(each, eager=True) for each in begin] + [_name(each, eager=False) for each in guessed]


def _name(command: SlashCommand, eager: bool) -> Completion:
    needs_more = bool(command.argument) and not command.argument.startswith("[")
    return Completion(
        f"/{command.name}" + (" " if command.argument else ""),
        f"/{command.name} {command.argument}".rstrip(),
        command.summary,
        sends=not needs_more,
        eager=eager,
    )


def _known(command: SlashCommand, values: Mapping[str, Values]) -> Sequence[tuple[str, str]]:
    if supplier := values.get(command.name):
        return supplier()
    return [(word, "") for word in choices_of(command)]


def choices_of(command: SlashCommand) -> list[str]:
    """The words that a command takes, where its table says them all."""
    choices = _CHOICES.match(command.argument)
    return choices[1].split("|") if choices else []


def _arguments(typed: str, known: Sequence[tuple[str, str]]) -> list[Completion]:
    wanted = typed.casefold()
    begin = [pair for pair in known if pair[0].casefold().startswith(wanted)]
    hold = [pair for pair in known if pair not in begin and wanted in pair[0].casefold()]
    # An empty argument is one of its own: Enter sends the command as it stands.
    return [
        Completion(value, value, about, sends=True, eager=bool(typed) and (value, about) in begin)
        for value, about in (*begin, *hold)
    ]
