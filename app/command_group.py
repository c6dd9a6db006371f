"""A command with commands of its own: one that it has not is answered with the nearest, and with what there is."""

from __future__ import annotations

import difflib
from typing import Any

import typer
from typer.core import TyperGroup

from learnchat.app.exit_codes import UsageError
from learnchat.learning.text import one_line


class CommandGroup(TyperGroup):
    """In place of the parser's own words, which only say that there is none of that name."""

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
