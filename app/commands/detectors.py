"""`learnchat detectors`: what is listened for, what came of it, and the switches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, Workplace, open_workplace
from learnchat.app.locations import Locations
from learnchat.app.printing import Column, Form, choose_form, print_json, print_lines, print_table, say
from learnchat.learning.errors import LearnchatError
from learnchat.learning.kinds import Kind

if TYPE_CHECKING:
    from learnchat.learning.asking.dial import Setting
    from learnchat.learning.asking.switches import SwitchFile

detectors_commands = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    help="List the detectors and kinds: how often each was asked, confirmed and refused, and how far your answers have "
    "moved it (the offset, in log-odds: 0 is the gate as shipped).",
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A detector's name.")]
KindArgument = Annotated[Kind, typer.Argument(metavar="KIND", help=f"One of {', '.join(kind.value for kind in Kind)}.")]


@dataclass(frozen=True, slots=True)
class Row:
    """A detector and a kind that it hears, over all projects."""

    detector: str
    """Empty: no detector that is installed hears this kind."""
    kind: Kind | None
    """None: a detector of a plugin that has heard nothing yet."""
    state: str
    asked: int
    confirmed: int
    refused: int
    user: float
    here: float


@detectors_commands.callback()
def list_detectors(context: typer.Context, as_json: JsonOption = False, project: ProjectOption = ".") -> None:
    if context.invoked_subcommand is not None:
        return
    rows = _rows(open_workplace(project))
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json([_facts(row) for row in rows])
        return
    cells = [
        (
            row.detector or "-",
            row.kind.value if row.kind else "-",
            row.state,
            str(row.asked),
            str(row.confirmed),
            str(row.refused),
            signed(row.user),
            signed(row.here),
        )
        for row in rows
    ]
    if form is Form.LINES:
        print_lines(cells)
        return
    titles = ("detector", "kind", "state", "asked", "confirmed", "refused", "offset", "here")
    print_table([Column(title, fixed=title in ("detector", "kind")) for title in titles], cells)
    say("learnchat detectors on | off NAME · inbox | ask | reset KIND")


@detectors_commands.command("on")
def switch_on(name: NameArgument) -> None:
    """Let a detector listen again, from the next start of the chat on."""
    _switch(name, True)


@detectors_commands.command("off")
def switch_off(name: NameArgument) -> None:
    """Let a detector listen no more, from the next start of the chat on."""
    _switch(name, False)


@detectors_commands.command("inbox")
def to_inbox(kind: KindArgument) -> None:
    """Send a kind to the inbox only: it is heard, and never asked about by a toast."""
    changed = _switches().send_to_inbox(kind, True)
    before = "" if changed else ", as before"
    say(f"{kind.label}: to the inbox only{before}. `learnchat detectors ask {kind}` asks again.")


@detectors_commands.command("ask")
def ask_again(kind: KindArgument) -> None:
    """Ask about a kind by a toast again."""
    changed = _switches().send_to_inbox(kind, False)
    say(f"{kind.label}: asked about{' again' if changed else ', as before'}.")


@detectors_commands.command("reset")
def reset(
    kind: Annotated[Kind | None, typer.Argument(metavar="[KIND]", help="Only this kind; without it all kinds.")] = None,
    project: ProjectOption = ".",
) -> None:
    """Let the answers up to now count no longer: the gate as shipped, and asked about by toasts."""
    from learnchat.learning.clock import SystemClock

    answers = open_workplace(project).profiles.answers
    counted = sum(kind in (None, answer.kind) for answer in answers.all())
    answers.reset(kind, SystemClock().now())
    for each in Kind:
        if kind in (None, each):
            _switches().send_to_inbox(each, False)
    what = f"{kind.label}: its" if kind else "The"
    say(f"{what} {counted} answers count no longer, in any project. What you confirmed stays.")


def signed(offset: float) -> str:
    """An offset as people read it: "+0.31", "0.00"."""
    return f"{offset:+.2f}" if abs(offset) >= 0.005 else "0.00"


def _switches() -> SwitchFile:
    from learnchat.learning.asking.switches import SwitchFile

    return SwitchFile(Locations.find().detector_switches)


def _heard() -> dict[str, Kind | None]:
    """Every detector that is installed, with the kind it hears where that is known before it heard any."""
    from learnchat.learning.detectors.registry import built_in_detectors, plugin_detectors

    detectors = [*built_in_detectors(), *plugin_detectors()]
    return {detector.name: getattr(detector, "kind", None) for detector in detectors}


def _switch(name: str, on: bool) -> None:
    known = _heard()
    if name not in known:
        import difflib

        near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else "`learnchat detectors` lists them."
        raise LearnchatError(f"There is no detector {name}.", hint)
    changed = _switches().switch(name, on)
    sentence = f"{name} is {'on' if on else 'off'}{'' if changed else ', as before'}."
    if on and name in _disabled_by_hand():
        sentence += " It stays off all the same: `detectors.disabled` in config.toml names it."
    say(sentence)


def _disabled_by_hand() -> tuple[str, ...]:
    from learnchat.app.configuration import load

    return load(Locations.find(), None).detectors.disabled


def _rows(workplace: Workplace) -> list[Row]:
    from learnchat.app.configuration import load
    from learnchat.learning.asking.answers import counted_as, places
    from learnchat.learning.asking.dial import Setting
    from learnchat.learning.asking.inbox import Inbox
    from learnchat.learning.clock import SystemClock
    from learnchat.learning.proposal import RECHECK, REPLACEMENT

    project = workplace.project
    by_hand = load(workplace.locations, project.folder if project.has_project else None).detectors.disabled
    switches, heard = _switches().read(), _heard()
    counts: dict[tuple[str, Kind | None], Counter[str]] = {(name, kind): Counter() for name, kind in heard.items()}
    for data in places(workplace.locations.user_data):
        for proposal in Inbox(data, SystemClock()).all():
            if proposal.detector in (RECHECK, REPLACEMENT):
                continue
            counted = counts.setdefault((proposal.detector, proposal.kind), Counter())
            counted["asked"] += proposal.asked is not None
            counted[counted_as(proposal) or ""] += 1
    for name in [name for name, kind in counts if kind is not None]:
        counts.pop((name, None), None)
    for kind in set(Kind) - {kind for _, kind in counts}:
        counts["", kind] = Counter()

    def state(name: str, kind: Kind | None) -> str:
        if name in by_hand:
            return "off (config.toml)"
        if name in switches.off:
            return "off"
        if kind in switches.inbox_only:
            return "inbox only"
        return "on" if name in heard else "not installed"

    settings = workplace.profiles.answers.dial(workplace.profiles.name).settings
    names, kinds = list(heard), list(Kind)

    def place_in_list(key: tuple[str, Kind | None]) -> tuple[int, int]:
        name, kind = key
        return kinds.index(kind) if kind else len(kinds), names.index(name) if name in heard else len(names)

    def row(name: str, kind: Kind | None, counted: Counter[str]) -> Row:
        setting: Setting = settings.get(kind, Setting()) if kind else Setting()
        figures = counted["asked"], counted["confirmed"], counted["refused"]
        return Row(name, kind, state(name, kind), *figures, setting.user, setting.here)

    return [row(name, kind, counts[name, kind]) for name, kind in sorted(counts, key=place_in_list)]


def _facts(row: Row) -> dict[str, Any]:
    return {
        "detector": row.detector or None,
        "kind": row.kind.value if row.kind else None,
        "state": row.state,
        "asked": row.asked,
        "confirmed": row.confirmed,
        "refused": row.refused,
        "offset": round(row.user, 4),
        "offset_here": round(row.here, 4),
    }
