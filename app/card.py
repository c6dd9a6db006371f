"""What a run of the chat came to, for the terminal it leaves behind: learned, refused, waiting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from learnchat.learning.memory.acts import CONFIRMED, NEVER, REMEMBERED, SKIPPED
from learnchat.learning.text import shorten

if TYPE_CHECKING:
    from learnchat.app.parts import Parts

# A card, not a list: `learnchat log` has all of it.
MOST = 5
STATEMENT_LENGTH = 72


@dataclass(slots=True)
class Card:
    """Statements, oldest first."""

    learned: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """Heard in this run, and not decided."""

    def text(self) -> str:
        """Plain text; empty where nothing happened."""
        groups = (
            ("Learned", self.learned, "`learnchat undo` takes the last act back, for a day"),
            ("Refused", self.refused, ""),
            ("Waiting", self.waiting, "`learnchat inbox`"),
        )
        return "\n".join(line for name, statements, hint in groups for line in _group(name, statements, hint))


def _group(name: str, statements: list[str], hint: str) -> list[str]:
    if not statements:
        return []
    lines = [f"{name}: {len(statements):,}{f' ({hint})' if hint else ''}"]
    lines += [f"  {shorten(statement, STATEMENT_LENGTH)}" for statement in statements[:MOST]]
    more = len(statements) - MOST
    return [*lines, *([f"  and {more:,} more"] if more > 0 else [])]


def read_card(parts: Parts) -> Card:
    """Read it in the engine's thread: of what was decided in this run, what was not taken back since."""
    card = Card()
    decided = dict.fromkeys(parts.decided)
    for profile, event in parts.profiles.history.acts():
        if event.id in decided and not profile.journal.is_undone(event):
            if event.name in (CONFIRMED, REMEMBERED):
                card.learned.append(event.statement)
            elif event.name in (SKIPPED, NEVER):
                card.refused.append(event.statement)
    card.waiting = [each.statement for each in parts.profiles.inbox.pending() if each.created >= parts.opened]
    return card
