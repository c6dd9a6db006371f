"""Saving what the user typed for that purpose: `/remember TEXT` and `# TEXT`. In the engine's thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.app.engine import Parts
    from learnchat.learning.memory.profiles import Act


def remember(parts: Parts, text: str) -> Act:
    """Save a statement with the kind, the tags and the best-before date that its words tell.

    What it seems to contradict is named, and kept.

    Raises:
        ProfileError: it is known already, can't be saved here, is too long, or has a secret in it.
    """
    found = parts.watcher.named(text)
    act = parts.profiles.remember(text, kind=found.kind, tags=found.tags, expires=found.expires)
    other = parts.profiles.contradicted(act.insight) if act.insight is not None else None
    if other is None:
        return act
    said = f"This may replace: {one_line(other.statement)}. Both are kept; /insights forgets one."
    return replace(act, sentence=f"{act.sentence}\n{said}")
