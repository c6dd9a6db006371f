from collections.abc import Iterable

import pytest
from textual import events
from textual.message import Message

from learnchat.app import terminal_input
from learnchat.app.terminal_input import BURST_CHARACTERS, BURST_GAP_SECONDS, InputParser


class Clock:
    now = 100.0


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(terminal_input, "get_time", lambda: clock.now)
    return clock


def told(messages: Iterable[Message]) -> list[str]:
    return [f"paste:{each.text}" if isinstance(each, events.Paste) else f"key:{each.key}" for each in messages]  # type: ignore[attr-defined]


def test_keys_are_keys() -> None:
    assert told(InputParser().feed("ab\r\x19")) == ["key:a", "key:b", "key:enter", "key:ctrl+y"]


@pytest.mark.parametrize("text", ["a\x1b[31mred\x1b[0m b\nc", "hello \x1b alone\nsecond", "\x1b", "x\x00y"])
def test_a_paste_arrives_whole_whatever_is_in_it(text: str) -> None:
    parser = InputParser()
    assert told(parser.feed(f"k\x1b[200~{text}\x1b[201~e")) == ["key:k", f"paste:{text.replace(chr(0), '')}", "key:e"]


@pytest.mark.parametrize("size", range(1, 9))
def test_a_paste_torn_between_reads_arrives_whole(size: int) -> None:
    parser = InputParser()
    rest = "a\x1b[31mred\x1b[2 and more\x1b[201~z"
    messages = told(parser.feed("\x1b[200~"))
    for start in range(0, len(rest), size):
        messages += told(parser.feed(rest[start : start + size]))
    assert messages == ["paste:a\x1b[31mred\x1b[2 and more", "key:z"]


def test_a_burst_is_a_paste_and_its_lines_are_not_sent(clock: Clock) -> None:
    parser = InputParser()
    line = "x" * BURST_CHARACTERS + "\r"
    assert told(parser.feed(line)) == []
    assert told(parser.feed("the rest\r")) == []
    clock.now += 2 * BURST_GAP_SECONDS
    assert told(parser.tick()) == [f"paste:{line}the rest\r".replace("\r", "\n")]
    assert told(parser.feed("a")) == ["key:a"]


def test_what_is_typed_ahead_is_typed() -> None:
    assert told(InputParser().feed("we use uv\r"))[-1] == "key:enter"
