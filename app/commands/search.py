"""`learnchat search`: what was said, over all conversations."""

from __future__ import annotations

from typing import Annotated

import typer

from learnchat.app.commands.searching import LimitOption, QueryArgument, SinceOption, open_finder, percent, read_query
from learnchat.app.commands.workplace import JsonOption, ProjectOption
from learnchat.app.exit_codes import UsageError
from learnchat.app.printing import (
    ID,
    Column,
    Form,
    Marked,
    choose_form,
    print_json,
    print_lines,
    print_table,
    say,
)
from learnchat.learning.clock import local, timestamp
from learnchat.learning.recall.found import FoundMessage, FoundSession

LIMIT = 20


def search_command(
    query: QueryArgument,
    as_json: JsonOption = False,
    all_projects: Annotated[bool, typer.Option("--all-projects", help="In the conversations of all projects.")] = False,
    sessions: Annotated[
        bool, typer.Option("--sessions", help="The conversations that are most about it, instead of messages.")
    ] = False,
    since: SinceOption = "",
    limit: LimitOption = LIMIT,
    project: ProjectOption = ".",
) -> None:
    """Find messages in your conversations by their words, best first.

    Found is what has one of the words, in any form, or one that means the same; the best also stands among others that
    do. `learnchat sessions show ID` prints one.
    """
    wanted = read_query(query, [], since)
    if not wanted.text and wanted.since is None:
        raise UsageError("What are you looking for?", "`learnchat search WORDS`; --since 2w alone lists what is new.")
    form = choose_form(as_json)
    with open_finder(project) as finder:
        if sessions:
            _print_sessions(finder.sessions(wanted, limit, all_projects=all_projects), form, all_projects)
        else:
            _print_messages(finder.messages(wanted, limit, all_projects=all_projects), form, all_projects)


def _print_messages(found: list[FoundMessage], form: Form, all_projects: bool) -> None:
    if form is Form.JSON:
        print_json([_message_facts(each) for each in found])
    elif form is Form.LINES:
        print_lines(
            (
                each.session,
                each.message,
                each.role,
                timestamp(each.at) if each.at else "",
                each.excerpt.text,
                each.project,
            )
            for each in found
        )
    elif not found:
        say("Nothing like that was said.")
    else:
        more = (Column("project"),) if all_projects else ()
        print_table(
            (
                Column("conversation", fixed=True, style="dim"),
                *more,
                Column("who", fixed=True),
                Column("when", fixed=True),
                Column("said"),
                Column("match", fixed=True),
            ),
            [
                (
                    each.session,
                    *((each.project,) if all_projects else ()),
                    "you" if each.role == "user" else "model",
                    f"{local(each.at):%Y-%m-%d}" if each.at else "",
                    Marked(each.excerpt.text, each.excerpt.marks),
                    percent(each.confidence),
                )
                for each in found
            ],
        )
        say("Best first. learnchat sessions show CONVERSATION")


def _print_sessions(found: list[FoundSession], form: Form, all_projects: bool) -> None:
    if form is Form.JSON:
        print_json([_session_facts(each) for each in found])
    elif form is Form.LINES:
        print_lines((each.session, timestamp(each.started), each.project) for each in found)
    elif not found:
        say("No conversation is about that.")
    else:
        more = (Column("project"),) if all_projects else ()
        print_table(
            (ID, Column("started", fixed=True), *more),
            [
                (
                    each.session,
                    f"{local(each.started):%Y-%m-%d %H:%M}",
                    *((each.project,) if all_projects else ()),
                )
                for each in found
            ],
        )
        say("learnchat sessions show ID")


def _moment(found: FoundMessage) -> str:
    return timestamp(found.at) if found.at else ""


def _message_facts(found: FoundMessage) -> dict[str, object]:
    return {
        "session": found.session,
        "message": found.message,
        "role": found.role,
        "at": _moment(found) or None,
        "excerpt": found.excerpt.text,
        "marks": [list(mark) for mark in found.excerpt.marks],
        "match": round(found.confidence, 3),
        "project": found.project or None,
        "path": str(found.path),
    }


def _session_facts(found: FoundSession) -> dict[str, object]:
    return {
        "session": found.session,
        "started": timestamp(found.started),
        "project": found.project or None,
        "path": str(found.path),
    }
