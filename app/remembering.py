"""Saving what the user typed for that purpose: `/remember TEXT` and `# TEXT`. In the engine's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.app.engine import Parts
    from learnchat.learning.memory.profiles import Act


def remember(parts: Parts, text: str) -> Act:
    """Save a statement with the kind, the tags and the best-before date that its words tell.

    Raises:
        ProfileError: it is known already, can't be saved here, is too long, or has a secret in it.
    """
    found = parts.watcher.named(text)
    return parts.profiles.remember(text, kind=found.kind, tags=found.tags, expires=found.expires)
