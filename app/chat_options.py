"""The chat's options that name something: looked up before anything is opened, so that a wrong one is what is said."""

from __future__ import annotations

from pathlib import Path

from learnchat.app.locations import Locations
from learnchat.learning.errors import LearnchatError


def check_names(directory: Path, model: str | None, theme: str | None, role: str | None) -> None:
    """Look up what was named on the command line.

    Args:
        directory: where the chat is to be opened.
        model: a model's name; None where none was given, as with the others.
        theme: a theme's name.
        role: a role's name.

    Raises:
        LearnchatError: there is none of a name.
    """
    locations = Locations.find()
    if model:
        from learnchat.app.answering import choose
        from learnchat.app.configuration import read_early

        choose(locations, read_early(locations, directory), model)
    if theme:
        _check_theme(theme, locations)
    if role:
        from learnchat.app.roles import read_role

        read_role(locations.roles, role)


def _check_theme(name: str, locations: Locations) -> None:
    from learnchat.themes.errors import ThemeError
    from learnchat.themes.loader import AUTOMATIC, load_theme

    if name == AUTOMATIC:
        return
    try:
        load_theme(name, locations.themes)
    except ThemeError as error:
        raise LearnchatError(error.title, error.hint) from None
