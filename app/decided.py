"""What stands behind an insight, in words."""

from __future__ import annotations

from learnchat.learning.clock import local
from learnchat.learning.profile.insight import Insight
from learnchat.learning.text import one_line

DECIDED = {
    "toast": "you said yes to a toast",
    "inbox": "you said yes in the inbox",
    "remember": "you told learnchat to remember it",
    "command": "you said yes on the command line",
    "accepted": "you accepted a change made outside learnchat",
}
"""By the means of the decision."""


def behind(insight: Insight, why: str = "") -> list[tuple[str, str]]:
    """What stands behind an insight: the user's words, the decision, and the details, each with its name.

    Args:
        insight: which.
        why: why it was given to a model, or was not; empty where that was not the question.
    """
    entry, decision = insight.entry, insight.decision
    said = decision.source.quote or entry.quote
    facts = [
        ("why", why),
        ("you said", f"“{one_line(said)}”" if one_line(said) != one_line(entry.statement) else "just that"),
        ("decided", f"{local(decision.at):%Y-%m-%d %H:%M}, {DECIDED[decision.means.value]}"),
        ("in", f"conversation {one_line(decision.source.session)}" if decision.source.session else "no conversation"),
        ("because", one_line(entry.because)),
        ("kind", f"{entry.kind.label} · {'everywhere' if insight.scope == 'personal' else 'this project'}"),
        ("tags", " ".join(map(one_line, entry.tags))),
        ("until", f"{local(entry.expires):%Y-%m-%d}" if entry.expires else ""),
        ("id", entry.id),
    ]
    return [(name, value) for name, value in facts if value]
