"""`learnchat sessions rename, delete, restore, fork, export`: what is done with one conversation."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from learnchat.app.commands.sessions import (
    IdArgument,
    facts_of,
    folder_of,
    print_conversations,
    sessions_commands,
)
from learnchat.app.commands.workplace import JsonOption, ProjectOption, project_of
from learnchat.app.exit_codes import UsageError
from learnchat.app.locations import expand
from learnchat.app.printing import complain, print_json, say
from learnchat.app.sessions.exporting import ENDINGS, ExportFormat, export
from learnchat.app.sessions.finding import choose_session, find_session
from learnchat.app.sessions.listing import listed_sessions
from learnchat.learning.clock import SystemClock
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line
from learnchat.learning.transcripts.saved import read_saved
from learnchat.learning.transcripts.session import SessionFile, list_sessions
from learnchat.learning.transcripts.shelf import delete, drop_deleted, fork, rename, restore

NONE_DELETED = "No conversation was deleted here in the last day."


@sessions_commands.command("rename")
def rename_conversation(
    context: typer.Context,
    id: IdArgument,
    words: Annotated[list[str] | None, typer.Argument(metavar="TITLE", help="What it is called from now on.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Ask the model for a title.")] = False,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help="Whom to ask.")] = None,
    project: ProjectOption = ".",
) -> None:
    """Call a conversation by a title; "" gives it back the beginning of its first message."""
    file = find_session(folder_of(context, project), _named(id))
    if ask:
        if words:
            raise UsageError("A title and --ask are two titles.", "Give one of them.")
        title, facts = _asked_title(project if project != "." else str(context.obj or "."), model, file)
    elif words is None:
        raise UsageError("What shall it be called?", "Give a title, or --ask to ask the model for one.")
    else:
        title, facts = " ".join(words), {}
    rename(file, title, SystemClock(), **facts)
    say(f"{file.session} is “{read_saved(file).title}” now.")


def _asked_title(project: str, model: str | None, file: SessionFile) -> tuple[str, dict[str, Any]]:
    """What a model would call a conversation, and what asking took.

    Raises:
        LearnchatError: nothing came of it; the conversation keeps its title.
    """
    import asyncio

    from learnchat.app.accounting import recorded
    from learnchat.app.plain.talk import Talk
    from learnchat.app.sessions.titling import ask_for_title

    saved = read_saved(file)
    talk = Talk(expand(project).resolve(), model=model, quiet=True)
    try:
        title = asyncio.run(ask_for_title(talk.session.model, saved.branches.path()))
    except LearnchatError as error:
        raise LearnchatError(f"{error.title} It is still “{saved.title}”.", error.hint) from None
    finally:
        talk.close()
    return title.text, {"usage": recorded(title.usage, talk.session.model.name)} if title.usage else {}


@sessions_commands.command("delete")
def delete_conversation(context: typer.Context, id: IdArgument, project: ProjectOption = ".") -> None:
    """Delete a conversation; for a day it can be restored."""
    folder = folder_of(context, project)
    file = find_session(folder, _named(id))
    title = read_saved(file).title
    delete(file, SystemClock())
    drop_deleted(folder, SystemClock())
    say(f"Deleted: {title}. For a day `learnchat sessions restore {file.session}` brings it back.")


@sessions_commands.command("restore")
def restore_conversation(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a deleted one; without it they are listed.")] = "",
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """Bring back a conversation that was deleted in the last day, or list those there are."""
    folder = folder_of(context, project)
    drop_deleted(folder, SystemClock())
    if not id:
        deleted = listed_sessions(folder, deleted=True)
        if as_json:
            print_json([facts_of(each) for each in deleted])
        elif not deleted:
            say(NONE_DELETED)
        else:
            print_conversations(deleted)
        return
    files = list_sessions(folder, deleted=True)
    if not files:
        raise LearnchatError(NONE_DELETED)
    file = choose_session(files, id)
    restore(file, SystemClock())
    say(f"Brought back: {read_saved(file).title}")


@sessions_commands.command("fork")
def fork_conversation(
    context: typer.Context,
    id: IdArgument,
    at: Annotated[
        int | None, typer.Option("--at", metavar="N", help="The last message that is copied, as `show` numbers them.")
    ] = None,
    project: ProjectOption = ".",
) -> None:
    """Copy a conversation up to a message, to go another way from there."""
    folder = folder_of(context, project)
    saved = read_saved(find_session(folder, _named(id)))
    path = saved.branches.path()
    if not path:
        raise LearnchatError(f"Nothing was said in the conversation {saved.id}.")
    if at is not None and not 1 <= at <= len(path):
        raise LearnchatError(
            f"It has messages 1 to {len(path)}.", f"`learnchat sessions show {saved.id}` numbers them."
        )
    root = project_of(project if project != "." else str(context.obj or ".")).root
    made = fork(saved, path[(at or len(path)) - 1].id, folder, root, SystemClock())
    say(f"Copied {at or len(path)} of {len(path)} messages: learnchat --resume {made.session}")


def _format(written: str) -> ExportFormat:
    """A format by its name, or by how its files end: "md".

    Raises:
        UsageError: it is none.
    """
    found = ENDINGS.get(f".{written.lower()}")
    if found is None:
        raise UsageError(f"There is no format {one_line(written)}.", f"There are: {', '.join(ExportFormat)}.")
    return found


@sessions_commands.command("export")
def export_conversation(
    context: typer.Context,
    id: IdArgument,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write there.")] = None,
    form: Annotated[
        ExportFormat | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            parser=_format,
            autocompletion=lambda: [*ExportFormat],
            help="markdown, json or html; else by the file's ending.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file where there is one.")] = False,
    project: ProjectOption = ".",
) -> None:
    """Print a conversation as Markdown, JSON or HTML, without the secrets in it."""
    saved = read_saved(find_session(folder_of(context, project), _named(id)))
    path = expand(output) if output is not None else None
    wanted = form or (ENDINGS.get(path.suffix.lower()) if path is not None else None) or ExportFormat.MARKDOWN
    if path is not None and not path.parent.is_dir():
        raise LearnchatError(f"There is no folder {path.parent}.")
    if path is not None and path.is_dir():
        raise LearnchatError(f"{path} is a folder.", "Name a file in it.")
    if path is not None and path.exists() and not force:
        raise LearnchatError(f"{path} is there already.", "--force replaces it.")
    exported = export(saved, wanted)
    if path is None:
        sys.stdout.write(exported.text)
    else:
        from learnchat.learning.disk.files import SHARED_FILE, replace_file

        replace_file(path, exported.text.encode("utf-8", "replace"), SHARED_FILE)
        say(f"Written: {path}")
    if exported.secrets:
        complain(f"Left out, for they are secrets: {', '.join(exported.secrets)}")


def _named(id: str) -> str:
    """The id, where there is one: an empty one would mean the last conversation."""
    if not id.strip():
        raise LearnchatError("No id was given.", "`learnchat sessions` lists them.")
    return id
