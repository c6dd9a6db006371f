"""What a setting names has to be there: a theme, a model, a detector.

Looked at when settings are written, listed or checked, and not at each start: the chat says itself which theme or model
it could not have, and a detector that is not there needs no switch.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from learnchat.app.models.providers import split_names
from learnchat.app.settings import Problem, Settings
from learnchat.app.toml_file import line_of
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line

THEME = "theme"
MODELS = ("model", "judge.model")
DETECTORS = "detectors.disabled"


def missing(settings: Settings, file: Path) -> list[Problem]:
    """What the settings of a file name and is not there, each with its line."""
    named: dict[tuple[str, ...], Any] = {
        ("theme",): settings.theme,
        ("model",): settings.model,
        ("judge", "model"): settings.judge.model,
        ("detectors", "disabled"): settings.detectors.disabled,
    }
    found = ((key, objection(".".join(key), value, file, settings.aliases)) for key, value in named.items() if value)
    return [Problem(file, ".".join(key), line_of(file, key), sentence) for key, sentence in found if sentence]


def objection(name: str, value: Any, file: Path, aliases: Mapping[str, Any]) -> str:
    """Why a setting can't have this value, because it names what is not there; empty where it can.

    Args:
        name: of the setting, dotted.
        value: of the right kind already.
        file: the user's configuration; their themes stand beside it.
        aliases: the user's own names for models.
    """
    return next(_objections(name, value, file, aliases), "")


def _objections(name: str, value: Any, file: Path, aliases: Mapping[str, Any]) -> Iterator[str]:
    if name == THEME:
        # 0.1 s: the loader makes Textual's themes.
        from learnchat.themes.loader import AUTOMATIC, theme_names

        yield from _unknown("theme", [value], [*theme_names(file.parent / "themes"), AUTOMATIC])
    elif name in MODELS:
        try:
            split_names(value, aliases)
        except LearnchatError as error:
            yield f"{error.title.rstrip('.')}. {error.hint}".rstrip(". ")
    elif name == DETECTORS:
        from learnchat.learning.detectors.registry import BUILT_IN, plugin_detectors

        yield from _unknown("detector", value, [*BUILT_IN, *(each.name for each in plugin_detectors())])


def _unknown(what: str, wanted: Collection[str], known: Collection[str]) -> Iterator[str]:
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            meant = f"the nearest is {near[0]}" if near else f"there are {', '.join(known)}"
            yield f"there is no {what} {one_line(name)}; {meant}"
