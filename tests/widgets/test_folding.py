from __future__ import annotations

import time
from typing import Any

import pytest
from textual.content import Content
from textual.selection import SELECT_ALL

from learnchat.widgets.earlier import Earlier
from learnchat.widgets.folding import fold, in_view, show_thoughts, viewed
from learnchat.widgets.lines import lines_of
from learnchat.widgets.message import UserMessage
from learnchat.widgets.past import PastMessage
from learnchat.widgets.reply import Reply
from learnchat.widgets.views import LONG_LINES, beginning, is_long
from support.waiting import wait_until

LONG = "\n\n".join(f"Paragraph {number}." for number in range(60))


def rows(app: Any) -> str:
    return "\n".join(app.rows())


def at(app: Any, words: str) -> tuple[int, int]:
    """Where some words stand on the screen."""
    found = [(row.index(words) + 1, y) for y, row in enumerate(app.rows()) if words in row]
    assert found, f"{words} is not on the screen"
    return found[-1]


async def until(app: Any, pilot: Any, words: str, *, gone: bool = False) -> None:
    await wait_until(pilot, lambda: (words in rows(app)) is not gone, f"{words} in\n{rows(app)}")


async def click(app: Any, pilot: Any, words: str) -> None:
    """Click on words when they stand still."""
    place = (-1, -1)
    while place != (place := at(app, words)):
        await pilot.pause(0.1)
    assert await pilot.click(offset=place)


async def replied(app: Any, text: str = LONG, thought: str = "") -> Reply:
    reply = await app.conversation.start_reply("a/model")
    await reply.write(text)
    if thought:
        reply.thought(thought, 3)
    await reply.finish()
    return reply


def test_a_message_is_long_by_its_lines_or_its_characters() -> None:
    assert not is_long("x\n" * (LONG_LINES - 1))
    assert is_long("x\n" * LONG_LINES)
    assert is_long("x" * 5_000)
    assert [line.content.plain for line in beginning(lines_of(Content("x" * 5_000)))] == ["x" * 1000 + "…"]


async def test_a_long_reply_is_folded_and_shown_in_full_by_a_click(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await replied(app)
        await until(app, pilot, "‹fold›")
        assert "Paragraph 59." in rows(app)
        await click(app, pilot, "fold›")
        await until(app, pilot, "folded, 119 lines in all ‹show all›")
        assert "Paragraph 0." in rows(app)
        assert "Paragraph 59." not in rows(app)
        await click(app, pilot, "show all›")
        await until(app, pilot, "folded", gone=True)
        assert app.query_one(Reply).text.endswith("Paragraph 59.")


async def test_a_short_one_can_not_be_folded(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await app.conversation.add_user("short")
        await replied(app, "short too")
        await until(app, pilot, "short too")
        assert list(viewed(app.conversation)) == []
        assert "fold" not in rows(app)


async def test_what_is_in_view_is_folded_and_its_beginning_is_shown(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await app.conversation.add_user("first " * 2_000)
        first, second = await replied(app), await replied(app)
        await until(app, pilot, "‹fold›")
        await wait_until(pilot, lambda: min(each.virtual_region.height for each in (first, second)) > 100)
        top = second.virtual_region.y + 20
        app.conversation.scroll_to(y=top, animate=False)
        await wait_until(pilot, lambda: app.conversation.scroll_offset.y == top)
        fold(app.conversation, in_view(app.conversation), True)
        await until(app, pilot, "folded, 119 lines")
        assert (first.view.folded, second.view.folded) == (False, True)
        fold(app.conversation, list(viewed(app.conversation)), False)
        await until(app, pilot, "folded", gone=True)
        assert not app.query_one(UserMessage).view.folded


async def test_copying_takes_all_of_a_folded_message(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 40)) as pilot:
        text = "\n".join(f"line {number}" for number in range(100))
        await app.conversation.add_user(text)
        reply = await replied(app)
        fold(app.conversation, list(viewed(app.conversation)), True)
        await until(app, pilot, "folded, 119 lines")
        message, body = app.query_one(UserMessage), reply.query(".reply--body").first()
        assert message.get_selection(SELECT_ALL)[0].startswith(text)
        assert "Paragraph 59." in body.get_selection(SELECT_ALL)[0]
        assert "Paragraph 59." not in reply.text


async def test_earlier_messages_are_folded_and_copied_the_same_way(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 40)) as pilot:
        text = "\n".join(f"line {number}" for number in range(100))
        await app.conversation.show_earlier(
            [PastMessage("user", text), PastMessage("assistant", LONG, "a/model", "2026-04-01")]
        )
        earlier = app.query_one(Earlier)
        await until(app, pilot, "‹fold›")
        await click(app, pilot, "fold›")
        await until(app, pilot, "folded, 119 lines in all ‹show all›")
        await until(app, pilot, "folded, 100 lines in all ‹show all›")
        assert earlier.text.count("line 99") == 1
        assert earlier.text.count("Paragraph 59.") == 1
        assert "Paragraph 59." not in rows(app)
        await click(app, pilot, "show all›")
        await wait_until(pilot, lambda: not earlier.entries[1].view.folded)


async def test_how_it_is_looked_at_stays_when_it_is_drawn_among_what_was_said_earlier(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 40)) as pilot:
        reply = await replied(app, thought="Let me see.")
        fold(app.conversation, list(viewed(app.conversation)), True)
        show_thoughts(app.conversation)
        await until(app, pilot, "│ Let me see.")
        entry = reply.entry()
        drawn = "\n".join(line.content.plain for line in entry.lines())
        assert entry.view == reply.view
        assert entry.height == len(entry.rows(entry.width)) + 1
        assert "Let me see." in drawn
        assert "folded, 119 lines" in drawn


async def test_what_became_short_before_it_was_laid_out_is_in_view(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 40)) as pilot:
        reply = await app.conversation.start_reply("a/model")
        await until(app, pilot, "thinking")
        with app.batch_update():
            await reply.write(LONG)
            reply.thought("Let me see.", 3)
            await reply.finish()
            # As when it is asked where a message is that no map of the screen has yet.
            app.screen._compositor._full_map_invalidated = True
            assert reply in app.screen._compositor.full_map
            assert app.conversation.scroll_y > app.conversation.max_scroll_y
            fold(app.conversation, list(viewed(app.conversation)), True)
            show_thoughts(app.conversation)
        await until(app, pilot, "│ Let me see.")
        assert app.conversation.scroll_y == 0


async def test_thoughts_unfold_in_their_place_by_a_click(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await replied(app, "Four.", "Two and two,\nso [b]four[/b].\x1b[31m")
        await replied(app, "Five.")
        await until(app, pilot, "thought 3 s ‹show›")
        assert "Two and two" not in rows(app)
        await click(app, pilot, "show›")
        await until(app, pilot, "thought 3 s ‹hide›")
        shown = rows(app)
        assert shown.index("│ Two and two,") < shown.index("│ so [b]four[/b].") < shown.index("Four.")
        assert shown.index("Four.") < shown.index("Five.")
        await click(app, pilot, "hide›")
        await until(app, pilot, "thought 3 s ‹show›")
        assert "Two and two" not in rows(app)


async def test_the_last_thoughts_are_shown_and_hidden_without_a_mouse(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 30)) as pilot:
        assert show_thoughts(app.conversation) is None
        await replied(app, "Four.", "Two and two.")
        assert show_thoughts(app.conversation) is True
        await until(app, pilot, "│ Two and two.")
        assert show_thoughts(app.conversation) is False
        await until(app, pilot, "│ Two and two.", gone=True)


@pytest.mark.parametrize("width", [20, 80, 200])
async def test_a_width_changes_nothing_of_it(chat_app, width: int) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await replied(app, thought="Let me see.")
        fold(app.conversation, list(viewed(app.conversation)), True)
        await pilot.resize_terminal(width, 30)
        await until(app, pilot, "Paragraph 0.")
        assert "Paragraph 59." not in rows(app)


async def test_a_thousand_are_folded_at_once(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 30)) as pilot:
        await app.conversation.show_earlier([PastMessage("assistant", LONG, "a/model")] * 1000)
        await until(app, pilot, "‹fold›")
        began = time.process_time()
        fold(app.conversation, list(viewed(app.conversation)), True)
        # To measure each of them takes a millisecond and more: they are when there is time.
        assert time.process_time() - began < 0.5
        await until(app, pilot, "folded, 119 lines in all ‹show all›")
        assert all(entry.view.folded for entry in app.query_one(Earlier).entries)
