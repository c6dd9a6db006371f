"""`learnchat sessions`: one's own conversations in a project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, pick, project_of
from learnchat.app.locations import Locations
from learnchat.app.printing import ID, Column, Form, choose_form, print_json, print_lines, print_table, say
from learnchat.learning.clock import timestamp
from learnchat.learning.text import shorten
from learnchat.learning.transcripts.session import SessionFile, Utterance, list_sessions, read_session

# Of the first message, in the table.
TEXT_LENGTH = 120

sessions_commands = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="List your conversations in this project, newest first. They lie in your data directory, not in the project.",
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A session, as the list shows it."""

    id: str
    path: Path
    started: datetime
    messages: int
    """The user's and the model's."""
    first: str
    """The first thing the user said."""


@sessions_commands.callback()
def list_conversations(context: typer.Context, as_json: JsonOption = False, project: ProjectOption = ".") -> None:
    if context.invoked_subcommand is not None:
        context.obj = project
        return
    conversations = [_conversation(each) for each in _files(project)]
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json(
            [
                {
                    "id": each.id,
                    "started": timestamp(each.started),
                    "messages": each.messages,
                    "first": each.first,
                    "path": str(each.path),
                }
                for each in conversations
            ]
        )
    elif form is Form.LINES:
        print_lines((each.id, timestamp(each.started), str(each.messages), each.first) for each in conversations)
    elif not conversations:
        say("There are no conversations here yet.")
    else:
        print_table(
            (ID, Column("started", fixed=True), Column("messages", fixed=True), Column("begins with")),
            [
                (
                    each.id,
                    f"{each.started.astimezone():%Y-%m-%d %H:%M}",
                    str(each.messages),
                    shorten(each.first, TEXT_LENGTH),
                )
                for each in conversations
            ],
        )
        say("learnchat sessions show ID")


@sessions_commands.command("show")
def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="The id, or as much of its beginning as it takes.")],
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """Print a conversation."""
    conversations = [_conversation(each) for each in _files(project if project != "." else str(context.obj or "."))]
    said = read_session(pick(conversations, id, "conversation", "learnchat sessions").path)
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([_facts(each) for each in said])
    elif form is Form.LINES:
        print_lines((each.role, timestamp(each.at) if each.at else "", each.text) for each in said)
    else:
        for each in said:
            at = f", {each.at.astimezone():%Y-%m-%d %H:%M}" if each.at else ""
            speaker = "you" if each.role == "user" else str(each.facts.get("model") or "model")
            stopped = ", stopped" if each.facts.get("stopped") else ""
            say(f"── {speaker}{at}{stopped}\n{each.text}\n")


def _files(directory: str) -> list[SessionFile]:
    project, user_data = project_of(directory), Locations.find().user_data
    data = user_data.project(project.root) if project.has_project else user_data.personal
    return list_sessions(data.sessions)


def _conversation(file: SessionFile) -> Conversation:
    said = read_session(file.path)
    first = next((each.text for each in said if each.role == "user"), "")
    return Conversation(file.session, file.path, file.started, len(said), first)


def _facts(said: Utterance) -> dict[str, object]:
    return {
        "id": said.id,
        "role": said.role,
        "at": timestamp(said.at) if said.at else None,
        "text": said.text,
        **{name: value for name, value in said.facts.items() if name not in ("id", "role", "at", "text")},
    }
