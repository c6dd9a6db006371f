"""`learnchat undo`: take back the last acts on memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.agreeing import agreed
from learnchat.app.commands.workplace import ProjectOption, open_workplace, report
from learnchat.app.printing import complain, say
from learnchat.learning.clock import local
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import shorten

if TYPE_CHECKING:
    from learnchat.learning.profile.event import Event

# Of those that are about to be taken back; the rest are counted.
SHOWN = 20
STATEMENT_LENGTH = 100


def undo_command(
    acts: Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many acts, the last one first.")] = 1,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before more than one is taken back.")] = False,
    project: ProjectOption = ".",
) -> None:
    """Undo the last act on memory of the last 24 hours, or the last N."""
    profiles = open_workplace(project).profiles
    wanted = profiles.undoable()[:acts]
    if len(wanted) > 1 and not yes:
        _ask_about(wanted)
    for _ in wanted:
        if (act := profiles.undo()) is not None:
            report(act)
    if len(wanted) < acts:
        more = "else " if wanted else ""
        say(f"There is nothing {more}to undo: no {'other ' if wanted else ''}act on memory in the last 24 hours.")


def _ask_about(acts: Sequence[Event]) -> None:
    """List what would be taken back, and ask.

    Raises:
        LearnchatError: it is not to be, or nobody is there to be asked.
    """
    complain(f"{len(acts)} acts, the last one first:")
    for act in acts[:SHOWN]:
        complain(f"  {local(act.at):%H:%M}  {act.name}: {shorten(act.statement, STATEMENT_LENGTH)}")
    if len(acts) > SHOWN:
        complain(f"  and {len(acts) - SHOWN:,} more")
    if not agreed("Take them back?", "Nothing was taken back"):
        raise LearnchatError("Nothing was taken back.")
