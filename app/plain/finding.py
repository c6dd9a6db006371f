"""Finding in lines of text: insights, messages, and guidance before a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.learning.clock import local
from learnchat.learning.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from learnchat.app.engine import Engine
    from learnchat.app.parts import Parts
    from learnchat.learning.recall.query import Query

# Whoever listens to it narrows the search.
MOST = 5


class PlainFinding:
    """Recall, search, guide. A query that can't be understood is a `QueryError`, which says what was meant.

    Args:
        engine: where it is searched.
        say: prints a line.
    """

    def __init__(self, engine: Engine, say: Callable[[str], None]) -> None:
        self._engine = engine
        self._say = say

    async def recall(self, text: str) -> None:
        """Insights by their words, best first; without words the newest."""
        found = await self._engine.call(lambda parts: parts.finder.insights(_query(parts, text), MOST))
        for each in found:
            entry = each.insight.entry
            self._say(f"{each.id}: {one_line(entry.statement)} ({entry.kind.label}, {each.confidence:.0%})")
        if not found:
            self._say("Nothing is known about that.")

    async def search(self, text: str) -> None:
        """Messages of all conversations here, best first; without words the newest."""
        found = await self._engine.call(lambda parts: parts.finder.messages(_query(parts, text), MOST))
        for each in found:
            who = "You" if each.role == "user" else "The model"
            when = f" on {local(each.at):%Y-%m-%d}" if each.at else ""
            self._say(f"{who}{when}: {each.excerpt.text} (conversation {each.session})")
        self._say("`learnchat sessions show ID` reads one." if found else "Nothing like that was said.")

    async def guide(self, text: str) -> None:
        """What is known before a task."""
        from learnchat.app.guiding import in_words

        if not text:
            self._say("What are you about to do? /guide fix the rounding in the checkout")
            return
        self._say(in_words(await self._engine.call(lambda parts: parts.finder.guide(text)), text))


def _query(parts: Parts, text: str) -> Query:
    from learnchat.learning.recall.query import parse_query

    return parse_query(text, parts.clock.now())
