"""`learnchat insights commit, export, import`: insights to git, to other places and from them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.insights import PersonalOption, insights_commands, project_of_command
from learnchat.app.commands.workplace import ProjectOption, open_workplace
from learnchat.app.locations import expand
from learnchat.app.printing import complain, say
from learnchat.app.standard_input import standard_input
from learnchat.learning.clock import SystemClock
from learnchat.learning.errors import LearnchatError
from learnchat.learning.transfer.assistants import AssistantFile
from learnchat.learning.transfer.exporting import Format

if TYPE_CHECKING:
    from learnchat.learning.transfer.importing import Filed

# A file of statements is a few hundred kilobytes; this keeps a wrong file name from filling the memory.
SIZE_LIMIT = 32 * 1024 * 1024
ENDINGS = {".json": Format.JSON, ".jsonl": Format.LINES, ".ndjson": Format.LINES, ".md": Format.MARKDOWN}


@insights_commands.command("commit")
def commit_insights(
    context: typer.Context,
    message: Annotated[
        str | None, typer.Option("--message", "-m", metavar="TEXT", help="Instead of one that says what was learned.")
    ] = None,
    project: ProjectOption = ".",
) -> None:
    """Commit the .learnchat folder to git, and nothing else, where it is shared."""
    from learnchat.learning.memory.committing import commit

    workplace = open_workplace(project_of_command(context, project))
    say(commit(workplace.project, workplace.profiles.sharing, message))


@insights_commands.command("export")
def export_insights(
    context: typer.Context,
    form: Annotated[
        Format | None, typer.Option("--format", help="json, jsonl or markdown; by default by the file's ending.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="A file; else it is printed.")
    ] = None,
    to: Annotated[
        list[AssistantFile] | None,
        typer.Option(metavar="FILE", help=f"Keep a block of {', '.join(AssistantFile)} in step with the project."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="With --to: write nothing, exit with 1 where a block is not in step.")
    ] = False,
    personal: PersonalOption = False,
    project: ProjectOption = ".",
) -> None:
    """Write what is known here as JSON, JSON lines or Markdown, or for other assistants.

    Without sessions, and without what has a secret in it. With --to only this project's insights, between two marked
    lines of the file; nothing outside of them is touched.
    """
    if to:
        if form or output or personal:
            raise LearnchatError("--to goes with --check and --project alone.")
        _export_to(project_of_command(context, project), list(dict.fromkeys(to)), check)
        return
    if check:
        raise LearnchatError("--check needs --to, and the name of a file.")
    from learnchat.learning.transfer.exporting import render, without_secrets

    profiles = open_workplace(project_of_command(context, project)).profiles
    insights = [each for each in profiles.insights() if not personal or each.scope == "personal"]
    clean, withheld = without_secrets(insights)
    path = expand(output) if output is not None else None
    wanted = form or (ENDINGS.get(path.suffix.lower(), Format.JSON) if path is not None else Format.JSON)
    text = render(clean, wanted)
    if path is None:
        sys.stdout.write(text)
    else:
        _write(path, text)
    if withheld:
        complain(f"Left out: {len(withheld)} with a secret in it: {', '.join(each.id for each in withheld)}")


def _export_to(directory: str, names: list[AssistantFile], check: bool) -> None:
    from learnchat.app.commands.assistant_files import check_files, write_files

    workplace = open_workplace(directory)
    if not check:
        write_files(workplace, expand(directory), names)
    elif not check_files(workplace, expand(directory), names, SystemClock().now()):
        raise typer.Exit(1)


@insights_commands.command("import")
def import_insights(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="JSON, JSON lines or Markdown; - for standard input.")
    ],
    project: ProjectOption = ".",
) -> None:
    """File statements in the inbox, for you to decide: nothing is saved by it.

    Files exported by learnchat, a LEARNED_INSIGHTS.md, and the list items of CLAUDE.md, AGENTS.md and the like.
    What is known, waits, or was refused for good or forgotten is left out, and so is learnchat's own block.
    """
    from learnchat.app.progress import ProgressBar
    from learnchat.learning.transfer.importing import file_in_inbox
    from learnchat.learning.transfer.reading import read

    profiles = open_workplace(project_of_command(context, project)).profiles
    clock = SystemClock()
    contents = []
    # All are read first, so that a wrong one files nothing.
    for name in files:
        try:
            contents.append((name, *read("" if name == "-" else name, _read(name), clock.now())))
        except ValueError as error:
            raise LearnchatError(f"{name} is no JSON: {error}.", "Its ending says that it is.") from None
    for name, candidates, unreadable in contents:
        with ProgressBar(
            "Comparing", sum(len(each.statement.encode("utf-8", "replace")) for each in candidates)
        ) as bar:
            filed = file_in_inbox(candidates, profiles, clock, _origin(name), bar.advance)
        _report(name, filed, unreadable)


def _origin(name: str) -> str:
    return "standard input" if name == "-" else Path(name).name


def _report(name: str, filed: Filed, unreadable: int) -> None:
    count = len(filed.proposals)
    waits = "statement waits" if count == 1 else "statements wait"
    say(f"{_origin(name)}: {count:,} {waits} for your decision: `learnchat inbox`, or /inbox in the chat.")
    left_out = [f"{number:,} {reason}" for reason, number in filed.left_out.most_common()]
    left_out += [f"{unreadable:,} without a statement"] if unreadable else []
    if left_out:
        say(f"Left out: {', '.join(left_out)}.")


def _read(name: str) -> bytes:
    if name == "-":
        data = standard_input().read(SIZE_LIMIT + 1)
    else:
        path = expand(name)
        if not path.is_file():
            raise LearnchatError(f"There is no file {path}.")
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise LearnchatError(f"{name} is larger than {SIZE_LIMIT // 1024 // 1024} MB.")
    return data


def _write(path: Path, text: str) -> None:
    from learnchat.learning.disk.files import SHARED_FILE, replace_file

    if not path.parent.is_dir():
        raise LearnchatError(f"There is no folder {path.parent}.")
    if path.is_dir():
        raise LearnchatError(f"{path} is a folder.", "Name a file in it.")
    replace_file(path, text.encode("utf-8", "replace"), SHARED_FILE)
    say(f"Written: {path}")
