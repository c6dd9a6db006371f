"""Checking configuration files against the settings, key by key.

Imports pydantic, which takes 0.08 s: never before the first paint.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from learnchat.app.settings import ModelParameters, Problem, Settings
from learnchat.app.toml_file import FileTrouble, line_of, read_toml


@dataclass(frozen=True)
class Checked:
    """What a file gives."""

    settings: Settings
    given: dict[str, Any]
    """The keys that the file sets and that hold, as tables of values."""
    problems: list[Problem]


def check(file: Path) -> Checked:
    """The settings of a file: what is wrong in it is left out and named, the rest holds."""
    try:
        data = read_toml(file)
    except FileTrouble as trouble:
        return Checked(Settings(), {}, [Problem(file, "", trouble.line, trouble.sentence)])
    return check_values(file, data)


def check_values(file: Path, data: dict[str, Any]) -> Checked:
    """The same for values that a file has, or is to have."""
    adapter = TypeAdapter(Settings)
    problems: list[Problem] = []
    # Each round leaves out at least one key, so it ends; most files need none.
    while True:
        try:
            # By way of JSON, because there a list may stand for a tuple though the check is strict.
            return Checked(adapter.validate_json(json.dumps(data, default=str)), data, problems)
        except ValidationError as error:
            for details in error.errors():
                key = _leave_out(data, details["loc"])
                if key:
                    problems.append(Problem(file, ".".join(key), line_of(file, key), _sentence(details, key)))


def _leave_out(data: dict[str, Any], location: tuple[int | str, ...]) -> tuple[str, ...]:
    """Take the key that an error is about out of the data, and say which it was. A list goes as a whole.

    Empty where another error about the same key has taken it already.
    """
    key: list[str] = []
    outer = inner = data
    for part in location:
        if not isinstance(inner, dict):
            break
        if part not in inner:
            return ()
        key.append(str(part))
        outer, inner = inner, inner[str(part)]
    outer.pop(key[-1])
    return tuple(key)


def _sentence(details: ErrorDetails, key: tuple[str, ...]) -> str:
    if details["type"] != "unexpected_keyword_argument":
        return details["msg"].removeprefix("Value error, ").replace("Input should be", "it should be")
    names = _names(Settings)
    if key[0] == "parameters":
        names = [".".join((*key[:-1], each.name)) for each in dataclasses.fields(ModelParameters)]
    # A whole name first (`recal.budget`), then the last part alone: a key in the wrong table, or in none.
    near = difflib.get_close_matches(".".join(key), names, n=1, cutoff=0.75)
    near = near or [name for name in names if name.rpartition(".")[2] == key[-1]]
    near = near or difflib.get_close_matches(".".join(key), names, n=1, cutoff=0.5)
    return f"there is no such setting; the nearest is {near[0]}" if near else "there is no such setting"


def _names(table: Any, prefix: str = "") -> list[str]:
    """Every setting of a table, dotted."""
    names = []
    for each in dataclasses.fields(table):
        names.append(prefix + each.name)
        if dataclasses.is_dataclass(each.default_factory):
            names += _names(each.default_factory, f"{prefix}{each.name}.")
    return names


# What a project's file may set, and which of two values is the quieter or safer one: the user's or the project's.
QUIETER: dict[tuple[str, str], Callable[[Any, Any], Any]] = {
    ("asking", "per_hour"): min,
    ("asking", "pause"): max,
    ("asking", "quiet"): lambda user, project: user or project,
    ("detectors", "disabled"): lambda user, project: tuple(dict.fromkeys((*user, *project))),
    ("recall", "budget"): min,
    ("judge", "enabled"): lambda user, project: user and project,
    ("judge", "tokens_per_day"): min,
    ("judge", "cost_per_day"): min,
}


def quieter(settings: Settings, file: Path) -> tuple[Settings, list[Problem]]:
    """The user's settings made quieter or safer by a project's file.

    What would do anything else is ignored and named; a value that is louder than the user's own is ignored.
    """
    checked = check(file)
    problems = list(checked.problems)
    for table, values in checked.given.items():
        for name in values if isinstance(values, dict) else ("",):
            choose = QUIETER.get((table, name))
            if choose is None:
                key = (table, name) if name else (table,)
                problems.append(
                    Problem(file, ".".join(key), line_of(file, key), "only your own configuration can set this")
                )
                continue
            mine = getattr(settings, table)
            value = choose(getattr(mine, name), getattr(getattr(checked.settings, table), name))
            settings = dataclasses.replace(settings, **{table: dataclasses.replace(mine, **{name: value})})
    return settings, problems
