from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from learnchat.app.left_behind import MOST_CHARACTERS, LeftBehind, print_left_behind
from learnchat.learning.transcripts.branches import Branches
from learnchat.learning.transcripts.session import Utterance

OPENED = datetime(2026, 11, 21, 9, tzinfo=UTC)


def left(*said: Utterance, session: str = "abc") -> LeftBehind:
    branches = Branches()
    for each in said:
        branches.add(each)
    return LeftBehind(branches, OPENED, session)


def exchange(number: int, reply: str = "yes", at: datetime | None = None) -> tuple[Utterance, Utterance]:
    return (
        Utterance(f"u{number}", "user", f"question {number}", at),
        Utterance(f"r{number}", "assistant", reply, at),
    )


def printed(conversation: LeftBehind, capsys: pytest.CaptureFixture[str]) -> list[str]:
    print_left_behind(conversation)
    return capsys.readouterr().out.splitlines()


def test_what_was_said_in_this_run_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    earlier = exchange(1, at=OPENED - timedelta(days=1))
    said = printed(left(*earlier, *exchange(2, "**yes**\n\n- a\n- b")), capsys)
    assert said == ["› question 2", "", "**yes**", "", "- a", "- b", ""]


def test_a_stopped_reply_says_so_and_nothing_said_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    question, _ = exchange(1)
    stopped = Utterance("r1", "assistant", "The first half", facts={"stopped": True})
    assert printed(left(question, stopped), capsys)[-3:] == ["", "(stopped)", ""]
    assert printed(left(), capsys) == []


def test_of_a_long_conversation_the_end_is_printed_and_the_last_exchange_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    third = "x" * (MOST_CHARACTERS // 3)
    said = [each for number in range(5) for each in exchange(number, third)]
    lines = printed(left(*said), capsys)
    assert lines[0] == "… 6 messages before: learnchat sessions show abc"
    assert [line for line in lines if "question" in line] == ["› question 3", "› question 4"]
    lines = printed(left(*said, *exchange(5, third * 4), session=""), capsys)
    assert lines[0] == "… 10 messages before"
    assert len(lines[-2]) == len(third) * 4


def test_of_what_was_pasted_the_beginning_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    pasted = Utterance("u", "user", "\n".join(f"line {number}" for number in range(1_000)))
    lines = printed(left(pasted), capsys)
    assert (lines[0], lines[1], lines[11], lines[12]) == ("› line 0", "  line 1", "  line 11", "  … 1,000 lines in all")


def test_nothing_of_it_commands_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    question = Utterance("u", "user", "why \x1b[2J?")
    reply = Utterance("r", "assistant", "because\x1b]0;title\x07 \u202eso")
    assert not {"\x1b", "\x07", "\u202e"} & set("".join(printed(left(question, reply), capsys)))
