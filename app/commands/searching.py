"""What the commands that search have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands.workplace import Workplace, open_workplace

if TYPE_CHECKING:
    from learnchat.learning.recall.finding import Finder
    from learnchat.learning.recall.query import Query

QueryArgument = Annotated[
    list[str],
    typer.Argument(metavar="QUERY...", help="Words, and filters among them: type:fact tag:db since:2w."),
]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="WHEN", help="Not older than 12h, 3d, 2w, 6m, 1y, or a date: 2026-11-01.")
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1000, metavar="N", help="How many at most.")]


@contextmanager
def open_finder(project: str) -> Iterator[Finder]:
    """Searches of a project.

    Raises:
        LearnchatError: there is no such directory, or the user's data can't be read.
    """
    from learnchat.learning.recall.finding import Finder

    workplace = open_workplace(project)
    place, user_data = workplace.project, workplace.locations.user_data
    data = user_data.project(place.root) if place.has_project else user_data.personal
    finder = Finder(workplace.profiles, data, user_data, model=_semantic_model(workplace))
    if finder.meanings is not None:
        finder.meanings.load()
    try:
        yield finder
    finally:
        finder.close()


def _semantic_model(workplace: Workplace) -> Path | None:
    # The configuration takes 0.08 s to read: only where there is what it could name.
    if find_spec("model2vec") is None:
        return None
    from learnchat.app.configuration import load

    return load(workplace.locations, None).recall.model_folder


def read_query(words: list[str], kinds: list[str], since: str) -> Query:
    """What a command line searches for.

    Raises:
        QueryError: a filter can't be understood.
    """
    from learnchat.learning.clock import SystemClock
    from learnchat.learning.recall.query import parse_query, read_kind

    return parse_query(" ".join(words), SystemClock().now(), kinds=frozenset(map(read_kind, kinds)), since=since)


def percent(confidence: float) -> str:
    """A confidence, as people read it."""
    return f"{confidence:.0%}"
