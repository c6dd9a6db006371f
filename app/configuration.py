"""Reading the settings.

Who wins: a flag of the command line, then the environment (`LEARNCHAT_MODEL`, `LEARNCHAT_THEME`), then the user's
`config.toml`, then what is shipped. A project's own `.learnchat/config.toml` comes on top and may only make learnchat
quieter or safer: whoever clones a project does not take its author's model, addresses or keys.

`read_early` serves the first paint, with tomllib alone. `load` runs after it, with pydantic (0.08 s), and names what is
wrong: one bad key is left out, the rest holds.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnchat.app import keymap
from learnchat.app.locations import Locations
from learnchat.app.model_choices import project_model, remember_project_model
from learnchat.app.toml_file import FileTrouble, line_of, read_toml

if TYPE_CHECKING:
    from learnchat.app.settings import Configuration

__all__ = [
    "Early",
    "load",
    "project_model",
    "read_early",
    "remember_project_model",
]

THEME_VARIABLE = "LEARNCHAT_THEME"
# The file of a project, in its profile folder.
PROJECT_FILE = "config.toml"


@dataclass(frozen=True)
class Early:
    """What the first paint needs to know."""

    theme: str | None = None
    """From the environment, else from the user's file."""
    model: str | None = None
    """From the user's file; flag and environment go before it (`choose_model`)."""
    project_model: str | None = None
    """What the user chose with `/model` in this folder or one above it."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """The user's own names for models."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The keys that the user set and that can hold, by id."""


def read_early(
    locations: Locations, directory: Path | None = None, environment: Mapping[str, str] | None = None
) -> Early:
    """What the first paint needs, without pydantic. A file that can't be read counts as empty: `load` says so later.

    Args:
        locations: the user's directories.
        directory: where learnchat was opened, for the model chosen there.
        environment: None for the process's own.
    """
    environment = os.environ if environment is None else environment
    try:
        data = read_toml(locations.configuration_file)
    except FileTrouble:
        data = {}
    return Early(
        theme=environment.get(THEME_VARIABLE) or _text(data.get("theme")),
        model=_text(data.get("model")),
        project_model=None if directory is None else project_model(locations, directory),
        aliases=_strings(data.get("aliases")),
        keys=keymap.check(_strings(data.get("keys"))).keys,
    )


def _strings(value: object) -> dict[str, str]:
    return {name: text for name, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def load(locations: Locations, project_folder: Path | None = None) -> Configuration:
    """All settings, and what is wrong with the files. Never raises for bad input: `problems` names it.

    Args:
        locations: the user's directories.
        project_folder: the project's `.learnchat` folder, or None where there is no project.
    """
    from learnchat.app.settings import Configuration, Problem
    from learnchat.app.validation import check, quieter

    file = locations.configuration_file
    checked = check(file)
    settings, problems = checked.settings, list(checked.problems)
    keys = keymap.check(settings.keys)
    for objection in keys.objections:
        line = line_of(file, ("keys", objection.id))
        problems.append(Problem(file, f"keys.{objection.id}", line, objection.sentence))
    settings = dataclasses.replace(settings, keys=dict(keys.keys))
    if project_folder is not None:
        settings, more = quieter(settings, project_folder / PROJECT_FILE)
        problems += more
    values: dict[str, Any] = {each.name: getattr(settings, each.name) for each in dataclasses.fields(settings)}
    return Configuration(**values, problems=tuple(problems))
