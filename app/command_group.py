"""A command with commands of its own: one that it has not is answered with the nearest, and with what there is; `list`
with the list that its name alone prints."""

from __future__ import annotations

import difflib
from typing import Any

import typer
from typer.core import TyperGroup

from learnchat.app.exit_codes import UsageError
from learnchat.learning.text import one_line

# What people try first, and what each group that lists something does by its name alone.
LIST = ("list", "ls")


class CommandGroup(TyperGroup):
    """In place of the parser's own words, which only say that there is none of that name."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """`learnchat sessions list` is `learnchat sessions`."""
        if self.invoke_without_command and args and args[0] in LIST:
            args = args[1:]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """The command that is called.

        Raises:
            UsageError: there is none of that name.
        """
        name, known = args[0], self.list_commands(ctx)
        if not name.startswith("-") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f"Did you mean `{ctx.command_path} {near[0]}`? " if near else ""
            raise UsageError(
                f"There is no `{ctx.command_path} {one_line(name)}`.",
                f"{meant}There are: {', '.join(known)}. --help explains them.",
            )
        return super().resolve_command(ctx, args)
