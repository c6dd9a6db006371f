"""`learnchat insights --used`: what the insights were worth to the conversations of this project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.app.commands.workplace import open_workplace
from learnchat.app.printing import ID, Column, Form, choose_form, print_json, print_lines, print_table, say
from learnchat.learning.clock import SystemClock, timestamp
from learnchat.learning.recall.usage import Usage, Use
from learnchat.learning.text import shorten

if TYPE_CHECKING:
    from learnchat.learning.profile.insight import Insight

# Of a statement in the table, beside four counts.
STATEMENT_LENGTH = 160


def print_usage(directory: str, *, personal: bool, as_json: bool) -> None:
    """Print the counts of what is known here, the most used first; what was never given comes last.

    Args:
        directory: the project's, or one in it.
        personal: only of the personal insights, in this project.
        as_json: with all counts.
    """
    profiles = open_workplace(directory).profiles
    uses = Usage(profiles.data, SystemClock()).all()
    rows = [
        (each, uses.get(each.id, Use())) for each in profiles.insights() if not personal or each.scope == "personal"
    ]
    rows.sort(key=lambda row: (-row[1].used, -row[1].useful, -row[1].given))
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([_facts(insight, use) for insight, use in rows])
    elif form is Form.LINES:
        print_lines((each.id, *_counts(use), each.statement) for each, use in rows)
    elif not rows:
        say("Nothing is known here yet.")
    else:
        columns = (ID, *(Column(name, fixed=True) for name in ("given", "used", "useful", "not here")))
        cells = [(each.id, *_counts(use), shorten(each.statement, STATEMENT_LENGTH)) for each, use in rows]
        print_table((*columns, Column("statement")), cells)
        say("given: requests it went with; used: replies that took it up; useful, not here: what you said in /why.")


def _counts(use: Use) -> tuple[str, ...]:
    return str(use.given), str(use.used), str(use.useful), str(use.not_here)


def _facts(insight: Insight, use: Use) -> dict[str, object]:
    return {
        "id": insight.id,
        "kind": insight.kind.value,
        "scope": insight.scope.value,
        "statement": insight.statement,
        "given": use.given,
        "used": use.used,
        "useful": use.useful,
        "wrong": use.wrong,
        "outdated": use.outdated,
        "not_here": use.not_here,
        "last_given": timestamp(use.last) if use.last is not None else None,
    }
