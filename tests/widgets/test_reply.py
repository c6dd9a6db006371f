from __future__ import annotations

import asyncio

import pytest
from textual import events

from learnchat.widgets.reply import LONGEST_AT_ONCE, Reply
from support.waiting import wait_until

LONG_LIST = "\n".join(f"- item {number}" for number in range(300))
TABLE = "| a | b |\n|---|---|\n" + "\n".join(f"| {number} | [/x] |" for number in range(100))
CODE = "```python\n" + "\n".join(f"def f{number}(): return {number}" for number in range(400)) + "\n```"


async def write(app, reply: Reply, text: str, size: int = 7) -> None:
    """As a stream comes: in small pieces, time passing."""
    for start in range(0, len(text), size):
        await reply.write(text[start : start + size])
        app.clock.advance(0.01)


async def test_a_waiting_reply_counts_the_seconds(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("claude-sonnet-4-5")
        await pilot.pause()
        assert "    claude-sonnet-4-5 · thinking…" in app.rows()
        app.clock.advance(7.5)
        reply._count_seconds()
        await pilot.pause()
        assert "    claude-sonnet-4-5 · thinking… 7 s" in app.rows()


async def test_a_reply_is_set_as_it_comes(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await write(app, reply, "Some **bold** text.\n\n- one\n- two `co")
        app.clock.advance(5)
        await reply.write("de`")
        await pilot.pause()
        rows = app.rows()
        assert "    Some bold text." in rows
        assert "    • one" in rows
        assert "    • two code" in rows
        assert "    model · writing…" in rows


async def test_between_two_flushes_nothing_is_drawn_and_nothing_is_lost(chat_app, monkeypatch) -> None:
    # The timer of the flush that is due later is a real one: on a slow machine it may come first.
    monkeypatch.setattr(Reply, "set_timer", lambda *_: None)
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("one ")
        await reply.write("two")
        await pilot.pause()
        assert "    one" in app.rows()
        app.clock.advance(0.2)
        await reply.write(" three")
        await pilot.pause()
        assert "    one two three" in app.rows()


async def test_what_came_last_is_drawn_even_when_nothing_follows(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("one ")
        await reply.write("two")
        await wait_until(pilot, lambda: "    one two" in app.rows())


async def test_a_finished_reply_names_the_model_and_what_it_knew(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("Done.")
        await reply.finish()
        reply.chips("knew 2 insights")
        await pilot.pause()
        assert "    model · knew 2 insights" in app.rows()
        assert reply.source == "Done."
        await reply.write("too late")
        assert reply.source == "Done."


async def test_a_stopped_reply_keeps_what_came_and_says_so(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("Half an ")
        await reply.write("answer")
        await reply.stop()
        await pilot.pause()
        rows = app.rows()
        assert "    Half an answer" in rows
        assert "    model · stopped; what came is kept" in rows
        assert reply.source == "Half an answer"


async def test_stopping_while_it_is_drawn_loses_no_line(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        writing = asyncio.create_task(reply.write("First.\n\nSecond.\n\nThird."))
        await asyncio.sleep(0)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        await reply.stop()
        await pilot.pause()
        assert [row.strip() for row in app.rows() if row.strip() in ("First.", "Second.", "Third.")] == [
            "First.",
            "Second.",
            "Third.",
        ]


async def test_a_failed_reply_says_what_is_wrong_and_the_way_out_in_words(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.fail("The key was refused [/401].", "Check OPENAI_API_KEY.")
        await pilot.pause()
        assert "    model · ✗ The key was refused [/401]. Check OPENAI_API_KEY." in app.rows()


@pytest.mark.parametrize("text", [LONG_LIST, TABLE, CODE], ids=["list", "table", "code"])
async def test_a_large_block_is_shown_in_full(chat_app, text: str) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await write(app, reply, text, 200)
        await reply.finish()
        await pilot.pause()
        assert len(list(reply.walk_children())) == 2
        await wait_until(pilot, lambda: reply.size.height >= text.count("\n"))
        assert reply.source == text


async def test_a_block_that_is_long_and_open_is_shown_to_its_last_line(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 40)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("```\n" + "\n".join(f"line {number}" for number in range(LONGEST_AT_ONCE)))
        await pilot.pause()
        assert f"      line {LONGEST_AT_ONCE - 1}" in app.rows()
        assert reply.text.count("\n") == LONGEST_AT_ONCE - 1


async def test_an_escape_sequence_in_two_pieces_is_taken_out_whole(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("a\x1b[3")
        app.clock.advance(5)
        await reply.write("1mb\r")
        app.clock.advance(5)
        await reply.write("\nc")
        await reply.finish()
        await pilot.pause()
        assert "    ab c" in app.rows()


async def test_a_title_sequence_in_two_pieces_is_taken_out_whole_and_a_line_end_is_kept(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("a\x1b]0;ti")
        app.clock.advance(5)
        await reply.write("tle\x07b  \n")
        app.clock.advance(5)
        await reply.write("c\x1b[1\n")
        await reply.finish()
        await pilot.pause()
        rows = app.rows()
        assert "    ab" in rows
        assert rows[rows.index("    ab") + 1].startswith("    c")


async def test_what_arrives_while_it_is_drawn_for_the_last_time_joins_its_block(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        writing = asyncio.create_task(reply.write("```\n" + "code\n" * LONGEST_AT_ONCE))
        await asyncio.sleep(0)
        await reply.write("last line\n```\n")
        await reply.finish()
        await writing
        await pilot.pause()
        await wait_until(pilot, lambda: reply.size.height >= LONGEST_AT_ONCE)
        assert not any("```" in row for row in app.rows())


async def test_html_is_shown_and_not_dropped(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("Use <div> here.\n\n<section>\n\nand there.\n\n")
        await reply.finish()
        await pilot.pause()
        rows = app.rows()
        assert "    Use <div> here." in rows
        assert "    <section>" in rows


async def test_a_link_is_not_opened_by_itself(chat_app) -> None:
    app = chat_app()
    opened = []
    app.open_url = lambda url, **_: opened.append(url)
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("[link](https://example.invalid/a'b)\n\n")
        await reply.finish()
        await pilot.pause()
        row = app.rows().index("    link (https://example.invalid/a'b)")
        await pilot.click(offset=(5, row))
        await pilot.pause()
        assert opened == []


async def test_keys_are_echoed_while_a_reply_comes_in(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        streaming = asyncio.create_task(write(app, reply, LONG_LIST, 20))
        for character in "typed while streaming":
            app.post_message(events.Key("space" if character == " " else character, character))
            await asyncio.sleep(0)
        await streaming
        await reply.finish()
        await pilot.pause()
        assert app.prompt.text == "typed while streaming"


async def test_all_of_a_reply_can_be_selected_and_copied(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        await reply.write("First **one**.\n\nSecond.\n\n")
        await reply.finish()
        await pilot.pause()
        app.screen.text_select_all()
        await pilot.pause()
        selected = app.screen.get_selected_text() or ""
        assert "First one." in selected
        assert "Second." in selected
