"""What the user said about the judge: switched off, and which services may read along.

`judge.json` in the user's configuration directory. A project can't say any of it.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learnchat.learning.disk.files import make_private_directory, replace_file


@dataclass(frozen=True, slots=True)
class Consent:
    """What was said."""

    off: bool = False
    providers: tuple[str, ...] = ()
    """Services whose models may be given the conversation to judge."""


class ConsentFile:
    """`judge.json`.

    Args:
        path: the file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Consent:
        """What was said. A file that can't be read says nothing: then no service may."""
        record = self._record()
        providers = record.get("remote")
        names = [name for name in providers if isinstance(name, str)] if isinstance(providers, list) else []
        return Consent(record.get("off") is True, tuple(names))

    def switch(self, *, off: bool) -> None:
        """Switch the judge off or on again.

        Raises:
            OSError: it can't be written.
        """
        self._change(lambda record: record.update(off=off))

    def allow(self, provider: str) -> None:
        """The user said yes, once, to a service, having been told the price.

        Raises:
            OSError: it can't be written.
        """
        self._change(lambda record: record.update(off=False, remote=sorted({*self.read().providers, provider})))

    def _record(self) -> dict[str, Any]:
        with contextlib.suppress(OSError, ValueError, RecursionError):
            record = json.loads(self._path.read_bytes())
            if isinstance(record, dict):
                return record
        return {}

    def _change(self, change: Callable[[dict[str, Any]], None]) -> None:
        record = self._record()
        change(record)
        make_private_directory(self._path.parent)
        replace_file(self._path, (json.dumps(record, indent=2) + "\n").encode())
