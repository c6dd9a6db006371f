from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator

import pytest

from learnchat.app.printing import (
    LINES_AT_ONCE,
    Column,
    Form,
    choose_form,
    complain,
    prepare_streams,
    print_fields,
    print_json,
    print_lines,
    print_table,
    say,
)

HOSTILE = "\x1b[31mred\x1b[0m [bold]x[/bold] [/etc] \u202eabc\x9b31m :smile: https://example.invalid\ttab\nline"
SAFE = "red [bold]x[/bold] [/etc] abc31m :smile: https://example.invalid tab line"


Output = pytest.CaptureFixture[str]


def make_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make standard output a terminal of 80 columns. In the test itself: pytest puts another one in place before it."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")


def test_a_table_on_a_terminal(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    make_terminal(monkeypatch)

    assert choose_form(False) is Form.TABLE
    assert choose_form(True) is Form.JSON


def test_lines_in_a_pipe(capsys: Output) -> None:
    assert choose_form(False) is Form.LINES
    assert choose_form(True) is Form.JSON


def test_a_row_is_one_line_and_its_cells_have_no_tabs(capsys: Output) -> None:
    print_lines([("a", HOSTILE), ("b", "two\r\nlines")])

    assert capsys.readouterr().out == f"a\t{SAFE}\nb\ttwo lines\n"


def test_no_rows_are_no_line(capsys: Output) -> None:
    print_lines([])

    assert capsys.readouterr().out == ""


def test_a_table_fits_the_terminal_and_shows_markup_as_it_is(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    make_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    long = "supercalifragilistic" * 10
    rows = [("abc", HOSTILE), ("def", long), ("ghi", "数据库 👩‍👩‍👧 שלום")]

    print_table((Column("id", fixed=True), Column("what")), rows)

    text = capsys.readouterr().out
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "[bold]x[/bold] [/etc]" in text
    assert ":smile:" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert long in text.replace("\n", "").replace(" ", "")


def test_the_only_escapes_on_a_terminal_are_our_own(capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    make_terminal(monkeypatch)

    print_table((Column("id", fixed=True, style="dim"),), [(HOSTILE,)])

    text = capsys.readouterr().out
    assert "\x1b[2m" in text
    assert "\x1b[31m" not in text
    assert "\x9b" not in text


def test_fields_are_two_columns_or_tabs_and_empty_ones_are_left_out(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    fields = [("statement", "one\ntwo"), ("tags", ""), ("how", "[x]")]

    print_fields(fields, Form.TABLE)
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "statement  one",
        "           two",
        "how        [x]",
    ]

    print_fields(fields, Form.LINES)
    assert capsys.readouterr().out == "statement\tone two\nhow\t[x]\n"


def test_json_keeps_every_script_and_loses_what_a_terminal_obeys(capsys: Output) -> None:
    print_json({"text": "数据 \x1b[31m\u202e\x9b", "list": ("a\x07",), "none": None, "number": 1, "true": True})

    out = capsys.readouterr().out
    assert '"text": "数据 "' in out
    assert '"a"' in out
    assert all(character == "\n" or character.isprintable() for character in out)


def test_what_is_said_and_complained_is_neutralised(capsys: Output) -> None:
    say("out\x1b[2J")
    complain("err\x1b[2J")

    assert capsys.readouterr() == ("out\n", "err\n")


def test_what_the_encoding_can_not_say_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))

    prepare_streams()
    say("naïve 👍")
    sys.stdout.flush()

    assert raw.getvalue() == b"na\\xefve \\U0001f44d\n"


def test_a_long_list_is_printed_while_it_is_made_and_each_item_is_cleaned(capsys: Output) -> None:
    texts = ["plain", "del\x7fete", "数据 \u202e", 'a "quote"']
    items = [{"text": texts[number % len(texts)], "number": number} for number in range(2 * LINES_AT_ONCE + 1)]

    def made() -> Iterator[object]:
        yield from items[:-1]
        assert '"number": 0}' in capsys.readouterr().out
        yield items[-1]

    print_json(items)
    at_once = capsys.readouterr().out
    read = json.loads(at_once)
    assert [item["number"] for item in read] == list(range(len(items)))
    assert [item["text"] for item in read[:4]] == ["plain", "delete", "数据 ", 'a "quote"']
    assert len(at_once.splitlines()) == len(items) + 2
    print_json(made())


@pytest.mark.parametrize("nothing", [[], iter(())])
def test_an_empty_list_is_printed_as_one(nothing: object, capsys: Output) -> None:
    print_json(nothing)
    assert capsys.readouterr().out == "[]\n"
