"""An insight in full: what it says, and what stands behind it."""

from __future__ import annotations

from textual.content import Content

from learnchat.app.decided import DECIDED
from learnchat.learning.profile.insight import Insight
from learnchat.learning.text import neutralise, one_line


def describe(insight: Insight, given: str = "") -> Content:
    """An insight with its words, decision and details, as plain text.

    Args:
        insight: which.
        given: why it was given to a model, where it was.
    """
    entry, decision = insight.entry, insight.decision
    said = decision.source.quote or entry.quote
    facts = [
        ("given", f"because {given}" if given else ""),
        ("you said", f"“{one_line(said)}”" if one_line(said) != one_line(entry.statement) else "just that"),
        ("decided", f"{decision.at.astimezone():%Y-%m-%d %H:%M}, {DECIDED[decision.means.value]}"),
        ("in", f"conversation {one_line(decision.source.session)}" if decision.source.session else "no conversation"),
        ("because", one_line(entry.because)),
        ("kind", f"{entry.kind.label} · {'everywhere' if insight.scope == 'personal' else 'this project'}"),
        ("tags", " ".join(map(one_line, entry.tags))),
        ("until", f"{entry.expires.astimezone():%Y-%m-%d}" if entry.expires else ""),
        ("id", entry.id),
    ]
    lines = [Content.assemble((f"{name:<9}", "$text-muted"), value) for name, value in facts if value]
    return Content("\n").join([Content(neutralise(entry.statement)), Content(), *lines])
