"""What is drawn at the end is all of the source, whatever its shape and however it came in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content

from learnchat.learning.text import neutralise
from learnchat.widgets.lines import EMPTY, Line, breaks, rows_of
from learnchat.widgets.typeset import parser, set_open, typeset_lines
from support.hostile import ZOO
from tests.bench.shapes import SHAPES

ODD = "ab *_`#>-|[]()<>!\n\n\t1.~漢:"


def plain(lines: list[Line]) -> list[str]:
    return [line.indent + line.content.plain for line in lines]


def streamed(text: str, cuts: list[int]) -> list[Line]:
    """What a reply keeps when its text comes in pieces that end at these places."""
    settled: list[Line] = []
    still_open, rest, begin = [], "", 0
    for end in [*sorted(cuts), len(text)]:
        closed, still_open, rest = set_open(rest + text[begin:end])
        settled += [*([EMPTY] if settled and closed else []), *closed]
        begin = end
    return [*settled, *([EMPTY] if settled and still_open else []), *still_open]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_shape_in_any_pieces_is_set_as_if_it_came_at_once(shape: str, seed: int) -> None:
    text = SHAPES[shape]()[:4000]
    cuts = random.Random(seed).sample(range(len(text)), 15)
    assert plain(streamed(text, cuts)) == plain(typeset_lines(parser().parse(text)))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=ODD, max_size=120), st.lists(st.integers(0, 120), max_size=4))
def test_no_character_is_lost_however_odd_the_text_and_its_pieces(text: str, cuts: list[int]) -> None:
    # A name for a link given later changes what came before; the reply then sets all of it anew.
    if "]:" in text:
        return
    assert plain(streamed(text, cuts)) == plain(typeset_lines(parser().parse(text)))


@pytest.mark.parametrize("hostile", ZOO, ids=lambda hostile: hostile.name)
def test_hostile_text_in_pieces_is_set_as_if_it_came_at_once(hostile) -> None:
    text = neutralise(hostile.text)[:2000]
    if "]:" not in text:
        cuts = list(range(0, len(text), max(len(text) // 10, 1)))
        assert plain(streamed(text, cuts)) == plain(typeset_lines(parser().parse(text)))


@given(st.text(alphabet="ab  漢é👩\u200d👧-.", max_size=80), st.integers(1, 30))
def test_rows_have_all_of_a_line_and_none_is_too_wide(text: str, width: int) -> None:
    places = [0, *breaks(text, width), len(text)]
    assert places == sorted(places)
    line = Line(Content(text))
    rows = list(rows_of(line, 0, width))
    shown = "".join(part.content.plain for row in rows for part in row.parts)
    assert shown.replace(" ", "") == line.content.plain.replace(" ", "")
    wide = max(width, 2)  # a wide character needs two cells
    assert all(part.content.cell_length <= wide for row in rows for part in row.parts)


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_reply_shows_the_whole_source_at_the_end(chat_app, shape: str) -> None:
    text = SHAPES[shape]()[:3000]
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        for begin in range(0, len(text), 200):
            await reply.write(text[begin : begin + 200])
            app.clock.advance(1)
        await reply.finish()
        await pilot.pause()
        assert reply.source == text
        whole = typeset_lines(parser().parse(text))
        assert reply.text == "\n".join(line.content.plain for line in whole)


async def test_a_link_named_at_the_end_is_a_link_from_the_beginning(chat_app) -> None:
    app = chat_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reply = await app.conversation.start_reply("model")
        for piece in ("See [the guide][1].\n\n", "More.\n\n", "[1]: https://a.example\n"):
            await reply.write(piece)
            app.clock.advance(1)
        await reply.finish()
        await pilot.pause()
        assert "    See the guide (https://a.example)." in app.rows()
