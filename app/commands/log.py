"""`learnchat log`: what was done with memory, from the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, open_workplace
from learnchat.app.printing import Column, Form, choose_form, print_json, print_lines, print_table, say
from learnchat.learning.clock import local, timestamp
from learnchat.learning.errors import LearnchatError
from learnchat.learning.proposal import JUDGE
from learnchat.learning.text import shorten

if TYPE_CHECKING:
    from learnchat.learning.memory.profiles import Profiles
    from learnchat.learning.profile.documents import Document
    from learnchat.learning.profile.event import Event

# A terminal shows a screen or two; everything is one option, or a pipe, away.
NEWEST = 50
STATEMENT_LENGTH = 160
# What compaction leaves of words that were forgotten more than a day ago.
GONE = "(forgotten)"


@dataclass(frozen=True, slots=True)
class Line:
    """An act as it is listed."""

    event: Event
    scope: str
    undone: bool
    insight: str
    """Id of the insight it was about, the first where there were several; empty where there was none."""
    after: Document | None
    """How that stood after it."""
    proposed_by: str = ""
    """What had proposed it, a detector or the judge; empty where nothing had, or it is not known any more."""

    @property
    def name(self) -> str:
        """What was done, and that the judge had proposed it."""
        judged = f" · {JUDGE}" if self.proposed_by == JUDGE else ""
        return f"{self.event.name}{judged}{' (undone)' if self.undone else ''}"

    @property
    def statement(self) -> str:
        """What it was about; for one insight's history, what that said after it."""
        words = (self.after or {}).get("statement", "") or self.event.statement
        return str(words) or GONE


def log_command(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One insight's history: its id, or the beginning of it.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="No limit of 50.")] = False,
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """List every act on memory here, newest first: what was saved, refused, changed, forgotten and undone.

    With an id: what that insight said from the beginning, oldest first.
    """
    profiles = open_workplace(project).profiles
    lines = _acts(profiles) if id is None else _about(profiles, id.lower())
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([facts(line) for line in lines])
    elif form is Form.LINES:
        print_lines(_cells(line) for line in lines)
    elif not lines:
        say("Nothing was done with memory here yet.")
    else:
        shown = lines if everything or id is not None else lines[:NEWEST]
        _print_for_eyes(shown)
        if len(shown) < len(lines):
            say(f"and {len(lines) - len(shown):,} more (--all)")


def _acts(profiles: Profiles) -> list[Line]:
    by = _proposers(profiles)
    return [
        Line(
            event,
            profile.scope.value,
            profile.journal.is_undone(event),
            next(iter(event.entries), ""),
            None,
            by.get(event.proposal or "", ""),
        )
        for profile, event in reversed(profiles.history.acts())
    ]


def _about(profiles: Profiles, prefix: str) -> list[Line]:
    found = profiles.history.about(prefix)
    ids = sorted({name for _, event in found for name in event.entries if name.startswith(prefix)})
    if not ids:
        raise LearnchatError(f"Nothing was done with an insight {prefix}.", "`learnchat log` lists the acts.")
    if len(ids) > 1 and prefix not in ids:
        raise LearnchatError(
            f"{len(ids)} ids begin with {prefix}: {', '.join(ids[:5])}{', …' if len(ids) > 5 else ''}."
        )
    wanted = prefix if prefix in ids else ids[0]
    by = _proposers(profiles)
    return [
        Line(
            event,
            profile.scope.value,
            profile.journal.is_undone(event),
            wanted,
            next((document for document in event.documents if document["id"] == wanted), None),
            by.get(event.proposal or "", ""),
        )
        for profile, event in found
        if wanted in event.entries
    ]


def _proposers(profiles: Profiles) -> dict[str, str]:
    return {
        proposal.id: proposal.detector for inbox in (profiles.inbox.older, profiles.inbox) for proposal in inbox.all()
    }


def facts(line: Line) -> dict[str, object]:
    """All there is about an act, for JSON."""
    event, source = line.event, line.event.source
    record: dict[str, object] = {
        "id": event.id,
        "act": event.name,
        "at": timestamp(event.at),
        "means": event.means.value,
        "who": event.decision.who,
        "scope": line.scope,
        "statement": event.statement,
        "insights": list(event.entries),
        "proposal": event.proposal,
        "proposed_by": line.proposed_by,
        "quote": source.quote if source else "",
        "session": source.session if source else "",
        "message": source.message if source else "",
        "undone": line.undone,
        "undoes": event.undoes,
    }
    return record if line.after is None else record | {"after": line.after}


def _cells(line: Line) -> tuple[str, ...]:
    event = line.event
    return (timestamp(event.at), line.name, line.insight or event.proposal or "", event.means.value, line.statement)


def _print_for_eyes(lines: list[Line]) -> None:
    print_table(
        (
            Column("when", fixed=True, style="dim"),
            Column("act", fixed=True),
            Column("id", fixed=True, style="dim"),
            Column("statement"),
        ),
        [
            (
                f"{local(line.event.at):%Y-%m-%d %H:%M}",
                line.name,
                line.insight or "",
                shorten(line.statement, STATEMENT_LENGTH),
            )
            for line in lines
        ],
    )
