from __future__ import annotations

from textual import events

from learnchat.widgets.completing import Completing
from learnchat.widgets.completion_list import CompletionList
from learnchat.widgets.completions import Completion, Completions
from learnchat.widgets.history import Entry
from learnchat.widgets.prompt_helper import Place

WORDS = ("alpha", "alpine", "beta")


def source(place: Place) -> Completions | None:
    if not place.before.startswith("/"):
        return None
    items = [
        Completion(f"/{word} ", f"/{word}", "a word", sends=word == "beta", eager=word.startswith(place.before[1:]))
        for word in WORDS
        if place.before[1:2] in word and len(place.before[1:]) <= len(word)
    ]
    return Completions(0, tuple(items)) if items else None


async def completing(app) -> Completing:
    rows = CompletionList(lambda number: helper.pick(number))
    await app.mount(rows, before=app.prompt)
    helper = Completing(app.prompt, rows, source)
    app.prompt.helpers.append(helper)
    return helper


def listed(app) -> str:
    rows = app.query_one(CompletionList)
    return str(rows.content) if rows.display else ""


async def test_the_list_opens_with_the_slash_and_closes_when_it_is_deleted(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        await pilot.press("/")
        assert listed(app).splitlines() == ["› /alpha   a word", "  /alpine  a word", "  /beta    a word"]
        await pilot.press("backspace")
        assert listed(app) == ""


async def test_down_and_tab_take_another_row(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        await pilot.press("/", "down", "tab")
        assert app.prompt.text == "/alpine "
        assert app.submitted == []


async def test_up_from_the_first_row_is_the_last(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        await pilot.press("/", "up", "tab")
        assert app.prompt.text == "/beta "


async def test_enter_takes_the_row_and_sends_what_is_complete_with_it(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        await pilot.press("/", "b", "enter")
        assert app.submitted == [("/beta", True)]


async def test_enter_sends_what_was_typed_where_the_row_is_only_a_guess(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        await pilot.press("/", "t", "x", "enter")
        assert app.submitted == [("/tx", True)]


async def test_keys_typed_faster_than_the_list_is_drawn_mean_the_same(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        for key, character in (("slash", "/"), ("b", "b"), ("enter", None)):
            app.prompt.post_message(events.Key(key, character))
        await pilot.pause()
        assert app.submitted == [("/beta", True)]


async def test_escape_closes_it_for_this_word_alone(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        await pilot.press("/", "escape", "a")
        assert listed(app) == ""
        await pilot.press("ctrl+u", "/")
        assert listed(app) != ""


async def test_without_a_list_no_key_is_taken(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        app.prompt.load_history([Entry("before")])
        await pilot.press("h", "i", "up")
        assert app.prompt.text == "before"
        await pilot.press("enter")
        assert app.submitted == [("before", False)]


async def test_what_comes_back_from_the_history_opens_no_list(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        app.prompt.load_history([Entry("older"), Entry("/beta")])
        await pilot.press("up")
        assert listed(app) == ""
        await pilot.press("up")
        assert app.prompt.text == "older"


async def test_a_click_takes_a_row_and_leaves_the_focus_in_the_prompt(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await completing(app)
        await pilot.press("/")
        await pilot.pause()
        await pilot.click(CompletionList, offset=(4, 1))
        assert app.prompt.text == "/alpine "
        assert app.focused is app.prompt


async def test_more_than_fits_is_counted_and_scrolled_to(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        helper = await completing(app)
        helper._source = lambda place: Completions(0, tuple(Completion(f"w{n}", f"w{n}") for n in range(20)), more=5)
        await pilot.press("w")
        assert listed(app).splitlines()[-1] == "  … 18 more"
        await pilot.press(*["down"] * 9)
        assert "› w9" in listed(app)


async def test_labels_are_text_and_no_markup(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        helper = await completing(app)
        helper._source = lambda place: Completions(0, (Completion("x", "[/b] \x1b[31mred", "[bold]"),))
        await pilot.press("w")
        assert listed(app) == "› [/b] red  [bold]"


async def test_on_a_low_terminal_it_leaves_room_for_the_prompt(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(40, 12)) as pilot:
        helper = await completing(app)
        helper._source = lambda place: Completions(0, tuple(Completion(f"w{n}", f"w{n}") for n in range(20)))
        await pilot.press("w")
        await pilot.pause()
        assert len(listed(app).splitlines()) == 4
        assert app.prompt.region.bottom <= 12


LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"


async def test_what_is_said_about_the_marked_row_is_shown_in_full(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        picked: list[int] = []
        rows = CompletionList(picked.append)
        await app.mount(rows, before=app.prompt)
        items = [Completion("/a", "/a", LONG), Completion("/longer", "/longer", "short"), Completion("/c", "/c", LONG)]
        rows.show(items, 0)
        await pilot.pause()
        height = rows.size.height
        drawn = app.rows()[rows.region.y :]
        assert " ".join(drawn[0].split()[2:] + drawn[1].split()) == LONG
        assert drawn[2].endswith("/longer  short")
        assert drawn[3].endswith("…")
        await pilot.click(rows, offset=(5, 1))
        await pilot.click(rows, offset=(5, 2))
        assert picked == [0, 1]
        # Nothing below moves while one goes through the list.
        rows.show(items, 1)
        await pilot.pause()
        assert rows.size.height == height
