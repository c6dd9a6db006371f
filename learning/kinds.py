"""The kinds of insight: what a statement can be about."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kind of a detection, a proposal or an insight.

    The first ten are the triggers of the original system; the others are what developers also say that lasts.
    """

    SWITCHING = "switching"
    DECIDED_TO_USE = "decided_to_use"
    NO_LONGER = "no_longer"
    NOW_USING = "now_using"
    IMPLEMENT_CHANGE = "implement_change"
    PERFORMANCE_ISSUE = "performance_issue"
    BUG_FIXED = "bug_fixed"
    ARCHITECTURE_CHANGE = "architecture_change"
    REJECTED_IDEA = "rejected_idea"
    EDGE_CASE = "edge_case"
    PREFERENCE = "preference"
    CORRECTION = "correction"
    FACT = "fact"
    WORKAROUND = "workaround"
    PROCEDURE = "procedure"

    @property
    def label(self) -> str:
        """What people read: "Decision", "Edge case"."""
        return LABELS[self]


LABELS: dict[Kind, str] = {
    Kind.SWITCHING: "Switch",
    Kind.DECIDED_TO_USE: "Decision",
    Kind.NO_LONGER: "No longer",
    Kind.NOW_USING: "Now using",
    Kind.IMPLEMENT_CHANGE: "Change",
    Kind.PERFORMANCE_ISSUE: "Performance",
    Kind.BUG_FIXED: "Bug and its cause",
    Kind.ARCHITECTURE_CHANGE: "Architecture",
    # Above a question "Rejected" alone would seem to be said of what is proposed.
    Kind.REJECTED_IDEA: "Idea ruled out",
    Kind.EDGE_CASE: "Edge case",
    Kind.PREFERENCE: "Preference",
    Kind.CORRECTION: "Correction",
    Kind.FACT: "Fact",
    Kind.WORKAROUND: "Workaround",
    Kind.PROCEDURE: "Procedure",
}
BY_LABEL: dict[str, Kind] = {label.casefold(): kind for kind, label in LABELS.items()} | {
    # As it was called when files were written that are still read.
    "rejected": Kind.REJECTED_IDEA,
}
"""The kinds by what people read, case-folded."""


class Scope(StrEnum):
    """Where an insight holds: in this project, or wherever this user works."""

    PROJECT = "project"
    PERSONAL = "personal"
