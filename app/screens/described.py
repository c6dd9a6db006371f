"""An insight in full: what it says, and what stands behind it."""

from __future__ import annotations

from textual.content import Content

from learnchat.app.decided import behind
from learnchat.learning.profile.insight import Insight
from learnchat.learning.text import neutralise


def describe(insight: Insight, why: str = "") -> Content:
    """An insight with its words, decision and details, as plain text.

    Args:
        insight: which.
        why: why it was given to a model, or was not; empty where that was not the question.
    """
    lines = [Content.assemble((f"{name:<9}", "$text-muted"), value) for name, value in behind(insight, why)]
    return Content("\n").join([Content(neutralise(insight.statement)), Content(), *lines])
