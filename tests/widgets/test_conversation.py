from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from learnchat.widgets.conversation import LIVE_REPLIES, MEASURE, MOST_MESSAGES
from learnchat.widgets.markdown_body import MarkdownBody
from learnchat.widgets.message import MOST_LINES, Earlier, UserMessage
from learnchat.widgets.reply import FrozenReply, Reply
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


async def test_a_long_message_is_shown_shortened_and_says_so(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 60)) as pilot:
        await app.conversation.add_user("\n".join(f"line {number}" for number in range(MOST_LINES + 100)))
        await pilot.pause()
        rows = app.rows()
        assert "  › line 0" in rows
        assert "    line 39" in rows
        assert "    line 40" not in rows
        assert any("… " in row and "300 lines in all; they were sent in full" in row for row in rows)


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
        await app.conversation.mount(await reply.frozen())
        await pilot.pause()


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


async def test_only_the_last_replies_consist_of_many_widgets(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(LIVE_REPLIES + 4):
            reply = await app.conversation.start_reply("model")
            await reply.write(f"# Reply {number}\n\n- **item**\n")
            await reply.finish()
        await pilot.pause()
        replies = [child for child in app.conversation.children if isinstance(child, Reply | FrozenReply)]
        assert [type(reply) for reply in replies] == [FrozenReply] * 4 + [Reply] * LIVE_REPLIES
        assert all(not reply.children for reply in replies[:4])
        assert str(replies[0].content).splitlines()[0] == "Reply 0"
        assert len(app.conversation.query(MarkdownBody)) == LIVE_REPLIES


async def test_the_oldest_messages_make_room_and_are_counted(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(MOST_MESSAGES + 3):
            await app.conversation.add_user(f"message {number}")
        await pilot.pause()
        messages = app.conversation.query(UserMessage)
        assert len(messages) == MOST_MESSAGES
        assert str(messages.first().content) == "message 3"
        assert str(app.query_one(Earlier).content).startswith("… 3 earlier messages")


async def test_nothing_moves_under_the_eyes_of_who_reads_further_up(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(MOST_MESSAGES):
            await app.conversation.add_user(f"message {number}")
        await pilot.pause()
        app.conversation.scroll_to(y=0, animate=False)
        await pilot.pause()
        await app.conversation.add_note("a note")
        await pilot.pause()
        assert str(app.conversation.query(UserMessage).first().content) == "message 0"


async def test_messages_added_at_once_are_tidied_away_once(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(LIVE_REPLIES):
            reply = await app.conversation.start_reply("model")
            await reply.write(f"Reply {number}")
            await reply.finish()
        await asyncio.gather(*(app.conversation.add_note("note") for _ in range(5)), app.conversation.start_reply("m"))
        await pilot.pause()
        assert len(app.conversation.query(FrozenReply)) == 1
        assert len(app.conversation.query(Reply)) == LIVE_REPLIES


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
