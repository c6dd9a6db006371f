"""The settings as a manual: each with its value, where that comes from, and what it means.

The meanings are the sentences below each field in `settings`, read from its source: said once, they can't drift apart.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from learnchat.app import settings
from learnchat.app.answering import choose
from learnchat.app.configuration import PROJECT_FILE, THEME_VARIABLE, load, read_early
from learnchat.app.locations import Locations
from learnchat.app.models.choice import ModelChoice
from learnchat.app.settings import Between, Settings
from learnchat.app.toml_file import line_of
from learnchat.app.validation import check
from learnchat.themes.loader import AUTOMATIC

DEFAULT = "default"
KEYS = "keys"
# The options of the chat's command line that stand for a setting.
OPTIONS = {"model": "--model", "theme": "--theme", "asking.quiet": "--quiet"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, as it can be set."""

    name: str
    """Dotted: "asking.countdown"."""
    kind: type
    """bool, int, float, str or tuple."""
    default: Any
    meaning: str
    bounds: str = ""
    """"5 to 600", where it is a number."""


@dataclass(frozen=True, slots=True)
class InForce:
    """A setting and the value that holds."""

    setting: Setting
    value: Any
    origin: str
    """"default", a file with its line, or what else says so."""


def all_settings() -> list[Setting]:
    """Every setting but the keys, which `learnchat keys` lists, in the order of the source."""
    return list(_of(Settings, ""))


def in_force(
    locations: Locations, project_folder: Path | None, directory: Path, environment: Mapping[str, str] | None = None
) -> list[InForce]:
    """Every setting with the value that holds here.

    Args:
        locations: the user's directories.
        project_folder: the project's `.learnchat`, or None where there is no project.
        directory: for the model that was chosen there.
        environment: None for the process's own.
    """
    environment = os.environ if environment is None else environment
    file = locations.configuration_file
    mine = check(file)
    configuration = load(locations, project_folder)
    found = []
    for setting in all_settings():
        value = value_of(configuration, setting.name)
        origin = DEFAULT
        if _given(mine.given, setting.name) is not None:
            origin = _place(file, setting.name)
        if project_folder is not None and value != value_of(mine.settings, setting.name):
            origin = _place(project_folder / PROJECT_FILE, setting.name)
        found.append(InForce(setting, value, origin))
    return [_overridden(each, locations, directory, environment) for each in found]


def in_this_run(found: Iterable[InForce], given: Mapping[str, str], model: ModelChoice) -> list[InForce]:
    """The settings as a chat has them: what its command line and `/model` say comes before all else.

    Args:
        found: what holds in its project.
        given: the options that it was opened with, by the setting that they stand for.
        model: the one that answers, and who says so.
    """
    return [_in_run(each, given, model) for each in found]


def _in_run(each: InForce, given: Mapping[str, str], model: ModelChoice) -> InForce:
    name = each.setting.name
    if name == "model" and (model.name != each.value or model.origin == OPTIONS[name]):
        return dataclasses.replace(each, value=model.name, origin=_this_run(model.origin))
    if name in given and name != "model":
        value = given[name] == "true" if each.setting.kind is bool else given[name]
        return dataclasses.replace(each, value=value, origin=_this_run(OPTIONS[name]))
    return each


def _this_run(origin: str) -> str:
    return f"{origin}, for this run" if origin.startswith("--") else origin


def value_of(configuration: Settings, name: str) -> Any:
    """The value of a setting by its dotted name."""
    value: Any = configuration
    for part in name.split("."):
        value = getattr(value, part)
    return value


def shown(value: Any) -> str:
    """A value as it is written in the file; empty where none is set."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _overridden(each: InForce, locations: Locations, directory: Path, environment: Mapping[str, str]) -> InForce:
    """What the environment or a choice of the user's says before the file."""
    if each.setting.name == "theme":
        if wanted := environment.get(THEME_VARIABLE):
            return dataclasses.replace(each, value=wanted, origin=THEME_VARIABLE)
        return dataclasses.replace(each, value=each.value or AUTOMATIC)
    if each.setting.name == "model":
        choice, _ = choose(locations, read_early(locations, directory, environment), None)
        origin = each.origin if choice.origin == "the configuration" else choice.origin
        return dataclasses.replace(each, value=choice.name, origin=origin)
    return each


def _given(given: Mapping[str, Any], name: str) -> Any:
    value: Any = given
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _place(file: Path, name: str) -> str:
    line = line_of(file, tuple(name.split(".")))
    return f"{file}, line {line}" if line else str(file)


def _of(table: type, prefix: str) -> Iterator[Setting]:
    meanings = _meanings(table)
    hints = get_type_hints(table, include_extras=True)
    assert dataclasses.is_dataclass(table)
    for each in dataclasses.fields(table):
        factory = each.default_factory
        if factory is dict:
            # A table whose keys the user names.
            continue
        if isinstance(factory, type) and dataclasses.is_dataclass(factory):
            yield from _of(factory, f"{prefix}{each.name}.")
            continue
        kind, bounds = _kind(hints[each.name])
        yield Setting(prefix + each.name, kind, each.default, meanings.get(each.name, ""), bounds)


def _kind(hint: Any) -> tuple[type, str]:
    bounds = ""
    for each in getattr(hint, "__metadata__", ()):
        if isinstance(each, Between):
            bounds = f"{each.low:,} to {each.high:,}"
    hint = getattr(hint, "__origin__", hint) if bounds else hint
    if get_origin(hint) is tuple:
        return tuple, bounds
    kinds = [each for each in (hint, *get_args(hint)) if isinstance(each, type) and each is not type(None)]
    plain = next((each for each in kinds if each in (bool, int, float, str)), str)
    return plain, bounds


def _meanings(table: type) -> dict[str, str]:
    """The sentence below each field of a class."""
    source = ast.parse(inspect.getsource(settings))
    body = next(each.body for each in source.body if isinstance(each, ast.ClassDef) and each.name == table.__name__)
    found = {}
    for field, below in pairwise(body):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            found[field.target.id] = " ".join(str(below.value.value).split())
    return found
