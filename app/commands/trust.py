"""`learnchat trust`: what you said yes to, carried between your machines; and where a project came from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, Workplace, open_workplace
from learnchat.app.locations import expand
from learnchat.app.printing import choose_form, print_fields, print_json, say
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.learning.memory.kinship import Kinship, Origin
    from learnchat.learning.profile.profile import Profile

trust_commands = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="Say what of this project's profile is trusted. What others wrote into it is listed by `learnchat review`.",
)

PersonalOption = Annotated[bool, typer.Option("--personal", help="Your personal profile, which holds everywhere.")]
FileArgument = Annotated[str, typer.Argument(metavar="FILE")]


@trust_commands.callback()
def show_trust(context: typer.Context, as_json: JsonOption = False, project: ProjectOption = ".") -> None:
    if context.invoked_subcommand is not None:
        context.obj = project
        return
    workplace = open_workplace(project)
    profile = workplace.profiles.project or workplace.profiles.personal
    relative = _kinship(workplace).relative() if workplace.project.has_project else None
    facts = {
        "profile": str(profile.folder.path),
        "trusted": len(profile.insights()),
        "waiting": len(workplace.profiles.review()),
        "known_at": str(relative.path) if relative is not None else None,
    }
    form = choose_form(as_json)
    if as_json:
        print_json(facts)
        return
    print_fields([(name.replace("_", " "), str(value)) for name, value in facts.items() if value is not None], form)
    if relative is not None:
        say(question(relative.path))


@trust_commands.command("export")
def export_command(
    context: typer.Context, file: FileArgument, personal: PersonalOption = False, project: ProjectOption = "."
) -> None:
    """Write your decisions into a file for another machine of yours: hashes and who said yes when, no insights."""
    from learnchat.learning.clock import SystemClock
    from learnchat.learning.disk.files import replace_file
    from learnchat.learning.memory.trust_file import export_trust

    content = export_trust(_profile(_open(context, project), personal), SystemClock().now())
    path = expand(file)
    replace_file(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
    number = len(content["marks"])
    say(f"{number:,} decision{'' if number == 1 else 's'} written to {path}.")


@trust_commands.command("import")
def import_command(
    context: typer.Context, file: FileArgument, personal: PersonalOption = False, project: ProjectOption = "."
) -> None:
    """Take over decisions that you exported on another machine. Only a file of your own: it decides what is recalled.

    What stands here word for word as you accepted it there is recalled from now on; `learnchat undo` takes that back.
    """
    from learnchat.learning.memory.trust_file import TrustImport, read_trust_file

    workplace = _open(context, project)
    content = read_trust_file(expand(file))
    say(TrustImport(workplace.profiles, _profile(workplace, personal)).take(content).sentence())


@trust_commands.command("moved")
def moved(context: typer.Context, project: ProjectOption = ".") -> None:
    """This project was moved here: what you did at the old path, your trust too, is taken over."""
    from learnchat.learning.memory.kinship import Origin

    _answer(context, project, Origin.MOVED)


@trust_commands.command("copied")
def copied(context: typer.Context, project: ProjectOption = ".") -> None:
    """This project is a copy of another folder of yours: nothing is taken over."""
    from learnchat.learning.memory.kinship import Origin

    _answer(context, project, Origin.COPIED)


@trust_commands.command("cloned")
def cloned(context: typer.Context, project: ProjectOption = ".") -> None:
    """This project is a clone: nothing is taken over."""
    from learnchat.learning.memory.kinship import Origin

    _answer(context, project, Origin.CLONED)


def question(path: Path) -> str:
    """What is asked about a project whose profile was seen at another path."""
    return f"Known from {path}: `learnchat trust moved`, `copied` or `cloned`? Trust is taken over only when moved."


def _answer(context: typer.Context, project: str, origin: Origin) -> None:
    say(_kinship(_open(context, project)).answer(origin))


def _open(context: typer.Context, project: str) -> Workplace:
    return open_workplace(project if project != "." else str(context.obj or "."))


def _kinship(workplace: Workplace) -> Kinship:
    from learnchat.learning.memory.kinship import Kinship

    return Kinship(workplace.project, workplace.locations.user_data)


def _profile(workplace: Workplace, personal: bool) -> Profile:
    if personal:
        return workplace.profiles.personal
    if workplace.profiles.project is None:
        raise LearnchatError(f"{workplace.project.root} is no project.", "--personal is about your own profile.")
    return workplace.profiles.project
