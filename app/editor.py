"""Writing a message in the user's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# In this order, where neither VISUAL nor EDITOR is set.
FALLBACKS = ("nano", "vim", "vi", "notepad.exe")


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a text in the editor."""

    text: str | None
    """None where it is to stay as it was."""
    trouble: str = ""
    """Why, as a sentence."""


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The command that edits a file: `$VISUAL`, else `$EDITOR`, else one that is found; empty where none is."""
    for variable in ("VISUAL", "EDITOR"):
        if command := environment.get(variable, "").strip():
            try:
                return shlex.split(command, posix=os.name != "nt")
            except ValueError:  # an unclosed quotation mark: then it is a path with one in it
                return [command]
    return next(([name] for name in FALLBACKS if shutil.which(name)), [])


def edit(text: str, environment: Mapping[str, str]) -> Edited:
    """Let the user edit a text; waits until the editor is closed. The terminal has to be free.

    An editor that fails changes nothing; what it may have written is then kept in its file, which is named.
    """
    command = editor_command(environment)
    if not command:
        return Edited(None, "No editor was found: set VISUAL or EDITOR.")
    try:
        # Only this user can read it (mkstemp); .md, so that the editor knows what it is.
        handle, name = tempfile.mkstemp(prefix="learnchat-", suffix=".md")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(f"{text}\n")
    except OSError as error:
        return Edited(None, f"The message could not be given to the editor: {error.strerror or error}.")
    path = Path(name)
    try:
        # Its screen is the terminal, whatever became of this program's own standard output.
        code = subprocess.call([*command, name], stdin=sys.__stdin__, stdout=sys.__stderr__, stderr=sys.__stderr__)
    except (OSError, ValueError) as error:
        _remove(path)
        reason = getattr(error, "strerror", None) or error
        return Edited(None, f"{command[0]} could not be started: {reason}.")
    try:
        written = path.read_text(encoding="utf-8").removesuffix("\n")
    except (OSError, UnicodeDecodeError):
        return Edited(None, f"What {command[0]} wrote can't be read; it is in {name}.")
    if code != 0 and written != text:
        return Edited(None, f"{command[0]} failed ({code}); what it wrote is in {name}.")
    _remove(path)
    return Edited(None, f"{command[0]} ended with {code}: the message is as it was.") if code else Edited(written)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
