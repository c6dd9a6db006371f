from __future__ import annotations

from textual import events

from learnchat.widgets.completion_list import CompletionList
from learnchat.widgets.history import Entry
from learnchat.widgets.searching import Searching


async def searching(app, *sent: str) -> Searching:
    rows = CompletionList(lambda number: helper.pick(number))
    await app.mount(rows, before=app.prompt)
    helper = Searching(app.prompt, rows, ("ctrl+r",))
    app.prompt.helpers.append(helper)
    app.prompt.load_history(map(Entry, sent))
    return helper


def listed(app) -> list[str]:
    rows = app.query_one(CompletionList)
    return str(rows.content).splitlines() if rows.display else []


async def test_what_is_typed_is_looked_for_newest_first(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy to staging", "fix the tests", "Deploy to production")
        await pilot.press("ctrl+r", *"dep")
        assert listed(app) == ["Sent before: dep▏", "› Deploy to production", "  deploy to staging"]


async def test_all_words_have_to_be_in_it_in_any_order(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy to staging", "staging is broken")
        await pilot.press("ctrl+r", *"stag", "space", *"depl")
        assert listed(app)[1:] == ["› deploy to staging"]


async def test_enter_puts_it_into_the_prompt_and_sends_nothing(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy to staging", "deploy it all")
        await pilot.press(*"draft", "ctrl+r", *"dep", "ctrl+r", "enter")
        assert app.prompt.text == "deploy to staging"
        assert app.submitted == []
        await pilot.press("enter")
        assert app.submitted == [("deploy to staging", False)]


async def test_escape_leaves_the_draft_as_it_was(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy")
        await pilot.press(*"draft", "ctrl+r", *"dep", "escape")
        assert app.prompt.text == "draft"
        assert listed(app) == []
        await pilot.press("s")
        assert app.prompt.text == "drafts"


async def test_letters_typed_right_after_the_key_are_looked_for(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy", "other")
        for key in ("ctrl+r", "d", "e", "enter"):
            app.prompt.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert app.prompt.text == "deploy"


async def test_backspace_widens_it_and_nothing_found_is_said(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy")
        await pilot.press("ctrl+r", *"dex")
        assert listed(app)[1:] == ["  Nothing you sent in this project has these words."]
        await pilot.press("backspace")
        assert listed(app)[1:] == ["› deploy"]


async def test_a_paste_is_looked_for(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy to staging", "other")
        await pilot.press("ctrl+r")
        app.post_message(events.Paste("to\nstaging"))
        await pilot.pause()
        assert listed(app)[1:] == ["› deploy to staging"]
        assert app.prompt.text == ""


async def test_what_was_sent_twice_is_found_once(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy", "other", "deploy")
        await pilot.press("ctrl+r")
        assert listed(app)[1:] == ["› deploy", "  other"]


async def test_a_draft_that_was_cleared_is_found_and_marked_until_it_is_sent(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy")
        await pilot.press(*"half")
        app.prompt.clear_to_history()
        await pilot.press("ctrl+r")
        assert listed(app)[1:] == ["› not sent · half", "  deploy"]
        await pilot.press("enter")
        assert app.prompt.text == "half"
        await pilot.press("enter", *"half")
        app.prompt.clear_to_history()
        await pilot.press("ctrl+r")
        assert listed(app)[1:] == ["› half", "  deploy"]


async def test_a_draft_of_an_earlier_session_is_marked_too(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app)
        app.prompt.load_history([Entry("sent"), Entry("left there")], draft=True)
        await pilot.press("ctrl+r")
        assert listed(app)[1:] == ["› not sent · left there", "  sent"]


async def test_what_was_refused_is_not_found(chat_app) -> None:
    app = chat_app()
    async with app.run_test() as pilot:
        await searching(app, "deploy")
        await pilot.press(*"/hlep", "enter")
        app.prompt.refuse("/hlep")
        await pilot.press("ctrl+r")
        assert listed(app)[1:] == ["› deploy"]
