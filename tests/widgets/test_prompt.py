from __future__ import annotations

import pytest
from textual import events
from textual.actions import SkipAction
from textual.pilot import Pilot

from learnchat.widgets.history import Entry
from learnchat.widgets.pasted import LARGEST_PASTE


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def test_enter_sends_without_the_white_space_at_the_end_and_empties_the_prompt(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"  hello", "space", "enter")
        assert app.submitted == [("  hello", True)]
        assert app.prompt.text == ""


async def test_white_space_alone_is_not_sent_and_not_lost(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press("space", "ctrl+j", "enter")
        assert app.submitted == []
        assert app.prompt.text == " \n"


@pytest.mark.parametrize("key", ["ctrl+j", "shift+enter"])
async def test_both_keys_begin_a_new_line(chat_app, key: str) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press("a", key, "b", "enter")
        assert app.submitted == [("a\nb", True)]


async def test_it_grows_to_eight_rows_and_no_further(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        heights = []
        for _ in range(10):
            heights.append(app.prompt.content_size.height)
            await pilot.press("ctrl+j")
        assert heights == [1, 2, 3, 4, 5, 6, 7, 8, 8, 8]


async def test_up_on_the_first_row_brings_back_what_was_sent_and_down_the_draft(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"one", "enter", *"two", "enter", *"draft", "up")
        assert app.prompt.text == "two"
        await pilot.press("up")
        assert app.prompt.text == "one"
        await pilot.press("up", "down", "down")
        assert app.prompt.text == "draft"


async def test_up_inside_a_wrapped_line_moves_the_cursor(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(40, 24)) as pilot:
        app.prompt.load_history([Entry("before")])
        await pilot.press(*("word " * 12))
        await pilot.press("up")
        assert app.prompt.text == "word " * 12
        assert app.prompt.cursor_location[0] == 0
        await pilot.press("up", "up")
        assert app.prompt.text == "before"


async def test_a_second_up_goes_on_from_an_entry_of_several_lines(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        app.prompt.load_history([Entry("first"), Entry("second\nof two lines")])
        await pilot.pause()
        await pilot.press("up", "up")
        assert app.prompt.text == "first"


async def test_up_moves_the_cursor_in_an_entry_once_it_was_changed(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        app.prompt.load_history([Entry("first"), Entry("second\nof two lines")])
        await pilot.pause()
        await pilot.press("up", "x", "up")
        assert app.prompt.text == "second\nof two linesx"


async def test_a_paste_counts_as_not_typed_until_the_prompt_was_empty(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await paste(pilot, "# a heading")
        await pilot.press("enter", *"typed", "enter")
        await paste(pilot, "x")
        await pilot.press("backspace", *"again", "enter")
        assert app.submitted == [("# a heading", False), ("typed", True), ("again", True)]


async def test_what_was_pasted_comes_back_with_up_as_pasted(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await paste(pilot, "# a heading")
        await pilot.press("enter", "up", "enter")
        assert app.submitted == [("# a heading", False)] * 2


async def test_a_paste_is_inserted_once_without_escapes_and_bidi_controls(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await paste(pilot, "\x1b[31mred\x1b[0m \u202eabc\u202c\r\nשלום 👩‍👩‍👧 [/etc]")
        assert app.prompt.text == "red abc\nשלום 👩‍👩‍👧 [/etc]"


@pytest.mark.parametrize("text", ["a line of text\n" * 70_000, "x" * 1_000_000], ids=["lines", "one line"])
async def test_a_large_paste_stands_as_a_chip_and_is_sent_in_full(chat_app, text: str) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"see ")
        await paste(pilot, text)
        assert len(app.prompt.text) < 60
        await pilot.press(*" end", "enter")
        assert app.submitted == [(f"see {text} end", False)]
        await pilot.press("up")
        assert app.prompt.draft == f"see {text} end"
        assert len(app.prompt.text) < 60


async def test_backspace_takes_a_chip_away_whole_and_its_paste_with_it(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await paste(pilot, "x" * (LARGEST_PASTE + 1))
        await pilot.press("backspace")
        assert app.prompt.text == ""
        await paste(pilot, "y" * (LARGEST_PASTE + 1))
        await pilot.press("home", "delete")
        assert app.prompt.draft == ""


async def test_two_pastes_of_one_size_are_both_sent(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        first, second = "x" * (LARGEST_PASTE + 1), "y" * (LARGEST_PASTE + 1)
        await paste(pilot, first)
        await paste(pilot, second)
        await pilot.press("enter")
        assert app.submitted == [(first + second, False)]


async def test_each_key_and_paste_says_that_the_user_is_active(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press("a", "left", "ctrl+j")
        await paste(pilot, "b")
        assert app.active == 4


async def test_a_message_is_put_back_only_into_an_empty_prompt(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        app.prompt.put_back("the message")
        assert app.prompt.text == "the message"
        app.prompt.put_back("another")
        await pilot.pause()
        assert app.prompt.text == "the message"


async def test_a_cleared_draft_comes_back_with_up(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"draft")
        app.prompt.clear_to_history()
        assert app.prompt.text == ""
        await pilot.press("up")
        assert app.prompt.text == "draft"


async def test_page_up_is_left_to_the_conversation_while_the_text_is_in_view(chat_app) -> None:
    app = chat_app()
    pressed = []
    app.bind("pageup", "scroll_conversation")
    app.action_scroll_conversation = lambda: pressed.append("pageup")
    async with app.run_test() as pilot:
        await pilot.press("a", "pageup")
        assert pressed == ["pageup"]
        await pilot.press(*["ctrl+j"] * 12, "pageup")
        assert pressed == ["pageup"]
        assert app.prompt.cursor_location[0] < 12


async def test_the_terminal_cursor_stands_where_one_writes_for_input_methods(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"漢字a")
        content = app.prompt.content_region
        assert app.cursor_position == (content.x + 5, content.y)


async def test_a_burst_of_keys_is_taken_in_order(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        for character in "hello\rworld":
            app.post_message(events.Key("enter" if character == "\r" else character, character))
        await pilot.pause()
        assert app.submitted == [("hello", True)]
        assert app.prompt.text == "world"


async def test_many_lines_stand_as_a_chip_however_short_they_are(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await paste(pilot, "ab\n" * 312)
        assert app.prompt.text == "[pasted 312 lines]"
        await pilot.press("enter")
        assert app.submitted == [(("ab\n" * 312).rstrip(), False)]


async def test_up_brings_chips_back_as_chips_between_what_was_typed(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"see ")
        await paste(pilot, "ab\n" * 50)
        await pilot.press(*" why", "enter", "up")
        assert app.prompt.text == "see [pasted 50 lines] why"
        await pilot.press("enter")
        assert app.submitted[0] == app.submitted[1]
        await pilot.press("up", *["left"] * 4, "backspace")
        assert app.prompt.text == "see  why"


async def test_a_chip_that_stands_for_itself_is_deleted_whole(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        app.prompt.put_chip("[standard input, 3 lines]")
        assert app.prompt.draft == "[standard input, 3 lines] "
        await pilot.press("backspace", "backspace")
        assert app.prompt.text == ""


async def test_what_is_typed_takes_the_place_of_what_was_refused(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"/hlep", "enter")
        app.prompt.refuse("/hlep")
        assert app.prompt.text == "/hlep"
        await pilot.press("h", "i")
        assert app.prompt.text == "hi"


async def test_what_was_refused_can_be_corrected(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"/helpp", "enter")
        app.prompt.refuse("/helpp")
        await pilot.press("right", "backspace", "enter")
        assert [text for text, _ in app.submitted] == ["/helpp", "/help"]


async def test_alt_and_a_letter_writes_no_letter_and_alt_d_deletes_a_word(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"one two", "home", "alt+q", "alt+full_stop", "alt+d")
        await pilot.pause()
        assert app.prompt.text == " two"


async def test_what_shells_undo_with_undoes(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"one", "ctrl+u", "ctrl+underscore")
        await pilot.pause()
        assert app.prompt.text == "one"


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
async def test_what_joins_letters_can_be_typed(chat_app, joiner: str) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"می")
        app.post_message(events.Key("zero_width", joiner))
        await pilot.press(*"خ")
        await pilot.pause()
        assert app.prompt.text == f"می{joiner}خ"


async def test_what_is_marked_is_copied_once_and_then_the_key_is_the_screens(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await pilot.press(*"one")
        app.prompt.select_all()
        app.prompt.action_copy()
        assert app.clipboard == "one"
        with pytest.raises(SkipAction):
            app.prompt.action_copy()
        await pilot.press("left", "shift+right")
        app.prompt.action_copy()
        assert app.clipboard == "o"


@pytest.mark.parametrize(
    ("text", "foreign"),
    [("a short line\n", False), ("x" * 199, False), ("x" * 200, True), ("one\ntwo", True), ("ab\n" * 50, True)],
)
async def test_a_long_paste_or_one_of_several_lines_is_somebody_elses(chat_app, text: str, foreign: bool) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await paste(pilot, text)
        assert app.prompt.entry().pasted == ((text,) if foreign else ())
        await pilot.press("enter")
        assert app.prompt.entry().pasted == ()
        await pilot.press("up")
        assert app.prompt.entry().pasted == ((text,) if foreign else ())


async def test_a_paste_that_was_deleted_is_forgotten(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await paste(pilot, "one\ntwo")
        app.prompt.clear()
        await pilot.pause()
        assert app.prompt.entry().pasted == ()


async def test_a_paste_that_undo_brings_back_was_not_typed_and_its_chip_stands_for_it(chat_app) -> None:
    app = chat_app()
    text = "row\n" * 50
    async with app.run_test() as pilot:
        await paste(pilot, text)
        await pilot.press("backspace")
        assert app.prompt.text == ""
        await pilot.press("ctrl+underscore")
        assert app.prompt.draft == text
        await pilot.press("enter")
        await paste(pilot, "# x")
        await pilot.press("ctrl+underscore", "ctrl+y", "enter")
        assert app.submitted == [(text.rstrip(), False), ("# x", False)]
