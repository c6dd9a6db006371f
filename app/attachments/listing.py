"""The files of a project that can be attached: those of git, tracked or not ignored; without git, those of a walk."""

from __future__ import annotations

import os
import time
from pathlib import Path

from learnchat.learning.disk.git import ask_git

# Of the largest repositories a part; what is not listed can still be named.
MOST_FILES = 50_000
# Where git does not say what is ignored: others' code and what tools make.
SKIPPED = frozenset(
    {"node_modules", "__pycache__", "venv", "target", "dist", "build", "site-packages", "vendor", "Library"}
)
# A home directory or a network share is not walked to its end.
WALK_SECONDS = 2.0


def list_files(folder: Path) -> list[str]:
    """The files below a folder, with slashes, relative to it. Asks git or reads the disk: for a thread."""
    answer = ask_git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if answer is None:
        return _walk(folder)
    # A file in the middle of a merge is listed several times; what was deleted and not yet committed is not there.
    names = list(dict.fromkeys(name for name in answer.split("\0") if name))[:MOST_FILES]
    gone = ask_git(folder, "ls-files", "-z", "--deleted") or ""
    missing = set(gone.split("\0"))
    return [name for name in names if name not in missing] if len(missing) > 1 else names


def _walk(folder: Path) -> list[str]:
    found: list[str] = []
    ends = time.monotonic() + WALK_SECONDS
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
        below = Path(place).relative_to(folder).as_posix()
        prefix = "" if below == "." else f"{below}/"
        found += [prefix + name for name in sorted(files)]
        if len(found) >= MOST_FILES or time.monotonic() > ends:
            break
    return found[:MOST_FILES]
