"""Where messages and code blocks begin in a conversation, to jump there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from learnchat.widgets.conversation import Conversation
from learnchat.widgets.earlier import Earlier
from learnchat.widgets.message import UserMessage
from learnchat.widgets.page import Page
from learnchat.widgets.reply import Reply


def next_message(conversation: Conversation, top: int, direction: int) -> int | None:
    """The row in which the next message begins: the user's or the model's.

    Args:
        conversation: whose rows.
        top: the row at the top of the view.
        direction: 1 down, -1 up.
    """
    return _nearest(_messages(conversation), top, direction)


def next_code(conversation: Conversation, top: int, direction: int) -> int | None:
    """The row in which the next code block begins. Of what is out of view only as much is set as it takes."""
    for part in list(conversation.children)[:: 1 if direction > 0 else -1]:
        origin = part.virtual_region.y
        if isinstance(part, Earlier):
            found = part.next_code(top - origin, direction)
            if found is not None:
                return origin + found
        elif isinstance(part, Reply):
            rows = [page.virtual_region.y + row for page in part.query(Page) for row in page.code_rows]
            found = _nearest((origin + row for row in rows), top, direction)
            if found is not None:
                return found
    return None


def _messages(conversation: Conversation) -> Iterator[int]:
    for part in conversation.children:
        origin = part.virtual_region.y
        if isinstance(part, Earlier):
            yield from (origin + row for row in part.tops)
        elif isinstance(part, UserMessage | Reply):
            yield origin


def _nearest(rows: Iterable[int], top: int, direction: int) -> int | None:
    if direction > 0:
        return min((row for row in rows if row > top), default=None)
    return max((row for row in rows if row < top), default=None)
