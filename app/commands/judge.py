"""`learnchat judge`: who reads along, and whether a service may. For whoever uses the hook and not the chat."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.agreeing import agreed
from learnchat.app.commands.workplace import JsonOption, ProjectOption, project_of
from learnchat.app.printing import Form, choose_form, complain, print_json, say
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.judging.opening import Judging

judge_commands = typer.Typer(
    help="A model that reads along and may only propose: who it is, what it takes, on and off.", no_args_is_help=True
)


@judge_commands.command("status")
def status_command(project: ProjectOption = ".", as_json: JsonOption = False) -> None:
    """Say who reads along, what was used today, and what a service would cost."""
    from learnchat.app.judging.telling import status

    judging = _open(project)
    if choose_form(as_json) is not Form.JSON:
        for line in status(judging):
            say(line)
        return
    found, spent, said = judging.finder.find(), judging.ledger.today(), judging.consent.read()
    print_json(
        {
            "on": not judging.finder.is_off,
            "models": [each.name for each in found.allowed],
            "not_allowed": [each.name for each in found.all if each not in found.allowed],
            "services": list(said.providers),
            "today": {"readings": spent.readings, "tokens": spent.tokens, "dollars": spent.dollars},
        }
    )


@judge_commands.command("on")
def on_command(
    yes: Annotated[bool, typer.Option("--yes", help="Let the service read along, without being asked.")] = False,
    project: ProjectOption = ".",
) -> None:
    """Let somebody read along. A service is asked for nothing before you said yes, once, with its price told."""
    from learnchat.app.judging.telling import price_sentence, status

    judging = _open(project)
    if not judging.settings.enabled:
        raise LearnchatError("The judge is off in the configuration.", "judge.enabled = true lets it read along.")
    judging.consent.switch(off=False)
    wanted = judging.finder.find().to_ask_for
    if wanted is not None:
        complain(f"{wanted.name} would be given what is said. {price_sentence(wanted, judging.ledger)}")
        if yes or agreed("Let it read along?"):
            judging.consent.allow(wanted.provider)
        else:
            say("No service reads along.")
    for line in status(judging):
        say(line)


@judge_commands.command("off")
def off_command(project: ProjectOption = ".") -> None:
    """Let nobody read along: no model and no rules."""
    _open(project).consent.switch(off=True)
    say("The judge is off: nobody reads along.")


def _open(directory: str) -> Judging:
    from learnchat.app.configuration import load, read_early
    from learnchat.app.judging.opening import open_judging
    from learnchat.app.locations import Locations
    from learnchat.app.models.choice import choose_model
    from learnchat.app.models.providers import OFFLINE
    from learnchat.learning.clock import SystemClock

    locations, project = Locations.find(), project_of(directory)
    early = read_early(locations, project.root)
    try:
        chat_model = choose_model(None, os.environ, early.model, early.project_model).name
    except LearnchatError:
        chat_model = OFFLINE
    settings = load(locations, project.folder if project.has_project else None).judge
    return open_judging(locations, settings, SystemClock(), chat_model)
