from __future__ import annotations

import pytest

from learnchat.learning.hearing.echo import KEPT_CHARACTERS, Echo

REPLY = """You have two options.

- **Option A**: we render on the server
  and cache the `HTML` for an hour.
- Option B: …
"""


@pytest.fixture
def echo() -> Echo:
    echo = Echo()
    echo.said(REPLY)
    return echo


@pytest.mark.parametrize(
    "quote",
    [
        "we render on the server and cache the HTML for an hour",
        "Option A: we render on the server and cache the HTML",
        "We render on the server\nand cache the “HTML” for an hour",
    ],
)
def test_what_was_said_just_so_is_an_echo(echo: Echo, quote: str) -> None:
    assert echo.repeats(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "let's go with option A: we render on the server and cache the HTML",
        "we render on the server and cache the HTML for a day",
        "render on the server",
        "option A",
        "we render on the server and cache the HTM",
        "",
    ],
)
def test_words_of_the_users_own_and_short_ones_are_none(echo: Echo, quote: str) -> None:
    assert not echo.repeats(quote)


def test_the_text_before_the_message_counts_too() -> None:
    assert Echo().repeats("we render on the server and cache", context=REPLY)


def test_a_long_day_costs_no_memory_without_end(echo: Echo) -> None:
    for _ in range(8):
        echo.said("word " * (KEPT_CHARACTERS // 20))
    assert not echo.repeats("we render on the server and cache the HTML for an hour")
    assert echo.repeats("word word word word word word")
