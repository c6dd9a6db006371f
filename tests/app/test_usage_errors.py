from __future__ import annotations

import pytest

from support.commands import CommandLine


@pytest.mark.parametrize(
    ("line", "listed_by"),
    [
        ("insights show", "insights"),
        ("insights edit", "insights"),
        ("insights forget", "insights"),
        ("insights merge abc", "insights"),
        ("insights pin", "insights"),
        ("insights tag", "insights"),
        ("insights restore", "log"),
        ("inbox confirm", "inbox"),
        ("inbox skip", "inbox"),
        ("inbox never", "inbox"),
        ("inbox reword", "inbox"),
        ("sessions show", "sessions"),
        ("sessions rename", "sessions"),
        ("sessions delete", "sessions"),
        ("sessions fork", "sessions"),
        ("sessions export", "sessions"),
        ("ask hello --session", "sessions"),
        ("--resume", "sessions"),
    ],
)
def test_where_an_id_is_missing_it_is_said_what_lists_them(learnchat: CommandLine, line: str, listed_by: str) -> None:
    result = learnchat(*line.split())
    assert result.code == 2
    assert " ".join(result.err.split()).endswith(f". `learnchat {listed_by}` lists the ids.")
    assert learnchat(listed_by).code == 0


@pytest.mark.parametrize("line", ["search", "trust export", "insights --resume", "ask --model"])
def test_what_is_no_id_is_said_in_the_words_of_the_parser(learnchat: CommandLine, line: str) -> None:
    assert "lists the ids" not in learnchat(*line.split()).err


def test_help_is_a_word_too(learnchat: CommandLine) -> None:
    assert learnchat("help").out == learnchat("--help").out
    assert learnchat("help", "insights", "forget").out == learnchat("insights", "forget", "--help").out
    wrong = learnchat("help", "insigts")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == "learnchat: There is no command insigts.\nDid you mean `learnchat insights`?\n"
