from __future__ import annotations

from rich.segment import Segment

from learnchat.widgets.page import Page
from learnchat.widgets.typeset import parser, typeset_lines

QUOTE = "> " + "a quoted sentence that needs several rows " * 4
TABLE = "| name | count | what |\n|---|---:|---|\n| a | 7 | " + "words " * 30 + "|\n| b | 1000 | x |"


def segments(app, sign: str) -> list[Segment]:
    strips = app.screen._compositor.render_strips()
    return [segment for strip in strips for segment in strip if segment.text.startswith(sign)]


async def test_the_bar_of_a_quote_has_one_colour_in_all_its_rows(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await app.conversation.mount(Page(typeset_lines(parser().parse(QUOTE))))
        await pilot.pause()
        bars = segments(app, "▌")
        assert len(bars) > 2
        assert len({bar.style.color for bar in bars if bar.style}) == 1


async def test_a_column_of_numbers_ends_at_its_right_edge_also_where_others_wrap(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await app.conversation.mount(Page(typeset_lines(parser().parse(TABLE))))
        await pilot.pause()
        rows = app.rows()
        head, seven, thousand = (next(row for row in rows if text in row) for text in ("count", " 7 ", "1000"))
        assert head.index("count") + len("count") == seven.index("7") + 1 == thousand.index("1000") + len("1000")
