"""What was sent while a reply comes, and waits for its turn."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from learnchat.learning.text import one_line

MOST_ROWS = 3
# A row is never wider; a message may be a book.
_SHOWN = 500


class Waiting(Static, can_focus=False):
    """A row for each message that waits, the next one first."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show(self, texts: Sequence[str], hint: str) -> None:
        """Show what waits, and in the first row what can be done about it; nothing where nothing waits."""
        self.display = bool(texts)
        rows = [f"waits: {one_line(text[:_SHOWN])}" for text in texts[:MOST_ROWS]]
        if len(texts) > MOST_ROWS:
            rows.append(f"… and {len(texts) - MOST_ROWS} more")
        if rows:
            rows.insert(0, hint)
        self.update(Content("\n").join(Content.styled(row, "$text-muted") for row in rows))
