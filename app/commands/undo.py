"""`learnchat undo`: take back the last acts on memory."""

from __future__ import annotations

from typing import Annotated

import typer

from learnchat.app.commands.workplace import ProjectOption, open_workplace, report
from learnchat.app.printing import say


def undo_command(
    acts: Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many acts, the last one first.")] = 1,
    project: ProjectOption = ".",
) -> None:
    """Undo the last act on memory of the last 24 hours, or the last N."""
    profiles = open_workplace(project).profiles
    for number in range(acts):
        act = profiles.undo()
        if act is None:
            more = "else " if number else ""
            say(f"There is nothing {more}to undo: no {'other ' if number else ''}act on memory in the last 24 hours.")
            return
        report(act)
