"""What the user switched by command or toast: detectors that are off, kinds that go to the inbox without a toast.

A file of its own beside `config.toml`: a program that rewrites what a person wrote by hand loses their comments. What
either of the two switches off is off.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from learnchat.learning.disk.files import make_private_directory, replace_file
from learnchat.learning.disk.locks import lock
from learnchat.learning.kinds import Kind


@dataclass(frozen=True, slots=True)
class Switches:
    """How they stand."""

    off: frozenset[str] = frozenset()
    """Names of detectors."""
    inbox_only: frozenset[Kind] = frozenset()
    """Kinds that are heard and never asked about by a toast."""


class SwitchFile:
    """`detectors.json` in the user's configuration directory.

    Args:
        path: the file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Switches:
        """How they stand now. A file that is not there, or damaged, switches nothing."""
        try:
            record = json.loads(self.path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return Switches()
        if not isinstance(record, dict):
            return Switches()
        kinds = _names(record, "inbox_only")
        return Switches(_names(record, "off"), frozenset(kind for kind in Kind if kind.value in kinds))

    def switch(self, name: str, on: bool) -> bool:
        """Switch a detector. Returns whether that changed anything.

        Raises:
            OSError: it can't be written.
        """
        return self._change(lambda now: replace(now, off=now.off - {name} if on else now.off | {name}))

    def send_to_inbox(self, kind: Kind, only: bool) -> bool:
        """Let a kind go to the inbox only, or be asked about again. Returns whether that changed anything.

        Raises:
            OSError: it can't be written.
        """
        return self._change(
            lambda now: replace(now, inbox_only=now.inbox_only | {kind} if only else now.inbox_only - {kind})
        )

    def _change(self, change: Callable[[Switches], Switches]) -> bool:
        make_private_directory(self.path.parent)
        with lock(self.path.with_suffix(".lock")):
            before = self.read()
            after = change(before)
            if after != before:
                record = {"off": sorted(after.off), "inbox_only": sorted(kind.value for kind in after.inbox_only)}
                replace_file(self.path, (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode())
        return after != before


def _names(record: dict[str, Any], key: str) -> frozenset[str]:
    names = record.get(key)
    return frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()
