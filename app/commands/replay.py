"""`learnchat replay`: what would have been asked in old conversations, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.workplace import JsonOption, ProjectOption, Workplace, open_workplace
from learnchat.app.histories import History, named_histories, not_readable, size_of
from learnchat.app.printing import Column, Form, choose_form, complain, print_json, print_lines, print_table, say
from learnchat.app.progress import ProgressBar
from learnchat.learning.clock import SystemClock, local, timestamp
from learnchat.learning.errors import LearnchatError
from learnchat.learning.text import shorten
from learnchat.learning.transcripts.formats import UnknownFormat
from learnchat.learning.transcripts.lines import Lines

if TYPE_CHECKING:
    from learnchat.learning.replay import Found, Played, Replay

# As much as a person reads through at one go, on a terminal and in the inbox.
MOST = 20
# Of a statement in the table; a pipe and JSON have all of it.
TEXT_LENGTH = 240
# Of a history's file name beside it: a SpecStory's day and hour, or what tells two ids apart.
NAME_LENGTH = 16


def replay_command(
    histories: Annotated[
        list[str] | None, typer.Argument(metavar="FILE...", help="Histories, folders, or - for standard input.")
    ] = None,
    to_inbox: Annotated[
        bool, typer.Option("--to-inbox", help="Put the most certain into the project's inbox, for you to decide.")
    ] = False,
    most: Annotated[
        int | None, typer.Option(min=1, metavar="N", help=f"At most so many; {MOST} on a terminal and in the inbox.")
    ] = None,
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """Say what would have been asked in old conversations, and how often; budget and pauses aside.

    Reads learnchat's own sessions, JSON lines with a role and a content, aider's .aider.chat.history.md, Claude
    Code's sessions (~/.claude/projects) and SpecStory's .specstory/history. What is known, refused or waiting
    already is counted apart. Nothing is saved, and without --to-inbox nothing is written.
    """
    if not histories:
        raise LearnchatError("No history was named.", "`learnchat replay FILE…`; `-` reads standard input.")
    named = named_histories(histories)
    workplace = open_workplace(project)
    replay, played = _play(workplace, named)
    found = replay.found()
    filed = found[: most or MOST] if to_inbox else []
    if filed:
        workplace.profiles.add([each.proposal for each in filed])
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json(_facts(replay, played, found[:most], filed))
    elif form is Form.LINES:
        print_lines(_lines(replay, found[:most]))
    else:
        _print_for_eyes(replay, played, found, most or MOST)
    if to_inbox and form is not Form.JSON:
        done = f"{len(filed)} put into the inbox: `learnchat inbox` lists them." if filed else "Nothing for the inbox."
        # In a pipe standard output has the facts alone.
        (say if form is Form.TABLE else complain)(done)


def _play(workplace: Workplace, named: Sequence[History]) -> tuple[Replay, list[Played]]:
    from learnchat.app.configuration import load
    from learnchat.app.listening import open_analyser
    from learnchat.learning.asking.switches import SwitchFile
    from learnchat.learning.replay import Replay

    project = workplace.project
    configuration = load(workplace.locations, project.folder if project.has_project else None)
    for problem in configuration.problems:
        complain(str(problem))
    switches = SwitchFile(workplace.locations.detector_switches)
    replay = Replay(open_analyser(switches, configuration, workplace.profiles), workplace.profiles, SystemClock())
    played = []
    with ProgressBar("Reading", size_of(named)) as progress:
        for history in named:
            try:
                with history.open() as stream:
                    played.append(replay.play(history.name, Lines(stream, progress.advance)))
            except UnknownFormat as error:
                if history.named:
                    raise not_readable(history, error) from None
            except OSError as error:
                if history.named:
                    raise
                complain(f"{history.name} was left out: {error.strerror or error}.")
    return replay, played


def _lines(replay: Replay, found: Sequence[Found]) -> list[tuple[str, ...]]:
    """One fact a line; its first field says which: messages, asks, toasts, kind, withheld, and each ask."""
    asks = sum(count for _, count in replay.kinds())
    rows: list[tuple[str, ...]] = [
        ("messages", str(replay.messages)),
        ("asks", str(asks), f"{replay.rate(asks):.2f}"),
        ("toasts", str(replay.toasts), f"{replay.rate(replay.toasts):.2f}"),
    ]
    rows += [("kind", kind.value, str(count), f"{replay.rate(count):.2f}") for kind, count in replay.kinds()]
    rows += [("withheld", reason, str(count)) for reason, count in sorted(replay.withheld.items())]
    return rows + [
        (
            "ask",
            f"{each.proposal.confidence:.2f}",
            each.proposal.kind.value,
            f"{each.history}:{each.line}",
            timestamp(each.at) if each.at else "",
            each.proposal.statement,
        )
        for each in found
    ]


def _print_for_eyes(replay: Replay, played: Sequence[Played], found: Sequence[Found], most: int) -> None:
    places = {each.name for each in played if each.messages}
    where = f" in {len(places)} histories" if len(places) != 1 else ""
    unreadable = sum(each.unreadable for each in played)
    if unreadable:
        complain(f"{_count(unreadable, 'line')} left out: too long, or not readable.")
    if not replay.messages:
        say("Nobody said anything there.")
        return
    asks = f"{_count(len(found), 'ask')}, {replay.rate(len(found)):.1f} per 100 messages"
    say(f"{_count(replay.messages, 'message')} of yours{where}: {asks}.")
    if replay.toasts != len(found):
        rate = f"{replay.rate(replay.toasts):.1f} per 100"
        say(f"In {_count(replay.toasts, 'toast')}, {rate}: one asks all that is in a message.")
    if found:
        print_table(
            (Column("kind", fixed=True), Column("asks", fixed=True), Column("per 100", fixed=True)),
            [(kind.label, f"{count:,}", f"{replay.rate(count):.2f}") for kind, count in replay.kinds()],
        )
        print_table(
            (
                Column("sure", fixed=True, style="dim"),
                Column("kind", fixed=True),
                Column("would have been asked"),
                Column("said", fixed=True),
            ),
            [_row(each, several=len(places) > 1) for each in found[:most]],
        )
    if len(found) > most:
        say(f"And {len(found) - most:,} more: `--most {len(found)}`, or `--json`.")
    if replay.withheld:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(replay.withheld.items()))
        say(f"Heard and not counted: {reasons}.")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _row(found: Found, several: bool) -> tuple[str, ...]:
    said = f"{local(found.at):%Y-%m-%d}" if found.at else f"line {found.line}"
    if several:
        said = f"{said} {shorten(Path(found.history).name, NAME_LENGTH)}"
    statement = shorten(found.proposal.statement, TEXT_LENGTH) + (f" ({found.times}×)" if found.times > 1 else "")
    return f"{found.proposal.confidence:.0%}", found.proposal.kind.label, statement, said


def _facts(
    replay: Replay, played: Sequence[Played], found: Sequence[Found], filed: Sequence[Found]
) -> dict[str, object]:
    asks = sum(count for _, count in replay.kinds())
    inbox = {each.proposal.id for each in filed}
    return {
        "messages": replay.messages,
        "asks": asks,
        "asks_per_100": round(replay.rate(asks), 3),
        "toasts": replay.toasts,
        "toasts_per_100": round(replay.rate(replay.toasts), 3),
        "kinds": [
            {"kind": kind.value, "asks": count, "asks_per_100": round(replay.rate(count), 3)}
            for kind, count in replay.kinds()
        ],
        "withheld": dict(sorted(replay.withheld.items())),
        "histories": [
            {
                "history": each.name,
                "format": each.format or None,
                "messages": each.messages,
                "asks": each.asks,
                "unreadable_lines": each.unreadable,
            }
            for each in played
        ],
        "found": [
            {
                "id": each.proposal.id,
                "kind": each.proposal.kind.value,
                "scope": each.proposal.scope.value,
                "statement": each.proposal.statement,
                "quote": each.proposal.source.quote,
                "confidence": each.proposal.confidence,
                "tags": list(each.proposal.tags),
                "slots": dict(each.proposal.slots),
                "detector": each.proposal.detector,
                "replaces": each.proposal.replaces,
                "expires": timestamp(each.proposal.expires) if each.proposal.expires else None,
                "history": each.history,
                "line": each.line,
                "at": timestamp(each.at) if each.at else None,
                "times": each.times,
                "in_inbox": each.proposal.id in inbox,
            }
            for each in found
        ],
    }
