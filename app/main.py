"""Where `learnchat` starts.

The chat opens without typer: a bare `learnchat`, a folder and the chat's own options are read here by hand, which
saves its 0.04 s before the first paint. Everything else, and everything unclear, goes to the command line proper.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass, replace
from pathlib import Path

# The options with a value, by the field they set. The command line proper knows the same ones, with their help.
_WITH_VALUE = {"--model": "model", "--theme": "theme"}


@dataclass(frozen=True, slots=True)
class ChatArguments:
    """How the chat is to be opened."""

    directory: Path
    model: str | None = None
    theme: str | None = None
    quiet: bool = False


def read_simply(arguments: list[str], directory: Path) -> ChatArguments | None:
    """The chat's arguments, where they are plain: known options, and a folder that can't be taken for a command.

    None when the command line proper has to look: a bare word (it may be a command), `--help`, an unknown option, a
    folder that is not there.
    """
    read = ChatArguments(directory)
    rest = iter(arguments)
    folders: list[str] = []
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name in _WITH_VALUE:
            value = value if equals else next(rest, "")
            if not value or value.startswith("-"):
                return None
            read = replace(read, **{_WITH_VALUE[name]: value})  # type: ignore[arg-type]
        elif argument == "--quiet":
            read = replace(read, quiet=True)
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


def open_chat(directory: Path, model: str | None = None, theme: str | None = None, quiet: bool = False) -> int:
    """Open the chat in a project; returns the exit code when it was left.

    Raises:
        LearnchatError: no such model or theme, or there is no terminal to draw on.
    """
    from learnchat.learning.errors import LearnchatError

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise LearnchatError(
            "The chat needs a terminal, and this is not one.",
            "In scripts use `learnchat insights --json`, `learnchat remember` and `learnchat detect`.",
        )
    # What the imports make stays: collecting garbage while it is made costs a tenth of the start. The chat turns it on.
    gc.disable()
    from learnchat.app.application import Learnchat
    from learnchat.app.terminal_input import take_over_input

    take_over_input()
    application = Learnchat(directory.resolve(), model=model, theme=theme, quiet=quiet)
    application.run()
    return application.return_code or 0


def main() -> None:
    """The entry point of the `learnchat` script."""
    arguments = sys.argv[1:]
    try:
        chat = read_simply(arguments, Path.cwd())
    except FileNotFoundError:
        sys.stderr.write("learnchat: the current directory is gone. Change to one that is there.\n")
        sys.exit(1)
    if chat is None:
        from learnchat.app.cli import run

        sys.exit(run(arguments))
    from learnchat.learning.errors import LearnchatError

    try:
        sys.exit(open_chat(chat.directory, chat.model, chat.theme, chat.quiet))
    except LearnchatError as error:
        from learnchat.app.printing import complain

        complain(f"learnchat: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
