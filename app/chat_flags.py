"""The chat's options, as the command line's parser takes them."""

from __future__ import annotations

from typing import Annotated

import typer

from learnchat.app.commands import completing

Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="NAME",
        help="Who answers: anthropic/…, openai/…, gemini/…, ollama/…, or offline.",
        autocompletion=completing.models,
    ),
]
Theme = Annotated[str | None, typer.Option(metavar="NAME", help="A shipped theme, or one of your own.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No toasts in this run: what is heard waits in the inbox.")]
Plain = Annotated[bool, typer.Option("--plain", help="Lines of text, without a screen: for screen readers.")]
Temporary = Annotated[bool, typer.Option("--temporary", help="Write nothing to disk, and ask nothing.")]
Inline = Annotated[bool, typer.Option("--inline", help="Below the shell's prompt, not on a screen of its own.")]
Continue = Annotated[bool, typer.Option("--continue", "-c", help="Go on with the last conversation here.")]
RoleName = Annotated[
    str | None,
    typer.Option(
        "--role", metavar="NAME", help="Instructions of yours: roles/NAME.md.", autocompletion=completing.roles
    ),
]
Resume = Annotated[
    str | None,
    typer.Option(
        "--resume",
        metavar="ID",
        help="Go on with this conversation: its id, or its beginning.",
        autocompletion=completing.session_ids,
    ),
]
Version = Annotated[bool, typer.Option("--version", help="Show the version and exit.")]
