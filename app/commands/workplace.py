"""What a command works on: the project it is started in, and its profiles."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Protocol, TypeVar

import typer

from learnchat.app.locations import Locations, expand
from learnchat.app.printing import complain, say
from learnchat.learning.errors import LearnchatError
from learnchat.learning.kinds import Kind

if TYPE_CHECKING:
    from learnchat.learning.disk.project import Project
    from learnchat.learning.memory.profiles import Act, Profiles


class Named(Protocol):
    """Something with an id."""

    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=Named)

# So many new objects are looked through for garbage at once. A large profile is tens of thousands, and none is garbage:
# with Python's own few hundred it takes an eighth of the time of a save.
YOUNG_OBJECTS = 100_000

ProjectOption = Annotated[
    str, typer.Option("--project", metavar="PATH", help="Another project than the one of the current directory.")
]
KindOption = Annotated[
    Kind | None, typer.Option(metavar="KIND", help=f"What it is about: {', '.join(kind.value for kind in Kind)}.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON, with all fields.")]


@dataclass(frozen=True, slots=True)
class Workplace:
    """A project and what the user has there."""

    locations: Locations
    project: Project
    profiles: Profiles


def open_workplace(directory: str = ".") -> Workplace:
    """The project of a directory, with its profiles. What happened to their files is said on standard error.

    Raises:
        LearnchatError: there is no such directory.
        ProfileError: the user's data can't be read.
    """
    from learnchat.learning.clock import SystemClock
    from learnchat.learning.memory.compaction import compact

    gc.set_threshold(YOUNG_OBJECTS)
    workplace = enter(directory)
    for notice in workplace.profiles.notices():
        complain(notice)
    # What was forgotten a day ago leaves the files also where nobody opens the chat. What fails is tried again.
    with contextlib.suppress(OSError):
        compact(workplace.profiles, SystemClock())
    return workplace


def enter(directory: str = ".") -> Workplace:
    """The same, and the notices are left for the caller."""
    from learnchat.learning.clock import SystemClock
    from learnchat.learning.memory.profiles import Profiles

    locations = Locations.find()
    project = project_of(directory)
    return Workplace(locations, project, Profiles.open(project, locations.user_data, SystemClock()))


def project_of(directory: str = ".") -> Project:
    """The project that a directory belongs to.

    Raises:
        LearnchatError: there is no such directory.
    """
    from learnchat.learning.disk.project import find_project

    path = expand(directory)
    if not path.is_dir():
        raise LearnchatError(f"There is no folder {path}.", "--project takes the folder of a project.")
    return find_project(path)


def pick(things: Iterable[Thing], prefix: str, what: str, where: str) -> Thing:
    """The one of some things whose id begins like this.

    Args:
        things: all there are.
        prefix: as many characters of the id as it takes.
        what: what they are called: "insight".
        where: the command that lists them.

    Raises:
        LearnchatError: none begins so, or several do.
    """
    wanted = prefix.lower()
    found = [thing for thing in things if thing.id.startswith(wanted)] if wanted else []
    exact = [thing for thing in found if thing.id == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        ids = ", ".join(thing.id for thing in found[:5])
        raise LearnchatError(f"{len(found)} ids begin with {prefix}: {ids}{', …' if len(found) > 5 else ''}.")
    raise LearnchatError(f"There is no {what} with the id {prefix}.", f"`{where}` lists the ids.")


def report(act: Act) -> None:
    """Say what an act on memory did, and what it leads to."""
    say(act.sentence)
    if act.first_in_git:
        say("Only you have it for now. `learnchat share on` lets the repository carry it, `off` keeps it private.")
