"""`learnchat hook`: reads along with another assistant, by the hook that it calls after each turn."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from learnchat.app.commands.workplace import JsonOption
from learnchat.app.judging.hook_settings import ASSISTANTS, BACKUP, Assistant, HookFile, command
from learnchat.app.locations import expand
from learnchat.app.printing import Form, choose_form, print_json, print_lines, say
from learnchat.learning.errors import LearnchatError

hook_commands = typer.Typer(
    help="Read along with Claude Code, Codex or Gemini CLI: what they are told lands in the project's inbox.",
    no_args_is_help=True,
)

AssistantOption = Annotated[
    str, typer.Option("--for", metavar="NAME", help=f"Which assistant: {', '.join(ASSISTANTS)}.")
]
SettingsOption = Annotated[
    str | None, typer.Option("--settings", metavar="FILE", help="Its settings file, if not the user's own.")
]


@hook_commands.command("install")
def install_command(assistant: AssistantOption = "claude", settings: SettingsOption = None) -> None:
    """Set the hook up in an assistant's settings. All else in the file stays; the old file is kept beside it."""
    chosen, file = _file(assistant, settings)
    there = file.path.exists()
    if not file.install(command()):
        say(f"It was set up already in {file.path}.")
        return
    say(f"{chosen.title} calls learnchat after each turn from its next session on: {file.path}")
    if there:
        say(f"The file as it was: {file.path.name}{BACKUP}. `learnchat hook uninstall` takes the hook out again.")
    if chosen.name == "codex":
        say("Codex asks whether to trust a new hook; older versions want `codex_hooks = true` under [features].")


@hook_commands.command("uninstall")
def uninstall_command(assistant: AssistantOption = "claude", settings: SettingsOption = None) -> None:
    """Take the hook out of an assistant's settings; all else in the file stays."""
    chosen, file = _file(assistant, settings)
    if file.uninstall():
        say(f"{chosen.title} calls learnchat no more: {file.path}")
    else:
        say(f"There was no hook of learnchat in {file.path}.")


@hook_commands.command("status")
def status_command(settings: SettingsOption = None, as_json: JsonOption = False) -> None:
    """Say where the hook is set up."""
    found = [_status(each, settings) for each in ASSISTANTS.values()]
    if choose_form(as_json) is Form.JSON:
        print_json(found)
        return
    print_lines((each["title"], each["state"], each["settings"]) for each in found)


@hook_commands.command("stop")
def stop_command() -> None:
    """What an assistant calls: reads its event on standard input and is back at once. Exit code 0, whatever happens.

    The work goes on in the background: the end of the session's transcript is read, and what is worth remembering
    waits in the inbox of the project.
    """
    from learnchat.app.judging.hook_start import start

    start()


def _file(name: str, settings: str | None) -> tuple[Assistant, HookFile]:
    chosen = ASSISTANTS.get(name)
    if chosen is None:
        raise LearnchatError(f"There is no assistant “{name}” that is known here.", f"Known: {', '.join(ASSISTANTS)}.")
    return chosen, HookFile(_path(chosen, settings), chosen)


def _path(assistant: Assistant, settings: str | None) -> Path:
    return expand(settings) if settings else assistant.settings(os.environ)


def _status(assistant: Assistant, settings: str | None) -> dict[str, Any]:
    file = HookFile(_path(assistant, settings), assistant)
    try:
        found = file.installed()
        state = "set up" if found else "not set up"
    except LearnchatError as error:
        found, state = None, str(error)
    return {
        "assistant": assistant.name,
        "title": assistant.title,
        "settings": str(file.path),
        "state": state,
        "command": found,
    }
