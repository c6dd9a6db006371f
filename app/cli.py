"""The command line: `learnchat [PATH]` opens the chat, `learnchat COMMAND` is a command.

Only the command that is called is imported, so that each starts as fast as what it does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from learnchat.app.chat_flags import Continue, Inline, Model, Plain, Quiet, Resume, RoleName, Temporary, Theme, Version
from learnchat.app.command_table import COMMANDS
from learnchat.app.exit_codes import FAILURE, INTERRUPTED, USAGE, UsageError
from learnchat.app.locations import expand
from learnchat.app.printing import complain, prepare_streams, say
from learnchat.learning.errors import LearnchatError

HELP = """
A terminal chat for developers that learns their project by asking.

Whatever you say that still matters next month is asked about once ("Remember this?"). What you confirm is kept in
the project's .learnchat folder and known in every later conversation. No answer saves nothing.

\b
  learnchat                     open the chat in this project
  learnchat ~/code/shop         open it there
  learnchat ./insights          a folder that is called like a command
  learnchat -c                  go on with the last conversation here
  learnchat insights            what is known here
  learnchat remember "We use pnpm, not npm"
  learnchat doctor              what is configured, reachable and healthy
"""

# Ids of the keys that the help names; `/help` in the chat has all of them.
KEYS_IN_HELP = (
    "toast.remember",
    "toast.skip",
    "toast.reword",
    "memory.undo",
    "prompt.new_line",
    "chat.stop",
    "chat.quit",
)

# What may stand before the first word, and takes a value of its own.
WITH_VALUE = ("--model", "-m", "--theme", "--resume", "--role")

# Set by the shell's function that `learnchat completion` prints, when Tab is pressed.
COMPLETION = "_LEARNCHAT_COMPLETE"

HELP_OPTIONS = ("--help", "-h")
# As git has it: `learnchat help insights` is `learnchat insights --help`.
HELP_WORD = "help"
SETTINGS = {"help_option_names": list(HELP_OPTIONS)}

# What a command line can be about besides a command. No folder and no command is called so.
CHAT = "<chat>"
PROGRAM = "<program>"
VERSION = "<version>"


class InOrder(TyperGroup):
    """Lists the commands in the order of the table; by itself typer puts groups last."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return [name for name in COMMANDS if name in self.commands]


def run(arguments: Sequence[str]) -> int:
    """Do what the command line says.

    Args:
        arguments: without the program's name.

    Returns:
        The exit code: 0, 1 where something failed, 2 for a command line that can't be understood, 130 after Ctrl+C.
    """
    prepare_streams()
    try:
        return _call(arguments)
    except LearnchatError as error:
        complain(f"learnchat: {error.title}")
        if error.hint:
            complain(error.hint)
        return USAGE if isinstance(error, UsageError) else FAILURE
    except BrokenPipeError:
        return _closed_pipe()
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        complain(f"learnchat: {error.strerror or error}{place}")
        return FAILURE
    except KeyboardInterrupt:
        return INTERRUPTED


def _call(arguments: Sequence[str]) -> int:
    if COMPLETION in os.environ:
        return _complete()
    if arguments and arguments[0] == HELP_WORD:
        arguments = _for_help(arguments[1:])
    command = typer.main.get_command(_program(aim(arguments)))
    try:
        code = command.main(list(arguments), prog_name="learnchat", standalone_mode=False)
    except typer.Abort:
        complain("Aborted!")
        return FAILURE
    except Exception as error:
        # The parser's own errors have a form for people. Their class is in no public place of typer.
        if not hasattr(error, "format_message"):
            raise
        from learnchat.app.usage_errors import words_of

        message = words_of(error)
        error.format_message = lambda: message
        error.show()  # type: ignore[attr-defined]
        code = error.exit_code  # type: ignore[attr-defined]
    # What is printed last may find its reader gone.
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _for_help(about: Sequence[str]) -> list[str]:
    """The command line that explains a command, or a command of a command; without one the program.

    Raises:
        UsageError: there is none of that name; says which one was meant.
    """
    if about and not about[0].startswith("-") and about[0] not in COMMANDS:
        from learnchat.app.foreign_words import meant_by

        raise UsageError(f"There is no command {about[0]}.", meant_by(about[0], tuple(COMMANDS)))
    return [*about, HELP_OPTIONS[0]]


def _complete() -> int:
    """Tell the shell what could come next in the line that it hands over in the environment."""
    from typer._completion_classes import completion_init

    completion_init()
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    aimed_at = aim(line.split()[1:])
    command = typer.main.get_command(_program(aimed_at if aimed_at in COMMANDS else PROGRAM))
    command.main([], prog_name="learnchat", complete_var=COMPLETION)
    return 0


def aim(arguments: Sequence[str]) -> str:
    """What a command line is about: the name of a command, `PROGRAM` for its help, `VERSION`, or `CHAT`.

    A first word that is a command is that command. Behind `--`, or with a slash in it, it is a folder.
    """
    at = 0
    while at < len(arguments) and arguments[at].startswith("-") and arguments[at] not in ("-", "--"):
        at += 2 if arguments[at] in WITH_VALUE else 1
    if at < len(arguments) and arguments[at] in COMMANDS:
        return arguments[at]
    before = arguments[: list(arguments).index("--")] if "--" in arguments else arguments
    if any(option in before for option in HELP_OPTIONS):
        return PROGRAM
    return VERSION if "--version" in before else CHAT


def _program(aimed_at: str) -> typer.Typer:
    """The parser for a command line: of the chat alone, of one command, or of everything."""
    if aimed_at == CHAT:
        program = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        program.command(context_settings=SETTINGS)(_chat)
        return program
    program = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        cls=InOrder,
        context_settings=SETTINGS,
        invoke_without_command=True,
        help=HELP,
        epilog=_keys(),
        subcommand_metavar="[PATH | COMMAND [ARGS]...]",
    )
    program.callback()(_options)
    for name, add in COMMANDS.items():
        if aimed_at in (PROGRAM, name):
            add(program)
    return program


def _keys() -> str:
    from learnchat.app.keymap import BY_ID

    lines = [f"  {BY_ID[id].keys.replace(',', ', '):<20} {BY_ID[id].description}" for id in KEYS_IN_HELP]
    return "\n".join(("\b", "Keys in the chat, all of which config.toml can change (`learnchat locate`):", *lines))


def _options(
    context: typer.Context,
    model: Model = None,
    theme: Theme = None,
    quiet: Quiet = False,
    plain: Plain = False,
    temporary: Temporary = False,
    inline: Inline = False,
    last: Continue = False,
    resume: Resume = None,
    role: RoleName = None,
    show_version: Version = False,
) -> None:
    if show_version:
        from importlib.metadata import version

        say(f"learnchat {version('learnchat')}")
        raise typer.Exit
    values = {
        "--model": model,
        "--theme": theme,
        "--quiet": quiet,
        "--plain": plain,
        "--temporary": temporary,
        "--inline": inline,
        "--continue": last,
        "--resume": resume,
        "--role": role,
    }
    given = [name for name, value in values.items() if value]
    if given:
        raise UsageError(
            f"{given[0]} is for the chat, not for `learnchat {context.invoked_subcommand}`.",
            f"A folder of that name is `learnchat {given[0]} … ./{context.invoked_subcommand}`.",
        )


def _chat(
    path: Annotated[str, typer.Argument(metavar="PATH", help="The project's folder, or any folder in it.")] = ".",
    model: Model = None,
    theme: Theme = None,
    quiet: Quiet = False,
    plain: Plain = False,
    temporary: Temporary = False,
    inline: Inline = False,
    last: Continue = False,
    resume: Resume = None,
    role: RoleName = None,
) -> None:
    from learnchat.app.launching import ChatArguments, open_chat

    if last and resume is not None:
        raise UsageError("--continue and --resume are two conversations.", "Give one of them.")
    chat = ChatArguments(
        _folder(path),
        model,
        theme,
        quiet=quiet,
        temporary=temporary,
        inline=inline,
        plain=plain,
        role=role,
        resume="" if last else resume,
    )
    raise typer.Exit(open_chat(chat))


def _folder(text: str) -> Path:
    """The folder that was named.

    Raises:
        UsageError: there is none; says which command was meant, where it looks like one.
    """
    path = expand(text)
    if path.is_dir():
        return path
    if path.exists():
        raise UsageError(f"{path} is a file, not a folder.", "Name the project's folder.")
    from learnchat.app.foreign_words import meant_by

    hint = meant_by(text, tuple(COMMANDS))
    raise UsageError(f"There is no folder {path}, and no command of that name.", hint)


def _closed_pipe() -> int:
    """Whoever read the output has closed it (`| head`): no message, and none from the interpreter's last flush."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return FAILURE
