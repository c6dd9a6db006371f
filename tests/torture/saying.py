"""How these commands and their processes speak: a line at a time, at once."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    if line:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
