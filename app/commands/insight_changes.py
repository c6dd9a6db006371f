"""`learnchat insights edit, restore, pin, unpin, tag, merge`: changing what is known."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands import completing
from learnchat.app.commands.dates import read_date
from learnchat.app.commands.insights import IdArgument, insights_commands, project_of_command
from learnchat.app.commands.workplace import KindOption, ProjectOption, open_workplace, pick, report
from learnchat.app.exit_codes import UsageError
from learnchat.learning.clock import SystemClock
from learnchat.learning.errors import LearnchatError
from learnchat.learning.profile.insight import Means

if TYPE_CHECKING:
    from learnchat.learning.memory.profiles import Profiles

# What takes a best-before date away.
NO_DATE = "never"


@insights_commands.command("edit")
def edit(
    context: typer.Context,
    id: IdArgument,
    words: Annotated[list[str] | None, typer.Argument(metavar="[TEXT...]", help="What is remembered.")] = None,
    statement: Annotated[str | None, typer.Option(metavar="TEXT", help="The same, as an option.")] = None,
    kind: KindOption = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="In place of its tags; may be repeated.")] = None,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    expires: Annotated[str | None, typer.Option(metavar="DATE", help=f"Best before: 2026-12-31, or {NO_DATE}.")] = None,
    project: ProjectOption = ".",
) -> None:
    """Say an insight in other words. What is not given stays as it is."""
    if words and statement is not None:
        raise UsageError("The text and --statement say the same thing twice.", "Give one of them.")
    statement = " ".join(words) if words else statement
    if all(each is None for each in (statement, kind, tag, because, expires)):
        raise LearnchatError("What shall change?", f'learnchat insights edit {id} "…"; --help names what else can.')
    dated = expires not in (None, NO_DATE)
    date: datetime | None = read_date(str(expires), SystemClock().now()) if dated else None
    profiles = _profiles(context, project)
    report(
        profiles.edit(
            _insight(profiles, id),
            Means.COMMAND,
            statement=statement,
            kind=kind,
            tags=tag,
            because=because,
            expires=date,
            lasts=expires == NO_DATE,
        )
    )


@insights_commands.command("pin")
def pin(context: typer.Context, id: IdArgument, project: ProjectOption = ".") -> None:
    """Give it to the model in every conversation, whatever that is about."""
    profiles = _profiles(context, project)
    report(profiles.pin(_insight(profiles, id), Means.COMMAND))


@insights_commands.command("unpin")
def unpin(context: typer.Context, id: IdArgument, project: ProjectOption = ".") -> None:
    """Give it to the model only where it bears on a message, or where there is room."""
    profiles = _profiles(context, project)
    report(profiles.unpin(_insight(profiles, id), Means.COMMAND))


# `-js` takes a tag away: it is no option.
@insights_commands.command("tag", context_settings={"ignore_unknown_options": True})
def tag(
    context: typer.Context,
    id: IdArgument,
    tags: Annotated[list[str], typer.Argument(metavar="+TAG|-TAG...", help="+x adds a tag, -y takes one away.")],
    project: ProjectOption = ".",
) -> None:
    """Add tags and take tags away: learnchat insights tag ID +css -js"""
    wrong = next((each for each in tags if len(each) < 2 or each[0] not in "+-"), None)
    if wrong is not None:
        raise LearnchatError(f"{wrong} is neither +TAG nor -TAG.", f"learnchat insights tag {id} +css -js")
    profiles = _profiles(context, project)
    add = [each[1:] for each in tags if each[0] == "+"]
    remove = [each[1:] for each in tags if each[0] == "-"]
    report(profiles.tag(_insight(profiles, id), Means.COMMAND, add, remove))


@insights_commands.command("merge")
def merge(
    context: typer.Context,
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="What stays, with the tags of both.", autocompletion=completing.insight_ids),
    ],
    other: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="What becomes inactive, linked to the first.", autocompletion=completing.insight_ids
        ),
    ],
    statement: Annotated[str | None, typer.Option(metavar="TEXT", help="What the two say together.")] = None,
    project: ProjectOption = ".",
) -> None:
    """Make two insights one. The second stays, linked and inactive."""
    profiles = _profiles(context, project)
    ids = _insight(profiles, id), _insight(profiles, other)
    report(profiles.merge(*ids, Means.COMMAND, statement))


@insights_commands.command("restore")
def restore(context: typer.Context, id: IdArgument, project: ProjectOption = ".") -> None:
    """Bring back what was forgotten in the last day, or what was replaced."""
    profiles = _profiles(context, project)
    report(
        profiles.restore(
            pick(profiles.restorable(), id, "forgotten or replaced insight", "learnchat log").id, Means.COMMAND
        )
    )


def _profiles(context: typer.Context, project: str) -> Profiles:
    return open_workplace(project_of_command(context, project)).profiles


def _insight(profiles: Profiles, prefix: str) -> str:
    """The id of the one insight or entry whose id begins so."""
    found = profiles.find(prefix.lower())
    if found is None:
        raise LearnchatError(f"There is no insight with the id {prefix}.", "`learnchat insights` lists the ids.")
    return found.id
