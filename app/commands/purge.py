"""`learnchat purge`: delete what learnchat has of a project, or all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.agreeing import agreed
from learnchat.app.commands.workplace import project_of
from learnchat.app.locations import Locations
from learnchat.app.printing import complain, say
from learnchat.learning.clock import SystemClock
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.learning.memory.purging import Plan


def purge_command(
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="With --project: another project than this one.")] = ".",
    project: Annotated[bool, typer.Option("--project", help="Only what belongs to this project.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Delete conversations, insights, inbox and journal: of all projects, or with --project of this one.

    It can't be undone. A .learnchat folder that git shares stays: it belongs to the repository. Settings stay too.
    """
    from learnchat.learning.memory.purging import carry_out, plan_all, plan_project

    if path != "." and not project:
        raise LearnchatError("Without --project everything is deleted, whatever the path.", "Leave out the path.")
    user_data, clock = Locations.find().user_data, SystemClock()
    if project:
        here = project_of(path)
        if not here.has_project:
            raise LearnchatError(
                f"{here.root} is no project.", "What is personal is deleted by `learnchat purge` alone."
            )
        plan, what = plan_project(here, user_data, clock), f"All that learnchat has of {here.root}"
    else:
        plan, what = plan_all(user_data, clock), "All that learnchat has of you, of every project"
    if not plan.files:
        say("There is nothing to delete.")
        return
    _describe(plan, what)
    if not yes and not agreed("Delete it for good?", "Nothing was deleted"):
        raise LearnchatError("Nothing was deleted.")
    left = carry_out(plan)
    for each in left:
        complain(f"Could not be deleted: {each}")
    say(f"Deleted: {len(plan.files) - len(left):,} files.")
    if left:
        raise typer.Exit(1)


def _describe(plan: Plan, what: str) -> None:
    say(f"{what}: {len(plan.files):,} files, {plan.sessions:,} of them conversations.")
    for folder in plan.kept:
        say(f"Stays, for git shares it: {folder}")
