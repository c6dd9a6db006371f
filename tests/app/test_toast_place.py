from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.app.screens.offers import share_offer
from learnchat.widgets.conversation import BESIDE
from learnchat.widgets.prompt import Prompt
from support.chat import Chat, open_chat


async def talked(chat: Chat) -> None:
    """More than fits, in notes that do: a longer one is read from its beginning."""
    for note in range(12):
        await chat.app.chat.conversation.add_note("\n".join(f"line {note}.{line}" for line in range(5)))
    await chat.until(lambda: newest_row(chat) == chat.app.chat.prompt.region.y - 1, "the end")


def newest_row(chat: Chat) -> int:
    """The row of the screen below the newest message, where the empty row is that ends it."""
    return chat.app.chat.conversation.children[-1].region.bottom


async def shown_offer(chat: Chat) -> None:
    async def nothing(yes: bool | None) -> None:
        return None

    chat.app.chat.asker.offer(share_offer(chat.app.chat.asking.shown, nothing))
    chat.clock.advance(0.7)
    await chat.until(lambda: chat.app.chat.asker.shown and chat.toast.region.height > 5, "the toast")
    await chat.pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_newest_line_stays_readable_above_a_toast(project: Path, size: tuple[int, int]) -> None:
    async with open_chat(project, size) as chat:
        await talked(chat)
        await shown_offer(chat)
        await chat.until(lambda: newest_row(chat) == chat.toast.region.y - 1, "the newest line above the toast")
        assert isinstance(chat.app.focused, Prompt)
        chat.clock.advance(0.5)
        await chat.pilot.press("ctrl+n")
        await chat.until(lambda: newest_row(chat) == chat.app.chat.prompt.region.y - 1, "the room given back")
        assert chat.app.chat.conversation.following


async def test_who_reads_further_up_is_not_moved_by_a_toast(project: Path) -> None:
    async with open_chat(project) as chat:
        await talked(chat)
        await chat.pilot.press("pageup")
        reading = chat.app.chat.conversation.scroll_offset
        await shown_offer(chat)
        assert chat.app.chat.conversation.scroll_offset == reading
        chat.clock.advance(0.5)
        await chat.pilot.press("ctrl+n")
        await chat.until(lambda: not chat.toast.display, "the toast gone")
        await chat.pilot.pause()
        assert chat.app.chat.conversation.scroll_offset == reading


async def test_on_a_wide_terminal_the_toast_stands_beside_the_text(project: Path) -> None:
    async with open_chat(project, (BESIDE, 40)) as chat:
        await talked(chat)
        await shown_offer(chat)
        page = chat.app.chat.conversation.children[-1]
        await chat.until(lambda: newest_row(chat) == chat.app.chat.prompt.region.y - 1, "the newest line")
        assert page.region.right <= chat.toast.region.x
        assert chat.toast.region.right == BESIDE - 1
