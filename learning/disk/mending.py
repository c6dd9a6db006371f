"""Setting aside what can't be read. Nothing of it is ever deleted: somebody may still find something in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from learnchat.learning.disk.files import PRIVATE_FILE, replace_file


def aside(path: Path, why: str, now: datetime) -> Path:
    """A free name beside a file: `insights.json.corrupt-20260401T090000Z`."""
    name = path.with_name(f"{path.name}.{why}-{now:%Y%m%dT%H%M%SZ}")
    number = 1
    while name.exists() or name.is_symlink():
        number += 1
        name = path.with_name(f"{path.name}.{why}-{now:%Y%m%dT%H%M%SZ}-{number}")
    return name


def set_lines_aside(path: Path, readable: Callable[[bytes], bool], now: datetime) -> tuple[Path, int] | None:
    """Take the lines out of a file of records that can't be read, under the lock of whoever writes it.

    They are on the disk under another name before they leave the file.

    Args:
        path: the file; it need not be there.
        readable: whether a line can be read.
        now: names the other file.

    Returns:
        The other file, and how many lines are in it; None where all can be read.

    Raises:
        OSError: a file can't be read or written; the file stands as it was.
    """
    try:
        *lines, rest = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return None
    verdicts = [(line, not line.strip() or readable(line)) for line in lines]
    good, bad = ([line for line, is_good in verdicts if is_good is wanted] for wanted in (True, False))
    if not bad:
        return None
    kept = aside(path, "corrupt", now)
    replace_file(kept, b"".join(line + b"\n" for line in bad), PRIVATE_FILE)
    # What has no line end yet was left by a crash, and the next append ends it.
    replace_file(path, b"\n".join([*good, rest]))
    return kept, len(bad)


def kept_aside(path: Path) -> list[Path]:
    """What was set aside of a file, oldest first."""
    return sorted(path.parent.glob(f"{path.name}.corrupt-*"))
