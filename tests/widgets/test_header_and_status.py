from __future__ import annotations

import pytest

from learnchat.widgets.header import Header
from learnchat.widgets.status import StatusLine


async def test_the_header_names_project_model_and_counts(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)):
        top = app.rows()[0]
        assert top.startswith("  learnchat  shop")
        assert top.endswith("claude-sonnet-4-5 · 12 insights (+3 unaccepted)")


@pytest.mark.parametrize(
    ("insights", "text"),
    [(None, "offline"), (0, "offline · 0 insights"), (1, "offline · 1 insight"), (2, "offline · 2 insights")],
)
async def test_the_header_counts_in_words_that_fit(chat_app, insights: int | None, text: str) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Header).set("shop", "offline", insights)
        await pilot.pause()
        assert app.rows()[0].endswith(text)


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (60, "  learnchat  the-storefront      claude-haiku · 3 insights"),
        (48, "  the-storefront     claude-haiku · 3 insights"),
        (36, "  the-storefront        3 insights"),
        (24, "  the-sto…  3 insights"),
    ],
)
async def test_in_a_narrow_window_project_and_count_stay_longest(chat_app, width: int, row: str) -> None:
    app = chat_app()
    async with app.run_test(size=(width, 24)) as pilot:
        app.query_one(Header).set("the-storefront", "anthropic/claude-haiku", 3)
        await pilot.pause()
        assert app.rows()[0] == row


async def test_names_are_not_markup_and_stay_on_one_row(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Header).set("[/etc]\n\x1b[2J", "x/[bold]m", 0)
        app.query_one(StatusLine).set("[/nothing]", "[red]2 waiting")
        await pilot.pause()
        rows = app.rows()
        assert "[/etc]" in rows[0]
        assert "[bold]m" in rows[0]
        assert "[/nothing]" in rows[-1]
        assert rows[-1].endswith("[red]2 waiting")


async def test_either_end_of_the_status_line_is_set_alone(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(StatusLine).set(left="esc stops the reply")
        await pilot.pause()
        assert app.rows()[-1].startswith("  esc stops the reply")
        assert app.rows()[-1].endswith("2 waiting")
        app.query_one(StatusLine).set(right="")
        await pilot.pause()
        assert app.rows()[-1] == "  esc stops the reply"


async def test_what_waits_gives_way_to_what_can_be_done_now(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        status = app.query_one(StatusLine)
        status.set(left="413 tokens in, 30 out · about $0.0021", right="2 waiting · /inbox · 1 learned, not committed")
        await pilot.pause()
        assert app.rows()[-1].startswith("  413 tokens in, 30 out · about $0.0021 ")
        assert app.rows()[-1].endswith(" 2 waiting · /inbox")
        status.set(left="")
        await pilot.pause()
        assert app.rows()[-1].endswith(" 2 waiting · /inbox · 1 learned, not committed")


async def test_what_waits_leaves_the_row_to_a_hint_that_passes(chat_app) -> None:
    hint = "From here it goes its own way · /resume leads back to the other one"
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        status = app.query_one(StatusLine)
        status.set(left=hint, right="2 waiting · /inbox", passing=True)
        await pilot.pause()
        assert app.rows()[-1] == f"  {hint}"
        status.set(left="Copied", passing=True)
        await pilot.pause()
        assert app.rows()[-1].endswith(" 2 waiting · /inbox")
