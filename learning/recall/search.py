"""A single search among some insights: for whoever has no index at hand."""

from __future__ import annotations

from collections.abc import Sequence

from learnchat.learning.profile.insight import Insight
from learnchat.learning.recall.bearing import BEARS, MemoryBearings, in_order


def search(insights: Sequence[Insight], text: str, limit: int = 5) -> list[Insight]:
    """What of some insights bears on a text, best first; nothing where nothing does. Counts their words anew."""
    known = {insight.id: insight for insight in insights}
    found = [each for each in MemoryBearings(known.values()).find(text) if each.confidence >= BEARS]
    return [known[each.id] for each in in_order(found, known.__getitem__)[:limit]]
