"""`learnchat doctor`: what is configured, reachable and healthy."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, enter
from learnchat.app.printing import Column, Form, choose_form, complain, print_json, print_lines, print_table, say

if TYPE_CHECKING:
    from learnchat.app.health import Finding

# Who waits longer is told what for. Seconds.
SILENCE = 1.0


def doctor_command(
    offline: Annotated[bool, typer.Option("--offline", help="Ask nothing of the network.")] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend the profile's files first, where they can be.")
    ] = False,
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """Say what is configured, reachable and healthy. Exit code 1 when something is wrong."""
    from learnchat.app.health import State

    findings = list(_examine(project, offline, repair))
    wrong = [finding for finding in findings if finding.state is State.WRONG]
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json(
            {
                "healthy": not wrong,
                "findings": [
                    {"subject": each.subject, "state": each.state.value, "sentence": each.sentence} for each in findings
                ],
            }
        )
    elif form is Form.LINES:
        print_lines((each.state.value, each.subject, each.sentence) for each in findings)
    else:
        print_table(
            (Column("", fixed=True), Column("what", fixed=True), Column("is")),
            [(each.state.value, each.subject, each.sentence) for each in findings],
        )
        say(f"{len(wrong)} {'thing is' if len(wrong) == 1 else 'things are'} wrong." if wrong else "All is well.")
    raise typer.Exit(1 if wrong else 0)


def _examine(directory: str, offline: bool, repair: bool) -> Iterator[Finding]:
    from learnchat.app import health, terminal_health

    workplace = enter(directory)
    locations, project, environment = workplace.locations, workplace.project, os.environ
    yield from health.versions()
    yield from terminal_health.terminal(environment)
    yield from health.directories(locations)
    yield from health.configuration(locations, project)
    yield from health.themes(locations)
    yield from health.model(locations, project, environment)
    yield from health.judge(locations, project, environment, network=not offline)
    yield from health.certificates(environment)
    if not offline:
        yield from _patiently("Waiting for the network …", lambda: list(health.addresses(environment)))
    if repair:
        yield from health.mended(workplace.profiles)
    yield from health.memory(workplace.profiles, project)
    yield from health.index(workplace.profiles, repair)


def _patiently(what: str, probe: Callable[[], list[Finding]]) -> list[Finding]:
    """Run a probe; when it takes its time, say what is being waited for."""
    notice = threading.Timer(SILENCE, complain, (what,))
    notice.daemon = True
    notice.start()
    try:
        return probe()
    finally:
        notice.cancel()
