"""`learnchat share on|off`: whether the project's profile folder goes into git."""

from __future__ import annotations

from typing import Annotated

import typer

from learnchat.app.commands.workplace import ProjectOption, open_workplace
from learnchat.app.printing import say
from learnchat.learning.errors import LearnchatError


def share_command(
    answer: Annotated[str, typer.Argument(metavar="on|off", help="on: git sees the folder. off: only you have it.")],
    project: ProjectOption = ".",
) -> None:
    """Share this project's insights through git, or keep them to yourself. Nothing is committed."""
    profiles = open_workplace(project).profiles
    if answer == "on":
        say(profiles.share("on"))
    elif answer == "off":
        say(profiles.share("off"))
    else:
        raise LearnchatError(f"{answer!r} is neither on nor off.", "`learnchat share on` or `learnchat share off`.")
