"""What the chat says of the memory when it opens: one line when all is well, else a few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from learnchat.learning.clock import local
from learnchat.learning.profile.agreement import DISAGREES
from learnchat.learning.text import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from learnchat.app.parts import Parts
    from learnchat.learning.profile.insight import Insight

# What runs out within this time may still be wanted, and there is time to say so.
SOON = timedelta(days=7)
# Of what runs out so many are named.
MOST = 3
STATEMENT_LENGTH = 60
# More fit no request, whatever its budget is set to: they need not be laid out to know it.
_MOST_GIVEN_WHOLE = 1_500


@dataclass(frozen=True, slots=True)
class Panel:
    """The memory at the opening."""

    insights: int
    personal: int
    waiting: int = 0
    """In the inbox."""
    outside: bool = False
    """Something was changed outside: that, and the way to the review, is said apart."""
    expiring: tuple[tuple[str, datetime], ...] = ()
    """What runs out soon: statement and date, the soonest first."""
    problems: tuple[str, ...] = ()
    """What is wrong with the files, each a sentence."""
    whole: bool = True
    """Whether all of it goes along with every request."""

    def text(self) -> str:
        """What is said; empty where nothing is known, waits or is wrong: there the chat's own first words stand."""
        lines = [*self._waiting(), *self._expiring(), *self._problems()]
        if not (self.insights or lines):
            return ""
        known = f"{_count(self.insights, 'insight')} known here"
        if self.personal:
            known += f", {self.personal:,} of them personal" if self.personal < self.insights else ", all personal"
        if not self.whole:
            known += ", too many for every request: what bears on a message goes with it, and what you pin"
        if lines or self.outside:
            return "\n".join([f"{known}.", *lines])
        return f"{known}; nothing waits, all is well."

    def _waiting(self) -> list[str]:
        if not self.waiting:
            return []
        return [f"{self.waiting:,} wait{'s' if self.waiting == 1 else ''} for your decision: /inbox"]

    def _expiring(self) -> list[str]:
        if not self.expiring:
            return []
        lines = [
            f"  {local(date):%Y-%m-%d}  {shorten(statement, STATEMENT_LENGTH)}"
            for statement, date in self.expiring[:MOST]
        ]
        more = len(self.expiring) - MOST
        return [
            f"{_count(len(self.expiring), 'insight')} run{'s' if len(self.expiring) == 1 else ''} out within a week:",
            *lines,
            *([f"  and {more:,} more"] if more > 0 else []),
        ]

    def _problems(self) -> list[str]:
        return (
            [*self.problems, "`learnchat doctor` says more, `learnchat doctor --repair` mends."]
            if self.problems
            else []
        )


def read_panel(parts: Parts) -> Panel:
    """Read it in the engine's thread."""
    profiles, now = parts.profiles, parts.clock.now()
    held = [profile for profile in (profiles.project, profiles.personal) if profile is not None]
    insights = profiles.insights()
    expiring: list[Insight] = []
    for profile in held:
        view = profile.view()
        found = (view.insight(name) for name in view.expired_at(now + SOON) - view.expired_at(now))
        expiring += [insight for insight in found if insight is not None]
    dated = [(each.statement, each.entry.expires) for each in expiring if each.entry.expires is not None]
    outside = bool(profiles.waiting().changed)
    # Said apart already: that nothing can be saved, and the two wordings.
    told = ("Nothing can be saved", "Insight ")
    # Line by line it takes half a second for ten thousand; a message would wait for that. `doctor` does it.
    problems = profiles.health(thorough=False)
    return Panel(
        insights=len(insights),
        personal=len(profiles.personal.insights()),
        waiting=len(profiles.inbox.pending()),
        outside=outside,
        expiring=tuple(sorted(dated, key=lambda each: each[1])),
        # The review's first answer renders the Markdown anew: one way for one matter.
        problems=tuple(p for p in problems if not p.startswith(told) and not (outside and DISAGREES in p)),
        whole=_goes_along(insights, parts.configuration.recall.budget),
    )


def _goes_along(insights: Sequence[Insight], budget: int) -> bool:
    """Whether all of them would stand before a conversation; with no budget none is to."""
    from learnchat.learning.recall.giving import Recall

    if not budget:
        return True
    return len(insights) <= _MOST_GIVEN_WHOLE and len(Recall(insights, budget).whole_block().ids) == len(insights)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
