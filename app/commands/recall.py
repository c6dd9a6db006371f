"""`learnchat recall`: the insights that bear on some words."""

from __future__ import annotations

from typing import Annotated

import typer

from learnchat.app.commands.insights import Row, facts
from learnchat.app.commands.searching import LimitOption, QueryArgument, SinceOption, open_finder, percent, read_query
from learnchat.app.commands.workplace import JsonOption, ProjectOption
from learnchat.app.printing import ID, KIND, Column, Form, choose_form, print_json, print_lines, print_table, say
from learnchat.learning.clock import local, timestamp
from learnchat.learning.recall.found import FoundInsight
from learnchat.learning.text import shorten

LIMIT = 20
# Of a statement in the table; a pipe and JSON have all of it.
STATEMENT_LENGTH = 240


def recall_command(
    query: QueryArgument,
    as_json: JsonOption = False,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only of this kind; may be given several times.")
    ] = None,
    since: SinceOption = "",
    limit: LimitOption = LIMIT,
    project: ProjectOption = ".",
) -> None:
    """Find insights by their words, best first: this project's and the personal ones.

    A match of 50 % and more is what a model would be given with such a message.
    """
    wanted = read_query(query, kind or [], since)
    with open_finder(project) as finder:
        found = finder.insights(wanted, limit)
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([_facts(each) for each in found])
    elif form is Form.LINES:
        print_lines(_cells(each) for each in found)
    elif not found:
        say("Nothing is known about that.")
    else:
        print_table(
            (ID, KIND, Column("statement"), Column("when", fixed=True), Column("match", fixed=True)),
            [
                (
                    each.id,
                    each.insight.kind.label,
                    shorten(each.insight.statement, STATEMENT_LENGTH),
                    f"{local(each.insight.entry.confirmed):%Y-%m-%d}",
                    percent(each.confidence),
                )
                for each in found
            ],
        )


def _facts(found: FoundInsight) -> dict[str, object]:
    insight = found.insight
    row = Row(insight.entry, insight.scope.value, "active", insight)
    return facts(row) | {"match": round(found.confidence, 3), "bears": found.bears}


def _cells(found: FoundInsight) -> tuple[str, ...]:
    entry = found.insight.entry
    return (
        *(found.id, entry.kind.value, found.insight.scope.value, timestamp(entry.confirmed), ",".join(entry.tags)),
        *(entry.statement, f"{found.confidence:.2f}"),
    )
