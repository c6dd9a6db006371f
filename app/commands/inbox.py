"""`learnchat inbox`: what waits for a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands import completing
from learnchat.app.commands.dates import read_date
from learnchat.app.commands.replacing import ReplacesOption, replaced_id, warn_of_contradiction
from learnchat.app.commands.workplace import JsonOption, KindOption, ProjectOption, open_workplace, pick, report
from learnchat.app.exit_codes import UsageError
from learnchat.app.printing import Column, Form, choose_form, print_json, print_lines, print_table, say
from learnchat.learning.clock import SystemClock, local, timestamp
from learnchat.learning.kinds import Scope
from learnchat.learning.proposal import JUDGE, RECHECK
from learnchat.learning.text import one_line, shorten

if TYPE_CHECKING:
    from learnchat.learning.memory.profiles import Act, Profiles
    from learnchat.learning.proposal import Proposal

# Of a statement or quote in the table; a pipe and JSON have all of it.
TEXT_LENGTH = 240

inbox_commands = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="List what waits for your decision, oldest first. What waits for 7 days lapses, and nothing is saved.",
)

IDS_HELP = "Ids, or as much of their beginnings as it takes."
IdsArgument = Annotated[
    list[str], typer.Argument(metavar="ID...", help=IDS_HELP, autocompletion=completing.proposal_ids)
]


@inbox_commands.callback()
def list_inbox(context: typer.Context, as_json: JsonOption = False, project: ProjectOption = ".") -> None:
    if context.invoked_subcommand is not None:
        context.obj = project
        return
    profiles = open_workplace(project).profiles
    pending = profiles.inbox.pending()
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([facts(proposal) for proposal in pending])
    elif form is Form.LINES:
        print_lines(
            (each.id, each.kind.value, each.scope.value, timestamp(each.created), ",".join(each.tags), each.statement)
            for each in pending
        )
    else:
        _print_for_eyes(pending, profiles)


@inbox_commands.command("confirm")
def confirm(
    context: typer.Context, ids: IdsArgument, replaces: ReplacesOption = None, project: ProjectOption = "."
) -> None:
    """Remember: what waited becomes an insight."""
    from learnchat.learning.memory.profiles import Rewording
    from learnchat.learning.profile.insight import Means

    if replaces is not None and len(ids) > 1:
        raise UsageError("--replaces goes with one id.", "Confirm the others on their own.")

    def decide(profiles: Profiles, proposal: Proposal) -> Act:
        replaced = replaced_id(profiles, replaces)
        if replaced is not None and proposal.detector == RECHECK:
            raise UsageError("This asks whether an insight still holds, and replaces nothing.", "Leave --replaces out.")
        rewording = replace(Rewording.of(proposal), replaces=replaced) if replaced is not None else None
        return profiles.confirm(proposal, Means.INBOX, rewording)

    _decide(context, project, ids, decide)


@inbox_commands.command("skip")
def skip(
    context: typer.Context,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID...]", help=IDS_HELP, autocompletion=completing.proposal_ids),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that waits, but insights to look at again.")] = False,
    project: ProjectOption = ".",
) -> None:
    """No: nothing is saved, and the same is not asked for 30 days."""
    from learnchat.learning.profile.insight import Means

    if everything == bool(ids):
        raise UsageError("Name what to skip by its id, or all of it by --all.", "`learnchat inbox` lists the ids.")
    if not everything:
        _decide(context, project, ids or [], lambda profiles, proposal: profiles.skip(proposal, Means.INBOX))
        return
    from learnchat.learning.memory.clearing import as_one, skip_all

    acts = skip_all(_profiles(context, project), Means.INBOX)
    done = as_one(acts)
    if done is None:
        say("Nothing waits.")
        return
    report(done)
    if len(acts) > 1:
        say(f"`learnchat undo {len(acts)}` has them back.")


@inbox_commands.command("never")
def never(context: typer.Context, ids: IdsArgument, project: ProjectOption = ".") -> None:
    """No, for good: nothing is saved, and the same is never asked again."""
    from learnchat.learning.profile.insight import Means

    _decide(context, project, ids, lambda profiles, proposal: profiles.never(proposal, Means.INBOX))


@inbox_commands.command("reword")
def reword(
    context: typer.Context,
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id, or as much of its beginning as it takes.",
            autocompletion=completing.proposal_ids,
        ),
    ],
    statement: Annotated[str | None, typer.Option(metavar="TEXT", help="What is remembered.")] = None,
    kind: KindOption = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="In place of its tags; may be repeated.")] = None,
    scope: Annotated[Scope | None, typer.Option(help="Where it holds.")] = None,
    because: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    expires: Annotated[str | None, typer.Option(metavar="DATE", help="Best before: 2026-12-31.")] = None,
    project: ProjectOption = ".",
) -> None:
    """Remember it in other words. What is not given stays as it is."""
    from learnchat.learning.memory.profiles import Rewording
    from learnchat.learning.profile.insight import Means

    def decide(profiles: Profiles, proposal: Proposal) -> Act:
        rewording = Rewording(
            statement=proposal.statement if statement is None else statement,
            kind=kind or proposal.kind,
            tags=proposal.tags if tag is None else tuple(tag),
            scope=scope or proposal.scope,
            because=proposal.because if because is None else because,
            expires=proposal.expires if expires is None else read_date(expires, SystemClock().now()),
        )
        return profiles.confirm(proposal, Means.INBOX, rewording)

    _decide(context, project, [id], decide)


def _decide(context: typer.Context, project: str, ids: list[str], decide: Callable[[Profiles, Proposal], Act]) -> None:
    """Carry out one decision on several proposals. All ids are looked up first, so that a typo decides nothing."""
    profiles = _profiles(context, project)
    pending = profiles.inbox.pending()
    chosen = [pick(pending, id, "proposal that waits", "learnchat inbox") for id in ids]
    for proposal in {each.id: each for each in chosen}.values():
        act = decide(profiles, proposal)
        report(act)
        warn_of_contradiction(profiles, act)


def _profiles(context: typer.Context, project: str) -> Profiles:
    return open_workplace(project if project != "." else str(context.obj or ".")).profiles


def _print_for_eyes(pending: list[Proposal], profiles: Profiles) -> None:
    if not pending:
        say("Nothing waits.")
        return
    print_table(
        (
            Column("id", fixed=True, style="dim"),
            Column("kind", fixed=True),
            Column("remember this?"),
            Column("since", fixed=True),
        ),
        [(each.id, each.kind.label, _text(each, profiles), f"{local(each.created):%Y-%m-%d}") for each in pending],
    )
    say("learnchat inbox confirm | skip | never | reword ID")


def _text(proposal: Proposal, profiles: Profiles) -> str:
    statement = shorten(proposal.statement, TEXT_LENGTH)
    if proposal.detector == RECHECK:
        return f"Still true? {statement} (its best-before date has come: confirm keeps it, skip lets it go)"
    marks = [
        *(["personal"] if proposal.scope is Scope.PERSONAL else []),
        *([JUDGE] if proposal.detector == JUDGE else []),
    ]
    text = f"{statement} ({', '.join(marks)})" if marks else statement
    said = shorten(proposal.source.quote, TEXT_LENGTH)
    if said != one_line(proposal.statement):
        text += f" “{said}”"
    replaced = profiles.find(proposal.replaces) if proposal.replaces else None
    return f"{text} replaces: {shorten(replaced.statement, TEXT_LENGTH)}" if replaced is not None else text


def facts(proposal: Proposal) -> dict[str, object]:
    """All there is about a proposal, for JSON."""
    return {
        "id": proposal.id,
        "state": proposal.state.value,
        "kind": proposal.kind.value,
        "scope": proposal.scope.value,
        "statement": proposal.statement,
        "quote": proposal.source.quote,
        "tags": list(proposal.tags),
        "because": proposal.because,
        "confidence": proposal.confidence,
        "slots": dict(proposal.slots),
        "detector": proposal.detector,
        "created": timestamp(proposal.created),
        "asked": timestamp(proposal.asked) if proposal.asked else None,
        "expires": timestamp(proposal.expires) if proposal.expires else None,
        "replaces": proposal.replaces,
        "session": proposal.source.session,
        "message": proposal.source.message,
    }
