"""`learnchat config`: every setting with its value, where that comes from and what it means; and changing one."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, project_of
from learnchat.app.locations import Locations
from learnchat.app.printing import Form, choose_form, complain, print_json, print_lines, say
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.app.settings import Problem

config_commands = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="Show every setting: its value, where that comes from, and what it means.",
)


def _names(incomplete: str) -> list[str]:
    from learnchat.app.manual import all_settings

    return [setting.name for setting in all_settings() if setting.name.startswith(incomplete)]


NameArgument = Annotated[
    str,
    typer.Argument(metavar="KEY", help="A setting, such as asking.countdown or keys.chat.stop.", autocompletion=_names),
]


@config_commands.callback()
def show_settings(context: typer.Context, as_json: JsonOption = False, project: ProjectOption = ".") -> None:
    if context.invoked_subcommand is not None:
        return
    # Here: pydantic, and the settings' source to be parsed.
    from learnchat.app.manual import in_force, shown

    found = in_force(Locations.find(), _folder(project), Path(project))
    for problem in _problems(project):
        complain(str(problem))
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json(
            [
                {
                    "name": each.setting.name,
                    "value": each.value,
                    "default": each.setting.default,
                    "origin": each.origin,
                    "bounds": each.setting.bounds,
                    "meaning": each.setting.meaning,
                }
                for each in found
            ]
        )
        return
    if form is Form.LINES:
        print_lines((each.setting.name, shown(each.value), each.origin, each.setting.meaning) for each in found)
        return
    width = _width()
    for each in found:
        bounds = f" ({each.setting.bounds})" if each.setting.bounds else ""
        say(f"{each.setting.name} = {shown(each.value) or '(none)'}   {each.origin}")
        say(textwrap.fill(each.setting.meaning + bounds, width, initial_indent="    ", subsequent_indent="    "))
    say("\nlearnchat config get KEY · set KEY VALUE · unset KEY · edit · check · path; keys are in `learnchat keys`.")


@config_commands.command("path")
def show_path() -> None:
    """Print the path of the configuration file, there or not."""
    print_lines([(str(Locations.find().configuration_file),)])


@config_commands.command("get")
def get_command(name: NameArgument, project: ProjectOption = ".") -> None:
    """Print the value that holds."""
    from learnchat.app.manual import in_force, shown

    found = {each.setting.name: each.value for each in in_force(Locations.find(), _folder(project), Path(project))}
    if name not in found:
        raise LearnchatError(f"There is no setting {one_line(name)}.", "`learnchat config` lists them.")
    print_lines([(shown(found[name]),)])


@config_commands.command("set")
def set_command(
    name: NameArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it is to be; a list with commas.")],
) -> None:
    """Set one value in the configuration file; its comments and order stay."""
    from learnchat.app.config_file import set_value
    from learnchat.app.manual import shown

    file = Locations.find().configuration_file
    written = set_value(file, name, value)
    say(f"{name} = {shown(written)} in {file}; it counts from the next start on.")
    _overridden(name)


@config_commands.command("unset")
def unset_command(name: NameArgument) -> None:
    """Take one value out of the configuration file, so that the default holds."""
    from learnchat.app.config_file import unset_value

    file = Locations.find().configuration_file
    say(f"{name} no longer stands in {file}." if unset_value(file, name) else f"{name} does not stand in {file}.")


@config_commands.command("edit")
def edit_command() -> None:
    """Open the configuration file in your editor, then check it. A missing one begins as a manual."""
    import subprocess

    from learnchat.app.config_file import begin_file
    from learnchat.app.editor import editor_command

    command = editor_command(os.environ)
    if not command:
        raise LearnchatError("No editor was found.", "Set VISUAL or EDITOR.")
    file = Locations.find().configuration_file
    begin_file(file)
    try:
        code = subprocess.call([*command, str(file)])
    except OSError as error:
        raise LearnchatError(f"{command[0]} could not be started: {error.strerror or error}.") from None
    if code:
        raise LearnchatError(f"{command[0]} ended with {code}.")
    raise typer.Exit(_check("."))


@config_commands.command("check")
def check_command(project: ProjectOption = ".") -> None:
    """Say what is wrong in the configuration files, with file, line and the nearest right name; 1 if anything is."""
    raise typer.Exit(_check(project))


def _problems(project: str) -> list[Problem]:
    """All that is wrong in the files, also what names something that is not there."""
    from learnchat.app.configuration import load
    from learnchat.app.references import missing
    from learnchat.app.validation import check

    locations = Locations.find()
    file = locations.configuration_file
    return [*load(locations, _folder(project)).problems, *missing(check(file).settings, file)]


def _check(project: str) -> int:
    locations = Locations.find()
    problems = _problems(project)
    for problem in problems:
        complain(str(problem))
    if not problems:
        there = "is in order" if locations.configuration_file.exists() else "is not there: the defaults hold"
        say(f"{locations.configuration_file} {there}.")
    return 1 if problems else 0


def _overridden(name: str) -> None:
    """Say where what was set does not win."""
    from learnchat.app.manual import in_force

    file = str(Locations.find().configuration_file)
    each = next((each for each in in_force(Locations.find(), _folder("."), Path()) if each.setting.name == name), None)
    if each is not None and not each.origin.startswith(file):
        say(f"Here {each.origin} says otherwise, and wins.")


def _folder(directory: str) -> Path | None:
    project = project_of(directory)
    return project.folder if project.has_project else None


def _width() -> int:
    import shutil

    # Longer lines are hard to read.
    return min(shutil.get_terminal_size().columns, 110)
