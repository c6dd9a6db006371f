"""Whether a theme file says what a theme can say: keys, types, colours; and where in the file it does not."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from learnchat.themes.errors import ThemeError

FIELDS = tuple(field.name for field in dataclasses.fields(Theme))
COLOURS = FIELDS[1 : FIELDS.index("dark")]
SWITCHES = ("dark", "ansi")
NUMBERS = ("luminosity_spread", "text_alpha")
_AMOUNT = re.compile(r" (?:100|\d{1,2})(?:\.\d+)?%$")
_STYLES = {"none", "not", "bold", "dim", "italic", "underline", "underline2", "strike", "reverse", "blink"}


def check(path: Path, source: str, table: dict[str, Any]) -> None:
    """Check what was read from a theme file.

    Raises:
        ThemeError: with the first thing that is wrong, its key and line.
    """
    for key, value in table.items():
        if key not in FIELDS:
            _refuse(path, source, key, "is not a key of a theme", near=_nearest(key, FIELDS))
        if key in COLOURS and not _is_colour(value):
            _refuse(path, source, key, f"{value!r} is not a colour", near='a colour is written "#8fb3e6"')
        if key in SWITCHES and not isinstance(value, bool):
            _refuse(path, source, key, f"{value!r} is neither true nor false")
        if key in NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1):
            _refuse(path, source, key, f"{value!r} is not a number from 0 to 1")
        if key == "name" and not (isinstance(value, str) and value.strip()):
            _refuse(path, source, key, "is empty")
    if "primary" not in table:
        raise ThemeError(
            path, "is missing: every theme names it", key="primary", hint='For example primary = "#8fb3e6".'
        )
    variables = table.get("variables", {})
    if not isinstance(variables, dict):
        _refuse(path, source, "variables", "is not a table", near="write [variables]")
    if variables:
        _check_variables(path, source, variables)


def _check_variables(path: Path, source: str, variables: dict[str, Any]) -> None:
    from learnchat.themes.loader import VARIABLE_DEFAULTS

    known = {*Theme(name="", primary="#888888").to_color_system().generate(), *VARIABLE_DEFAULTS}
    for key, value in variables.items():
        if key not in known:
            _refuse(path, source, key, "is not a variable of a theme", near=_nearest(key, known))
        if key.endswith(("text-style", "link-style", "style-hover")):
            if not isinstance(value, str) or not set(value.split()) <= _STYLES:
                _refuse(path, source, key, f"{value!r} is not a text style", near='for example "bold underline"')
        elif not _is_colour(value, amount=True):
            _refuse(
                path, source, key, f"{value!r} is not a colour", near='a colour is written "#8fb3e6" or "#8fb3e6 40%"'
            )


def line_of(source: str, key: str) -> int | None:
    """The line that sets a key or opens a table of that name, counted from 1."""
    pattern = re.compile(rf"""^\s*(?:["']?{re.escape(key)}["']?\s*[=.]|\[\s*["']?{re.escape(key)}["']?\s*[\].])""")
    for number, line in enumerate(source.splitlines(), 1):
        if pattern.match(line):
            return number
    return None


def _refuse(path: Path, source: str, key: str, problem: str, near: str = "") -> None:
    hint = near[:1].upper() + near[1:] + "." if near else ""
    raise ThemeError(path, problem, key=key, line=line_of(source, key), hint=hint)


def _nearest(key: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(key, list(known), n=1, cutoff=0.5)
    return f"did you mean {close[0]}" if close else ""


def _is_colour(value: object, amount: bool = False) -> bool:
    if not isinstance(value, str):
        return False
    if amount:
        value = _AMOUNT.sub("", value)
        if value in ("auto", "transparent", "initial"):
            return True
    try:
        colour = Color.parse(value)
    except ColorParseError:
        return False
    return value != "auto" and colour.ansi is None
