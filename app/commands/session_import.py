"""`learnchat sessions import`: conversations with other assistants, as conversations of this project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from learnchat.app.commands.sessions import folder_of, sessions_commands
from learnchat.app.commands.workplace import JsonOption, ProjectOption, project_of
from learnchat.app.histories import History, named_histories, not_readable, size_of
from learnchat.app.locations import expand
from learnchat.app.printing import complain, print_json, say
from learnchat.app.progress import ProgressBar
from learnchat.learning.clock import SystemClock
from learnchat.learning.errors import LearnchatError
from learnchat.learning.transcripts.chat_exports import DESCRIPTIONS, is_export, read_export
from learnchat.learning.transcripts.formats import UnknownFormat, recognise
from learnchat.learning.transcripts.imported import Conversation, Fate, Importer, Kept, conversations
from learnchat.learning.transcripts.json_array import NotAnArray
from learnchat.learning.transcripts.lines import USER_LIMIT, Lines

# What is said of each fate, behind how many there are.
_WORDS = {
    Fate.NEW: "imported",
    Fate.GROWN: "here already, and now with what was new",
    Fate.KNOWN: "here already",
    Fate.DELETED: "deleted here: `learnchat sessions restore`",
    Fate.EMPTY: "without a word",
}


@sessions_commands.command("import")
def import_conversations(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, or - for standard input.")],
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """Take over conversations with other assistants, to read, search and resume them here.

    ChatGPT's and Claude's conversations.json, aider's .aider.chat.history.md, Claude Code's sessions, SpecStory's and
    what else `learnchat replay` reads: the content tells. What was imported before is recognised. Nothing is learned
    from them: that is `learnchat replay`.
    """
    exports = [name for name in files if _is_export(name)]
    histories = _histories([name for name in files if name not in exports])
    named = [*(History(expand(name).absolute(), named=True) for name in exports), *histories]
    folder = folder_of(context, project)
    root = project_of(project if project != "." else str(context.obj or ".")).root
    importer = Importer(folder, root, SystemClock())
    results: list[tuple[str, Kept]] = []
    with ProgressBar("Importing", size_of(named)) as progress:
        for history in named:
            for conversation in _read(history, progress, exported=history not in histories):
                results.append((history.name, importer.keep(conversation)))
    if as_json:
        print_json([_facts(name, kept) for name, kept in results if kept.fate is not Fate.EMPTY])
        return
    for fate, words in _WORDS.items():
        found = [kept for _, kept in results if kept.fate is fate]
        if found:
            added = sum(kept.added for kept in found)
            messages = f", {added:,} message{'' if added == 1 else 's'}" if added else ""
            say(f"{len(found):,} conversation{'' if len(found) == 1 else 's'} {words}{messages}.")
    if not results:
        say("There are no conversations in it.")
    elif any(kept.fate is Fate.NEW for _, kept in results):
        say("learnchat sessions lists them; learnchat --resume ID goes on with one.")


def _is_export(name: str) -> bool:
    path = expand(name)
    # What is no file can be read only once.
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return is_export(stream)


def _histories(names: list[str]) -> list[History]:
    try:
        return named_histories(names)
    except LearnchatError as error:
        if not error.hint.startswith("Known are:"):
            raise
        raise LearnchatError(
            error.title, error.hint.replace("Known are: ", f"Known are: {DESCRIPTIONS}; ", 1)
        ) from None


def _read(history: History, progress: ProgressBar, *, exported: bool) -> Iterator[Conversation]:
    try:
        with history.open() as stream:
            if exported:
                yield from _complete(history, read_export(stream, progress.advance))
                return
            lines = Lines(stream, progress.advance, reply_limit=USER_LIMIT)
            if (form := recognise(lines)) is not None:
                yield from conversations(form.name, form.read(lines))
            if lines.unreadable:
                complain(f"{history.name}: {lines.unreadable:,} lines left out: too long, or not readable.")
    except UnknownFormat as error:
        if history.named:
            raise not_readable(history, error) from None
    except OSError as error:
        if history.named:
            raise
        complain(f"{history.name} was left out: {error.strerror or error}.")


def _complete(history: History, found: Iterable[Conversation]) -> Iterator[Conversation]:
    try:
        yield from found
    except NotAnArray as error:
        raise LearnchatError(f"{history.name}: {error}.", "What came before that was imported.") from None


def _facts(name: str, kept: Kept) -> dict[str, object]:
    return {
        "file": Path(name).name,
        "id": kept.session,
        "title": kept.title,
        "result": kept.fate.value,
        "messages": kept.added,
    }
