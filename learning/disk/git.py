"""Questions to git, where it is installed. It is asked, never told to change anything."""

from __future__ import annotations

import os
from pathlib import Path

# git answers in milliseconds; a network share that hangs must not keep the chat from opening.
TIMEOUT_SECONDS = 5.0


def ask_git(directory: Path, *arguments: str) -> str | None:
    """What `git ARGUMENTS` prints in a directory, or None: no git, no repository, refused, or too slow."""
    # 3 ms, and not needed where there is no repository.
    import subprocess

    # Inside a git hook these name another repository than the directory's own.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or "CONFIG" in name}
    # Never take the optional locks: somebody else's `git commit` must not fail because of a question.
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    try:
        answer = subprocess.run(
            ["git", *arguments],
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return os.fsdecode(answer.stdout) if answer.returncode == 0 else None


def enclosing_repository(directory: Path) -> Path | None:
    """The nearest folder, this one or one above, that has a `.git`: found without git."""
    return next((folder for folder in (directory, *directory.parents) if (folder / ".git").exists()), None)
