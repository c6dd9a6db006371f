"""Guidance before a task: what is known that bears on it, under headings, and plainly nothing where nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from learnchat.learning.kinds import Kind
from learnchat.learning.recall.found import FoundInsight

# Under one heading nobody reads more.
MOST = 5


class Heading(StrEnum):
    """What an insight is to somebody who is about to do something. The values are what people read."""

    RULES = "Rules"
    CAUSES = "Past causes and fixes"
    WORKAROUNDS = "Workarounds"
    PROCEDURES = "Procedures"


# All that is not named here is a rule: what was decided, holds, or was refused.
_HEADINGS = {
    Kind.BUG_FIXED: Heading.CAUSES,
    Kind.PERFORMANCE_ISSUE: Heading.CAUSES,
    Kind.EDGE_CASE: Heading.CAUSES,
    Kind.WORKAROUND: Heading.WORKAROUNDS,
    Kind.PROCEDURE: Heading.PROCEDURES,
}


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, best first."""

    heading: Heading
    found: tuple[FoundInsight, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is known before a task."""

    sections: tuple[Section, ...] = ()
    """In the order of the headings; none of them is empty."""
    confidence: float = 0.0
    """Of the best one, 0 to 1."""

    def __bool__(self) -> bool:
        """Whether anything is known: without it, say "nothing known"."""
        return bool(self.sections)


def guidance(found: Sequence[FoundInsight]) -> Guidance:
    """Put under headings what a search for a task found; what does not bear on it is left out."""
    bearing = [each for each in found if each.bears]
    sections = [
        Section(heading, tuple(each for each in bearing if heading_of(each.insight.kind) is heading)[:MOST])
        for heading in Heading
    ]
    return Guidance(
        tuple(section for section in sections if section.found), max((each.confidence for each in bearing), default=0.0)
    )


def heading_of(kind: Kind) -> Heading:
    """The heading under which a kind stands."""
    return _HEADINGS.get(kind, Heading.RULES)
