"""Saving what the user typed for that purpose (`/remember TEXT`, `# TEXT`), or said yes to. In the engine's thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.learning.memory.profiles import Act, Rewording
    from learnchat.learning.profile.insight import Means
    from learnchat.learning.proposal import Proposal


def remember(parts: Parts, text: str) -> Act:
    """Save a statement with the kind, the tags and the best-before date that its words tell.

    What it seems to contradict is named, and kept.

    Raises:
        ProfileError: it is known already, can't be saved here, is too long, or has a secret in it.
    """
    found = parts.watcher.named(text)
    return _compared(parts, parts.profiles.remember(text, kind=found.kind, tags=found.tags, expires=found.expires))


def confirm(parts: Parts, proposal: Proposal, means: Means, rewording: Rewording | None = None) -> Act:
    """Save what was proposed, in its words or in the user's.

    It was compared when it was heard, and since then more may have been learned: what it seems to contradict now is
    named, and kept. Where it replaces something, or the user keeps both, there is nothing more to say.

    Raises:
        ProfileError: it is decided already, can't be saved here, is too long, or has a secret in it.
    """
    act = parts.profiles.confirm(proposal, means, rewording)
    return act if rewording is not None and rewording.keep else _compared(parts, act)


def _compared(parts: Parts, act: Act) -> Act:
    """An act, and in a second line the insight that it may replace."""
    if act.insight is None or act.insight.entry.replaces is not None:
        return act
    other = parts.profiles.contradicted(act.insight)
    if other is None:
        return act
    said = f"This may replace: {one_line(other.statement)}. Both are kept; /insights forgets one."
    return replace(act, sentence=f"{act.sentence}\n{said}")
