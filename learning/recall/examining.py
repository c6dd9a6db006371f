"""Whether a search index is whole, and says what the profile says. Nothing is changed by looking."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from learnchat.learning.profile.insight import Insight
from learnchat.learning.recall.index_file import is_busy
from learnchat.learning.recall.insight_index import mark

# Another window may be writing; a doctor does not wait for long.
PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of an index."""

    broken: str = ""
    """Why it can't be read, in a few words; empty when it can."""
    busy: str = ""
    """Why it can't be looked at now."""
    behind: int = 0
    """Insights that are not in it as they are now, and rows of insights that are gone: the next search mends that."""


def examine(path: Path, insights: Iterable[Insight]) -> Examined | None:
    """Look at the index of a profile; None where there is none, as before the first search."""
    if not path.exists():
        return None
    try:
        # Read-only: else SQLite would make what is missing.
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE_SECONDS)
        try:
            verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if verdict != "ok":
                return Examined(broken=verdict)
            rows = dict(connection.execute("SELECT id, mark FROM insights").fetchall())
        finally:
            connection.close()
    except sqlite3.Error as error:
        return Examined(busy=str(error)) if is_busy(error) else Examined(broken=str(error))
    wanted = {insight.id: mark(insight) for insight in insights}
    return Examined(behind=len({name for name, _ in wanted.items() ^ rows.items()}))
