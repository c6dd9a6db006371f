"""`learnchat undo`: take back the last act on memory."""

from __future__ import annotations

from learnchat.app.commands.workplace import ProjectOption, open_workplace, report
from learnchat.app.printing import say


def undo_command(project: ProjectOption = ".") -> None:
    """Undo the last act on memory of the last 24 hours."""
    act = open_workplace(project).profiles.undo()
    if act is None:
        say("There is nothing to undo: no act on memory in the last 24 hours.")
    else:
        report(act)
