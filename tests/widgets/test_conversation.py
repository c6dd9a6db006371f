from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import pytest
from textual.geometry import Region, Size
from textual.pilot import Pilot

from learnchat.widgets.conversation import LEFT_MESSAGES, MEASURE, MOST_MESSAGES
from learnchat.widgets.earlier import Earlier
from learnchat.widgets.message import UserMessage
from learnchat.widgets.page import Page
from learnchat.widgets.past import PastMessage
from support.waiting import wait_until

HOSTILE = [
    "[/etc] [b] [/",
    "\x1b[31mred\x1b]0;title\x07\x9b2J",
    "שלום \u202eevil\u202c עולם",
    "👩‍👩‍👧‍👦🏳️‍🌈 漢字 e\u0301",
    "x" * 100_000,
    "word " * 20_000,
    "[a](javascript:alert('x')) <b>[/etc]</b> ![i](file:///etc/passwd)",
    "| a | [/etc] |\n|---|---|\n| [/x] | `[/y]` |",
    "```[/lang] x\n[/etc]\n```",
    "\x00\x07\ud800 lone",
    "> " * 300 + "deep",
]


async def test_messages_of_the_user_are_drawn_as_they_are(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.conversation.add_user("use [/etc] and **not bold**\n  indented")
        await pilot.pause()
        rows = app.rows()
        row = next(index for index, text in enumerate(rows) if "[/etc]" in text)
        assert rows[row] == "  › use [/etc] and **not bold**"
        assert rows[row + 1] == "      indented"


async def test_the_welcome_leaves_with_the_first_message(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert any("Say what you are working on" in row for row in app.rows())
        await app.conversation.add_note("found", "Title")
        await pilot.pause()
        rows = app.rows()
        assert not any("Say what you are working on" in row for row in rows)
        assert "  · Title" in rows
        assert "    found" in rows


async def test_a_long_message_is_folded_and_says_so(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await app.conversation.add_user("\n".join(f"line {number}" for number in range(300)))
        await pilot.pause()
        rows = app.rows()
        assert "  › line 0" in rows
        assert "    line 11" in rows
        assert "    line 12" not in rows
        assert "    folded, 300 lines in all ‹show all›" in rows


async def test_lines_stay_within_the_measure_on_a_wide_screen(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(200, 24)) as pilot:
        await app.conversation.add_user("word " * 100)
        await pilot.pause()
        assert max(len(row) for row in app.rows() if "word" in row) <= MEASURE
        await pilot.resize_terminal(90, 24)
        await pilot.pause()
        assert app.query_one(UserMessage).size.width > 80


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_text_crashes_or_garbles(chat_app, text: str) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.conversation.add_user(text)
        reply = await app.conversation.start_reply(text[:100])
        for start in range(0, len(text), 5_000):
            await reply.write(text[start : start + 5_000])
        await reply.finish()
        reply.chips(text[:100])
        await app.conversation.add_note(text[:10_000], text[:100], markdown=True)
        await pilot.pause()
        await pilot.hover(offset=(10, 10))
        for row in app.rows():
            assert not any(character in row for character in "\x00\x07\x1b\x9b\u202e\u202c")
        assert reply.source == text


async def test_it_follows_the_end_and_stays_put_when_one_reads_further_up(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        conversation = app.conversation
        for number in range(30):
            await conversation.add_user(f"message {number}")
        await pilot.pause()
        assert conversation.following
        conversation.scroll_to(y=3, animate=False)
        await pilot.pause()
        reply = await conversation.start_reply("model")
        await reply.write("\n\n".join("paragraph" for _ in range(30)))
        await reply.finish()
        await pilot.pause()
        assert not conversation.following
        assert conversation.scroll_offset.y == 3
        await conversation.add_user("I am back")
        await wait_until(pilot, lambda: "  › I am back" in app.rows())
        assert conversation.following


async def test_a_short_conversation_stands_above_the_prompt(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.conversation.add_user("hello")
        await pilot.pause()
        assert app.rows().index("  › hello") == app.prompt.region.y - 2


async def talk(conversation, count: int) -> None:
    for number in range(count):
        await conversation.add_user(f"message {number}")
        reply = await conversation.start_reply("model")
        await reply.write(f"# Reply {number}\n\n- **item** [/etc]\n\n```python\nx = {number}\n```\n")
        await reply.finish()


async def test_old_messages_become_one_widget_and_stand_there_as_before(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await talk(app.conversation, MOST_MESSAGES // 2)
        await pilot.pause()
        height = app.conversation.virtual_size.height
        app.conversation.scroll_to(y=0, animate=False)
        await pilot.pause()
        before = app.rows()
        await app.conversation.add_note("one more")
        await pilot.pause()
        earlier = app.query_one(Earlier)
        assert earlier.count == MOST_MESSAGES + 1 - LEFT_MESSAGES
        assert app.rows() == before
        assert app.conversation.virtual_size.height == height + 2
        app.conversation.scroll_to(y=earlier.virtual_region.bottom - 12, animate=False)
        await pilot.pause()
        assert sum("# Reply" in row or "Reply" in row for row in app.rows()) >= 2


async def test_what_was_said_earlier_can_be_selected_and_copied(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await talk(app.conversation, MOST_MESSAGES // 2 + 1)
        app.conversation.scroll_to(y=0, animate=False)
        await pilot.pause()
        rows = app.rows()
        first, last = rows.index("  › message 0"), rows.index("  › message 1")
        await pilot.mouse_down(offset=(8, first))
        await pilot.hover(offset=(14, last))
        await pilot.mouse_up(offset=(14, last))
        await pilot.pause()
        selected = app.screen.get_selected_text() or ""
        assert selected.startswith("age 0\nReply 0\n\n• item [/etc]\n\nx = 0\n\nmodel\nmess")
        app.screen.clear_selection()
        app.screen.text_select_all()
        await pilot.pause()
        assert (app.screen.get_selected_text() or "").count("• item [/etc]") == MOST_MESSAGES // 2 + 1


async def test_a_thousand_messages_of_before_are_shown_and_measured_when_there_is_time(
    chat_app, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("learnchat.widgets.earlier.MEASURED_AT_ONCE", 100)
    app = chat_app()
    past = [
        message
        for number in range(500)
        for message in (
            PastMessage("user", f"question {number}"),
            PastMessage("assistant", f"Answer **{number}**.\n\n- item\n" + "word " * 30, name="model"),
        )
    ]
    async with app.run_test(size=(80, 24)) as pilot:
        await app.conversation.show_earlier(past)
        await pilot.pause()
        earlier = app.query_one(Earlier)
        assert earlier.count == 1000
        assert len(list(app.conversation.walk_children())) == 1
        await wait_until(pilot, lambda: earlier.measured)
        await pilot.pause()
        rows = app.rows()
        assert rows.index("    Answer 499.") > rows.index("  › question 499")
        assert app.conversation.following
        reply = await app.conversation.add_exchange("and now?", "model")
        await reply.write("Now.")
        await reply.finish()
        await pilot.pause()
        assert "    Now." in app.rows()


async def enough_for_earlier(app: Any, pilot: Pilot[Any]) -> Earlier:
    """Say so much that the oldest messages stand in the one widget, with the heights that they have."""
    for number in range(MOST_MESSAGES + 1):
        await app.conversation.add_user(f"{number} " + "word " * 40)
    await pilot.pause()
    earlier = app.query_one(Earlier)
    await wait_until(pilot, lambda: earlier.count == MOST_MESSAGES + 1 - LEFT_MESSAGES and earlier.measured)
    await wait_until(pilot, lambda: earlier.size.height == earlier.virtual_size.height)
    await pilot.pause()
    await pilot.pause()
    return earlier


async def test_after_a_resize_what_was_said_earlier_has_its_height_again(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        earlier = await enough_for_earlier(app, pilot)
        wide = earlier.size.height
        await pilot.resize_terminal(40, 24)
        await wait_until(pilot, lambda: earlier.measured)
        await pilot.pause()
        await wait_until(pilot, lambda: earlier.size.height > wide * 3 // 2)
        assert app.conversation.following
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: earlier.measured)
        await wait_until(pilot, lambda: earlier.size.height == wide)


async def test_what_was_drawn_of_a_message_leaves_with_it(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await talk(app.conversation, MOST_MESSAGES // 2)
        await pilot.pause()
        pages = list(app.conversation.query(Page))
        drawn = [page for page in pages if page._strips]
        assert drawn
        await app.conversation.add_note("one more")
        await pilot.pause()
        gone = [page for page in pages if not page.is_attached]
        assert gone
        assert not any(page._strips or page._styles_cache._cache for page in gone)


async def test_a_layout_costs_no_more_after_a_long_conversation(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.conversation.show_earlier([PastMessage("user", "line\n" * 30)] * 600)
        await pilot.pause()
        await wait_until(pilot, lambda: app.query_one(Earlier).measured)
        arranged = app.conversation.arrange(app.conversation.size)
        assert arranged.total_region.height > 18_000
        assert sum(map(len, arranged.spatial_map._map.values())) == len(app.conversation.children)
        in_view = arranged.get_visible_placements(Region(0, 100, 80, 24))
        assert [place.widget for place in in_view] == [app.query_one(Earlier)]


async def test_a_reply_that_still_comes_is_not_put_away(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        for number in range(MOST_MESSAGES + 3):
            await app.conversation.add_user(f"message {number}")
        await reply.write("here")
        await reply.finish()
        assert reply.parent is app.conversation
        await app.conversation.add_user("more")
        await pilot.pause()
        assert app.query_one(Earlier).count > 1


async def test_messages_added_at_once_are_put_away_once(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await talk(app.conversation, MOST_MESSAGES // 2)
        await asyncio.gather(*(app.conversation.add_note(f"note {number}") for number in range(25)))
        await pilot.pause()
        left = len(app.conversation.children) - 1
        assert app.query_one(Earlier).count + left == MOST_MESSAGES + 25
        app.screen.text_select_all()
        text = app.screen.get_selected_text() or ""
        assert all(text.count(f"Reply {number}\n") == 1 for number in range(MOST_MESSAGES // 2))


async def test_a_conversation_cleared_while_a_reply_comes_in_stays_empty(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("one\n\ntwo")
        await reply.write("three")
        await app.conversation.clear()
        app.clock.advance(5)
        await reply.write("four\n\nfive")
        await reply.finish()
        await pilot.pause()
        assert not app.conversation.children
        assert reply.source == "one\n\ntwothreefour\n\nfive"


async def test_clear_shows_nothing_and_counts_anew(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.conversation.add_user("hello")
        await app.conversation.clear()
        await pilot.pause()
        assert not app.conversation.children


def test_before_the_first_reply_nothing_of_markdown_is_imported() -> None:
    heavy = "('markdown_it', 'pygments', 'rich.markdown', 'textual.widgets._markdown', 'textual.highlight', 'pydantic')"
    code = (
        "import sys, learnchat.widgets.conversation, learnchat.widgets.prompt, learnchat.widgets.header, "
        "learnchat.widgets.status, learnchat.themes.loader as l; l.load_theme('night'); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


async def test_a_resize_that_is_taken_back_at_once_leaves_the_height_as_it_was(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        earlier = await enough_for_earlier(app, pilot)
        wide, (width, height) = earlier.size.height, earlier.container_size
        for narrow in (width - 41, width - 43, width - 47, width):
            earlier.get_content_height(Size(narrow, height), Size(narrow, height), narrow)
        await wait_until(pilot, lambda: earlier.measured)
        await wait_until(pilot, lambda: earlier.size.height == wide)
