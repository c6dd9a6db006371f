"""The messages of a conversation that can be looked at in more than one way, wherever they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from learnchat.widgets.conversation import Conversation
from learnchat.widgets.earlier import Earlier
from learnchat.widgets.message import UserMessage
from learnchat.widgets.reply import Reply
from learnchat.widgets.views import View


@dataclass(frozen=True, slots=True)
class Viewed:
    """A message that can be looked at in another way."""

    rows: range
    """Those of the conversation that it takes."""
    view: View
    long: bool
    thoughtful: bool
    part: Earlier | UserMessage | Reply
    """Where it is drawn."""
    index: int = 0
    """Its place there, among what was said earlier."""


def viewed(conversation: Conversation) -> Iterator[Viewed]:
    """The messages that can be folded, or of which the thoughts are known, the oldest first."""
    for part in conversation.children:
        origin = part.virtual_region.y
        if isinstance(part, Earlier):
            for index, entry in enumerate(part.entries):
                if entry.long or entry.thoughtful:
                    rows = part.rows_of(index)
                    place = range(origin + rows.start, origin + rows.stop)
                    yield Viewed(place, entry.view, entry.long, entry.thoughtful, part, index)
        elif isinstance(part, UserMessage | Reply) and (part.long or part.thoughtful):
            place = range(origin, origin + part.virtual_region.height)
            yield Viewed(place, part.view, part.long, part.thoughtful, part)


def in_view(conversation: Conversation) -> list[Viewed]:
    """Those long messages of which something is in view."""
    top = conversation.scroll_offset.y
    bottom = top + conversation.scrollable_content_region.height
    return [each for each in viewed(conversation) if each.long and each.rows.start < bottom and each.rows.stop > top]


def fold(conversation: Conversation, messages: Sequence[Viewed], folded: bool) -> None:
    """Fold messages, or show them in full; what is read stays in view."""
    top = conversation.scroll_offset.y
    if not folded:
        # Whoever unfolds a message wants to read on where they are, not at its end.
        conversation.release_anchor()
    _look({each: each.view._replace(folded=folded) for each in messages})
    first = min((each.rows.start for each in messages), default=top)
    if folded and first < top:
        conversation.call_after_refresh(conversation.scroll_to, y=first, animate=False)


def _look(views: Mapping[Viewed, View]) -> None:
    """Look at messages in another way; those that are drawn by one widget all at once."""
    for part, some in groupby(views, key=lambda each: each.part):
        if isinstance(part, Earlier):
            part.look({each.index: views[each] for each in some})
        else:
            part.look(views[next(some)])


def show_thoughts(conversation: Conversation) -> bool | None:
    """Show in its place what was thought before the last reply of which that is known, or hide it again.

    Returns:
        Whether it is shown now; None where nothing is known.
    """
    last = next((each for each in reversed(list(viewed(conversation))) if each.thoughtful), None)
    if last is None:
        return None
    shown = not last.view.thinking
    if shown:
        conversation.release_anchor()
    _look({last: last.view._replace(thinking=shown)})
    if shown:
        conversation.call_after_refresh(conversation.scroll_to, y=last.rows.start, animate=False)
    return shown
