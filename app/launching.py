"""How the chat is opened: its own arguments, read by hand, and the screen or the lines that it is opened in.

A bare `learnchat`, a folder and the chat's own options are read here without typer, which saves its 0.04 s before the
first paint. Everything else, and everything unclear, goes to the command line proper.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.learning.transcripts.session import SessionFile

# The options with a value, by the field they set. The command line proper knows the same ones, with their help.
_WITH_VALUE = {"--model": "model", "-m": "model", "--theme": "theme", "--resume": "resume", "--role": "role"}
_SWITCHES = {"--quiet": "quiet", "--temporary": "temporary", "--inline": "inline", "--plain": "plain"}
_CONTINUE = ("-c", "--continue")


@dataclass(frozen=True, slots=True)
class ChatArguments:
    """How the chat is to be opened."""

    directory: Path
    model: str | None = None
    theme: str | None = None
    quiet: bool = False
    temporary: bool = False
    """Nothing is written to disk."""
    inline: bool = False
    """Below the shell's prompt, not on a screen of its own."""
    plain: bool = False
    """Lines of text, without a screen."""
    role: str | None = None
    resume: str | None = None
    """The beginning of a session's id; empty for the last session, None for a new one."""


def read_simply(arguments: list[str]) -> ChatArguments | None:
    """The chat's arguments, where they are plain: known options, and a folder that can't be taken for a command.

    None when the command line proper has to look: a bare word (it may be a command), `--help`, an unknown option, a
    folder that is not there.

    Raises:
        FileNotFoundError: the current directory is gone.
    """
    read = ChatArguments(Path.cwd())
    rest = iter(arguments)
    folders: list[str] = []
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in _WITH_VALUE:
            value = value if equals else next(rest, "")
            if not value or value.startswith("-"):
                return None
            read = replace(read, **{_WITH_VALUE[name]: value})  # type: ignore[arg-type]
        elif argument in _SWITCHES:
            read = replace(read, **{_SWITCHES[argument]: True})  # type: ignore[arg-type]
        elif argument in _CONTINUE:
            read = replace(read, resume="")
        elif argument.startswith((".", "/", "~")):
            folders.append(argument)
        else:
            return None
    if len(folders) > 1:
        return None
    if folders:
        from learnchat.app.locations import expand

        folder = expand(folders[0])
        if not folder.is_dir():
            return None
        read = replace(read, directory=folder)
    return read


def open_chat(chat: ChatArguments) -> int:
    """Open the chat in a project; returns the exit code when it was left.

    Raises:
        LearnchatError: no such model or theme, or there is no terminal to draw on.
    """
    from learnchat.learning.errors import LearnchatError

    if chat.theme or chat.role or chat.model:
        from learnchat.app.chat_options import check_names

        check_names(chat.directory, chat.model, chat.theme, chat.role)
    session = _session(chat) if chat.resume is not None else None
    if not chat.plain and os.environ.get("TERM") == "dumb":
        # It can't place the cursor: a screen would be a heap of codes.
        chat = replace(chat, plain=True)
    piped = None
    if not chat.plain and sys.stderr.isatty() and not sys.stdin.isatty():
        from learnchat.app.piped_input import take_keyboard

        piped = take_keyboard()
    if not chat.plain and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise LearnchatError(
            "The chat needs a terminal, and this is not one.",
            'In scripts use `learnchat ask "…"`, `learnchat insights --json` and `learnchat remember`.',
        )
    with _temporarily() if chat.temporary else nullcontext():
        return _open_plain(chat, session) if chat.plain else _open_screen(chat, session, piped)


def _session(chat: ChatArguments) -> SessionFile:
    """The session that is to be resumed. Before anything is drawn: a wrong id is an error of the command line."""
    from learnchat.app.locations import Locations
    from learnchat.app.sessions.finding import find_session, sessions_folder

    folder = sessions_folder(chat.directory.resolve(), Locations.find())
    return find_session(folder, chat.resume or "", chats_only=True)


def _temporarily() -> AbstractContextManager[None]:
    from learnchat.app.temporary import REASON
    from learnchat.learning.disk.files import writing_nothing

    return writing_nothing(REASON)


def _open_plain(chat: ChatArguments, session: SessionFile | None) -> int:
    from learnchat.app.plain.chat import open_plain_chat
    from learnchat.app.plain.ending import ending_in_order

    with ending_in_order():
        return open_plain_chat(
            chat.directory.resolve(),
            chat.model,
            quiet=chat.quiet,
            temporary=chat.temporary,
            role=chat.role,
            resume=session,
        )


def _open_screen(chat: ChatArguments, session: SessionFile | None, piped: int | None) -> int:
    if chat.inline and sys.platform == "win32":
        from learnchat.learning.errors import LearnchatError

        raise LearnchatError("--inline needs a terminal of Linux or macOS.", "Without it the chat has its own screen.")
    # What the imports make stays: collecting garbage while it is made costs a tenth of the start. The chat turns it on.
    gc.disable()
    from learnchat.app.terminal_background import ask, look

    beginning = ask(os.environ)
    try:
        # While this loads, the terminal answers.
        from learnchat.app.application import Learnchat
        from learnchat.app.terminal_input import take_over_input

        take_over_input(chat.inline)
        look(beginning, os.environ)
        application = Learnchat(
            chat.directory.resolve(),
            model=chat.model,
            theme=chat.theme,
            quiet=chat.quiet,
            temporary=chat.temporary,
            role=chat.role,
            resume=session,
            beginning=beginning,
        )
        application.piped = piped
        application.run(inline=chat.inline)
    finally:
        beginning.put_back()
    if chat.inline and application.left_behind is not None:
        from learnchat.app.left_behind import print_left_behind

        print_left_behind(application.left_behind)
    if application.card:
        from learnchat.app.printing import say

        say(application.card)
    return application.return_code or 0
