"""`learnchat sessions`: one's own conversations in a project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from learnchat.app.commands import completing
from learnchat.app.commands.workplace import JsonOption, ProjectOption, project_of
from learnchat.app.locations import Locations
from learnchat.app.printing import ID, Column, Form, choose_form, print_json, print_lines, print_table, say
from learnchat.app.sessions.finding import find_session
from learnchat.app.sessions.listing import Listed, listed_sessions
from learnchat.learning.clock import local, timestamp
from learnchat.learning.text import shorten
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import Utterance

# Of a title, in the table.
TEXT_LENGTH = 120

IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The id, or as much of its beginning as it takes.", autocompletion=completing.session_ids
    ),
]

sessions_commands = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="List your conversations in this project, the last first. They lie in your data directory.",
)


@sessions_commands.callback()
def list_conversations(context: typer.Context, as_json: JsonOption = False, project: ProjectOption = ".") -> None:
    if context.invoked_subcommand is not None:
        context.obj = project
        return
    conversations = listed_sessions(folder_of(context, project))
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([facts_of(each) for each in conversations])
    elif form is Form.LINES:
        print_lines((each.id, timestamp(each.last), str(each.messages), each.title) for each in conversations)
    elif not conversations:
        say("There are no conversations here yet.")
    else:
        print_conversations(conversations)
        say("learnchat --resume ID goes on with one; learnchat sessions show ID prints it.")


def print_conversations(conversations: Sequence[Listed]) -> None:
    """A table of conversations, for eyes."""
    print_table(
        (ID, Column("last", fixed=True), Column("messages", fixed=True), Column("title")),
        [(each.id, f"{local(each.last):%Y-%m-%d %H:%M}", str(each.messages), _title(each)) for each in conversations],
    )


def _title(listed: Listed) -> str:
    mark = f"({listed.mark}) " if listed.mark else ""
    return mark + shorten(listed.title, TEXT_LENGTH)


def facts_of(listed: Listed) -> dict[str, object]:
    """A conversation as JSON has it."""
    return {
        "id": listed.id,
        "title": listed.title,
        "started": timestamp(listed.file.started),
        "last": timestamp(listed.last),
        "messages": listed.messages,
        "first": listed.first,
        "asked": listed.asked,
        "imported": listed.origin or None,
        "tokens": listed.spent.tokens,
        # By the price list of the day each reply came, an estimate; null where a price was not known.
        "dollars": listed.spent.dollars if listed.spent.whole else None,
        "path": str(listed.file.path),
    }


@sessions_commands.command("show")
def show(
    context: typer.Context,
    id: IdArgument,
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """Print a conversation."""
    said = read_saved(find_session(folder_of(context, project), id)).branches.path()
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([_facts(each) for each in said])
    elif form is Form.LINES:
        print_lines((each.role, timestamp(each.at) if each.at else "", each.text) for each in said)
    else:
        for number, each in enumerate(said, start=1):
            at = f", {local(each.at):%Y-%m-%d %H:%M}" if each.at else ""
            speaker = "you" if each.role == "user" else str(each.facts.get("model") or "model")
            stopped = ", stopped" if each.facts.get("stopped") else ""
            say(f"── {speaker}{at}, message {number}{stopped}\n{each.text}\n")


def folder_of(context: typer.Context, project: str) -> Path:
    """Where the conversations of a command's project lie; `--project` may stand before or after the sub-command.

    Raises:
        LearnchatError: there is no such folder.
    """
    found = project_of(project if project != "." else str(context.obj or "."))
    user_data = Locations.find().user_data
    return (user_data.project(found.root) if found.has_project else user_data.personal).sessions


def _facts(said: Utterance) -> dict[str, object]:
    return {
        "id": said.id,
        "role": said.role,
        "at": timestamp(said.at) if said.at else None,
        "text": said.text,
        **{name: value for name, value in said.facts.items() if name not in ("id", "role", "at", "text")},
    }
