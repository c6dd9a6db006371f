"""`learnchat completion`: completing learnchat's commands and options in the shell."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from learnchat.app.printing import say
from learnchat.learning.errors import LearnchatError

PROGRAM = "learnchat"
# What the shell's function sets, and typer looks for.
VARIABLE = "_LEARNCHAT_COMPLETE"


class Shell(StrEnum):
    """The shells that typer knows."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def completion_command(
    shell: Annotated[Shell | None, typer.Argument(metavar="[SHELL]", help="bash, zsh, fish or powershell.")] = None,
    install: Annotated[bool, typer.Option("--install", help="Put it where the shell looks for it.")] = False,
) -> None:
    """Print the shell's script that completes learnchat's commands; without a name, that of $SHELL.

    \b
      eval "$(learnchat completion bash)"          in ~/.bashrc
      learnchat completion fish | source           in ~/.config/fish/config.fish
    """
    from typer._completion_shared import get_completion_script
    from typer._completion_shared import install as install_script

    chosen = shell or _own_shell()
    if not install:
        say(get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=chosen.value))
        return
    _, path = install_script(shell=chosen.value, prog_name=PROGRAM, complete_var=VARIABLE)
    say(f"{path} completes learnchat from the next start of {chosen} on.")


def _own_shell() -> Shell:
    name = Path(os.environ.get("SHELL", "")).name
    if name not in list(Shell):
        raise LearnchatError("Which shell?", f"`learnchat completion` takes one of {', '.join(Shell)}.")
    return Shell(name)
