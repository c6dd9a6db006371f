"""What is remembered in place of something else: `--replaces ID`, and the word on two that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from learnchat.app.commands import completing
from learnchat.app.commands.workplace import pick
from learnchat.app.printing import say
from learnchat.learning.text import shorten

if TYPE_CHECKING:
    from learnchat.learning.memory.profiles import Act, Profiles

STATEMENT_LENGTH = 120

ReplacesOption = Annotated[
    str | None,
    typer.Option(
        metavar="ID",
        help="The insight that it takes the place of: that one stays, linked and inactive.",
        autocompletion=completing.insight_ids,
    ),
]


def replaced_id(profiles: Profiles, prefix: str | None) -> str | None:
    """The id of the insight that `--replaces` names; None where it was not given.

    Raises:
        LearnchatError: there is no such insight.
    """
    if prefix is None:
        return None
    return pick(profiles.insights(), prefix, "insight", "learnchat insights").id


def warn_of_contradiction(profiles: Profiles, act: Act) -> None:
    """Say that what was just learned seems to contradict what is known, and how only one of the two holds.

    Nobody is there to be asked, so both are kept.
    """
    if act.insight is None or act.insight.entry.replaces is not None:
        return
    other = profiles.contradicted(act.insight)
    if other is not None:
        say(f"This may replace: {shorten(other.statement, STATEMENT_LENGTH)}")
        say(
            "Both are kept. So that only the new one holds (or say --replaces next time): "
            f"learnchat insights merge {act.insight.id} {other.id}"
        )
