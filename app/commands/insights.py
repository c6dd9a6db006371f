"""`learnchat insights`: what is known here."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands import completing
from learnchat.app.commands.workplace import JsonOption, ProjectOption, open_workplace, pick, report
from learnchat.app.decided import DECIDED
from learnchat.app.printing import (
    Column,
    Form,
    choose_form,
    print_fields,
    print_json,
    print_lines,
    print_table,
    say,
)
from learnchat.learning.clock import local, timestamp
from learnchat.learning.text import one_line, shorten

if TYPE_CHECKING:
    from learnchat.learning.memory.profiles import Profiles
    from learnchat.learning.profile.insight import Entry, Insight

# A terminal shows a screen or two; everything is one option, or a pipe, away.
NEWEST = 50
# Of a statement in the table. `insights show` has all of it.
STATEMENT_LENGTH = 240

insights_commands = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="List what is known here, newest first: this project's insights, then the personal ones.",
)

PersonalOption = Annotated[bool, typer.Option("--personal", help="Only the personal ones, which hold in all projects.")]
IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The id, or as much of its beginning as it takes.", autocompletion=completing.insight_ids
    ),
]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it is listed."""

    entry: Entry
    scope: str
    status: str
    """`active`, or why it is not recalled: `unaccepted`, `expired`, `replaced`."""
    insight: Insight | None = None
    """With the decision behind it, where this user made one."""

    @property
    def id(self) -> str:
        return self.entry.id


@insights_commands.callback()
def list_insights(
    context: typer.Context,
    personal: PersonalOption = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what is not accepted, replaced or expired; and no limit of 50.")
    ] = False,
    used: Annotated[
        bool, typer.Option("--used", help="How often each was given to a model, taken up, and what you said of it.")
    ] = False,
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    if context.invoked_subcommand is not None:
        context.obj = project
        return
    if used:
        from learnchat.app.commands.insight_usage import print_usage

        print_usage(project, personal=personal, as_json=as_json)
        return
    # The process ends with the list: walking ten thousand rows in search of garbage would take a third of its time.
    gc.disable()
    profiles = open_workplace(project).profiles
    form = choose_form(as_json)
    known = profiles.personal.insights() if personal else profiles.insights()
    if form is Form.JSON and not everything:
        print_json(facts(_row(insight)) for insight in known.each_once())
        return
    if everything:
        rows = [row for row in _rows(profiles, everything=True) if not personal or row.scope == "personal"]
    elif form is Form.LINES:
        # A line names no decision, so none is looked up.
        rows = [Row(entry, scope.value, "active") for entry, scope in known.entries()]
    else:
        rows = [_row(insight) for insight in known[:NEWEST]]
    if form is Form.JSON:
        print_json([facts(row) for row in rows])
    elif form is Form.LINES:
        print_lines(_cells(row, everything) for row in rows)
    else:
        more = 0 if everything else len(known) - len(rows)
        _print_for_eyes(rows, more, unaccepted=0 if everything else len(profiles.unaccepted()))


@insights_commands.command("show")
def show_insight(
    context: typer.Context, id: IdArgument, as_json: JsonOption = False, project: ProjectOption = "."
) -> None:
    """Show one insight in full.

    With your own words behind it, and when and how it was decided.
    """
    profiles = open_workplace(project_of_command(context, project)).profiles
    row = pick(_rows(profiles, everything=True), id, "insight", "learnchat insights --all")
    held = [entry for profile in (profiles.project, profiles.personal) if profile for entry in profile.entries()]
    successor = next((entry.id for entry in held if entry.replaces == row.id), None)
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json(facts(row) | {"replaced_by": successor})
    else:
        print_fields([*_fields(row), ("replaced by", successor or "")], form)


@insights_commands.command("forget")
def forget_insight(context: typer.Context, id: IdArgument, project: ProjectOption = ".") -> None:
    """Forget an insight: it is recalled no more. Can be undone for a day."""
    from learnchat.learning.profile.insight import Means

    profiles = open_workplace(project_of_command(context, project)).profiles
    row = pick(_rows(profiles, everything=True), id, "insight", "learnchat insights --all")
    report(profiles.forget(row.id, Means.COMMAND))
    say(f"`learnchat undo` brings it back, after other acts `learnchat insights restore {row.id}`; for a day.")


def project_of_command(context: typer.Context, own: str) -> str:
    """`--project` may stand before or after the sub-command."""
    return own if own != "." else str(context.obj or ".")


def _row(insight: Insight) -> Row:
    return Row(insight.entry, insight.scope.value, "active", insight)


def _rows(profiles: Profiles, *, everything: bool) -> list[Row]:
    """What is recalled, newest first, the project's before the personal ones; then, if wanted, the rest."""
    rows = [_row(insight) for insight in profiles.insights()]
    if not everything:
        return rows
    recalled = {row.id for row in rows}
    for scope, profile in (("project", profiles.project), ("personal", profiles.personal)):
        if profile is None:
            continue
        unaccepted = profile.unaccepted()
        rows += [Row(entry, scope, "unaccepted") for entry in unaccepted]
        rows += [
            Row(insight.entry, scope, "expired", insight)
            for insight in profile.view().insights
            if insight.id not in recalled
        ]
        rows += [
            Row(entry, scope, "replaced")
            for entry in profile.entries()
            if entry.state == "replaced" and entry not in unaccepted
        ]
    return rows


def _cells(row: Row, everything: bool) -> tuple[str, ...]:
    """One line of a pipe: id, kind, scope, date, tags, statement; and the status where not all are active."""
    entry = row.entry
    cells = (row.id, entry.kind.value, row.scope, timestamp(entry.confirmed), ",".join(entry.tags), entry.statement)
    return (*cells, row.status) if everything else cells


def _print_for_eyes(rows: list[Row], more: int, unaccepted: int) -> None:
    if not rows:
        say('Nothing is known here yet. Say what lasts in the chat, or: learnchat remember "…"')
    else:
        print_table(
            (
                Column("id", fixed=True, style="dim"),
                Column("kind", fixed=True),
                Column("statement"),
                Column("when", fixed=True),
            ),
            [
                (
                    row.id,
                    row.entry.kind.label,
                    _statement(row),
                    f"{local(row.entry.confirmed):%Y-%m-%d}",
                )
                for row in rows
            ],
        )
        if more:
            say(f"and {more:,} more (--all)")
    if unaccepted:
        say(f"{unaccepted:,} more in the folder that you did not confirm: not recalled (--all lists them)")


def _statement(row: Row) -> str:
    """The statement with what has to be known beside it: in words, since colour alone tells not everybody."""
    marks = [mark for mark in ("personal" if row.scope == "personal" else "", row.status) if mark not in ("", "active")]
    note = f" ({', '.join(marks)})" if marks else ""
    return shorten(row.entry.statement, STATEMENT_LENGTH) + note


def facts(row: Row) -> dict[str, object]:
    """All there is about an entry, for JSON."""
    entry, decision = row.entry, row.insight.decision if row.insight else None
    return {
        "id": entry.id,
        "status": row.status,
        "kind": entry.kind.value,
        "scope": row.scope,
        "statement": entry.statement,
        "quote": entry.quote,
        "tags": list(entry.tags),
        "because": entry.because,
        "confirmed": timestamp(entry.confirmed),
        "expires": timestamp(entry.expires) if entry.expires else None,
        "replaces": entry.replaces,
        "pinned": entry.pinned,
        "revision": entry.revision,
        "decision": None
        if decision is None
        else {
            "id": decision.id,
            "at": timestamp(decision.at),
            "means": decision.means.value,
            "who": decision.who,
            "quote": decision.source.quote,
            "session": decision.source.session,
            "message": decision.source.message,
        },
    }


def _fields(row: Row) -> list[tuple[str, str]]:
    entry, decision = row.entry, row.insight.decision if row.insight else None
    words = decision.source.quote if decision and decision.source.quote else entry.quote
    return [
        ("statement", entry.statement),
        ("in your words", words if one_line(words) != one_line(entry.statement) else ""),
        ("because", entry.because),
        ("kind", entry.kind.label),
        ("tags", ", ".join(entry.tags)),
        ("scope", "everywhere (personal)" if row.scope == "personal" else "this project"),
        ("status", row.status),
        ("when", f"{local(decision.at if decision else entry.confirmed):%Y-%m-%d %H:%M}"),
        ("how", DECIDED[decision.means.value] if decision else "it is not recalled: no yes of yours stands behind it"),
        ("session", decision.source.session if decision else ""),
        ("best before", f"{local(entry.expires):%Y-%m-%d}" if entry.expires else ""),
        ("replaces", entry.replaces or ""),
        ("pinned", "yes" if entry.pinned else ""),
        ("id", entry.id),
    ]
