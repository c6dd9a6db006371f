"""`learnchat remember`: save a statement without being asked."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from learnchat.app.commands.dates import read_date
from learnchat.app.commands.replacing import ReplacesOption, replaced_id, warn_of_contradiction
from learnchat.app.commands.workplace import KindOption, ProjectOption, open_workplace, report
from learnchat.app.printing import say
from learnchat.app.standard_input import standard_input
from learnchat.learning.clock import SystemClock
from learnchat.learning.errors import LearnchatError
from learnchat.learning.kinds import Scope

# More than any insight may hold; what comes by a pipe is not read to its end.
INPUT_LIMIT = 64 * 1024


def remember_command(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT", help="The statement; - or nothing reads it from standard input."),
    ] = None,
    kind: KindOption = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="For finding it; may be repeated.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Best before: 2026-12-31.")] = None,
    personal: Annotated[bool, typer.Option("--personal", help="It holds in all your projects.")] = False,
    replaces: ReplacesOption = None,
    project: ProjectOption = ".",
) -> None:
    """Remember a statement.

    It is given to the model in every later conversation here. Its kind, its tags and a best-before date are those that
    its words tell ("until Friday"), unless the options say otherwise.
    """
    from learnchat.learning.hearing.analysis import default_analyser
    from learnchat.learning.hearing.naming import named

    text = _statement(words or [])
    workplace = open_workplace(project)
    scope = Scope.PERSONAL if personal or not workplace.project.has_project else Scope.PROJECT
    profiles = workplace.profiles
    replaced = replaced_id(profiles, replaces)
    now = SystemClock().now()
    expires = None if until is None else read_date(until, now)
    heard = named(text, default_analyser(), now)
    act = profiles.remember(
        text,
        kind=kind or heard.kind,
        tags=heard.tags if tag is None else tuple(tag),
        scope=scope,
        replaces=replaced,
        expires=expires or heard.expires,
    )
    report(act)
    kept = act.insight.scope if act.insight else scope
    if kept is Scope.PERSONAL:
        say(f"In {workplace.locations.user_data.personal_profile}, for all your projects.")
    else:
        say(f"In {workplace.project.folder}, for this project.")
    warn_of_contradiction(profiles, act)


def _statement(words: list[str]) -> str:
    """What is to be remembered, from the words of the command line or from standard input."""
    from learnchat.app.attachments.reading import as_text

    if words and words != ["-"]:
        return " ".join(words)
    if not words and sys.stdin.isatty():
        raise LearnchatError("What shall be remembered?", 'learnchat remember "We use pnpm, not npm"')
    text = as_text(standard_input().read(INPUT_LIMIT))
    if text is None:
        raise LearnchatError("Standard input is binary: there is nothing to remember.")
    if not text.strip():
        raise LearnchatError("Standard input is empty: there is nothing to remember.")
    return text.strip()
