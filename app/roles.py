"""Roles: what a model is told about who it is and how it works, in files of the user's own.

`roles/NAME.md` in the configuration directory is added to what every model is told. A project can't bring one: whoever
clones it does not take its author's instructions.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from learnchat.learning.errors import LearnchatError

# A role goes with every request, so a longer text is paid for with every message.
SIZE_LIMIT = 64 * 1024
_NAME = re.compile(r"[\w-]+\Z")


@dataclass(frozen=True, slots=True)
class Role:
    """A role, as its file has it."""

    name: str
    text: str


def role_names(folder: Path) -> list[str]:
    """The roles there are."""
    try:
        return sorted(path.stem for path in folder.iterdir() if path.suffix == ".md" and _NAME.match(path.stem))
    except OSError:
        return []


def read_role(folder: Path, name: str) -> Role:
    """A role by its name.

    Raises:
        LearnchatError: there is none of that name, or its file can't be used.
    """
    path = folder / f"{name}.md"
    names = role_names(folder)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        known = f"Known: {', '.join(names)}." if names else f"A role is a file {folder / 'NAME.md'}."
        raise LearnchatError(f"There is no role “{name}”.", f"Did you mean {near[0]}?" if near else known)
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
        text = data.decode("utf-8-sig").strip()
    except OSError as error:
        raise LearnchatError(f"{path} can't be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise LearnchatError(f"{path} is no text in UTF-8.") from None
    if len(data) > SIZE_LIMIT:
        raise LearnchatError(f"{path} is longer than {SIZE_LIMIT // 1024} KB.", "It would go with every message.")
    if not text:
        raise LearnchatError(f"{path} is empty.")
    return Role(name, text)


class Playing(Protocol):
    """Something that has a role."""

    role: Role | None


def choose_role(session: Playing, folder: Path, argument: str) -> str:
    """What `/role` does: take a role, drop it (`off`), or name them; returns what to say.

    Raises:
        LearnchatError: as `read_role`.
    """
    if not argument:
        now = f"Role: {session.role.name}." if session.role else "No role is set."
        names = role_names(folder)
        there = (
            f"There are: {', '.join(names)}. /role NAME, or /role off." if names else f"A role is a file in {folder}."
        )
        return f"{now} {there}"
    if argument.lower() == "off":
        session.role = None
        return "No role from now on."
    session.role = read_role(folder, argument)
    return f"Role from now on: {session.role.name}."
