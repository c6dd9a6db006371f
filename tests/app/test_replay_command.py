from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from learnchat.app.progress import ProgressBar
from learnchat.learning.proposal import ProposalState
from support.commands import CommandLine

SWITCH = "We're switching from Bootstrap to Tailwind CSS for all components"
MOVE = "We moved from npm to pnpm for all packages"
DROP = "We have switched from Jest to Vitest for the unit tests"


def message(text: str, role: str = "user", **facts: object) -> str:
    return json.dumps({"role": role, "content": text, **facts}) + "\n"


@pytest.fixture
def talk(shop: Path) -> Path:
    """A history beside the project's files."""
    path = shop / "talk.jsonl"
    smalltalk = "".join(message(f"thanks {number}") for number in range(7))
    path.write_text(
        message(SWITCH, at="2026-03-01T10:00:00Z") + message("Done.", "assistant") + smalltalk + message(MOVE), "utf-8"
    )
    return path


def fields(lines: list[str], name: str) -> list[list[str]]:
    return [row[1:] for line in lines if (row := line.split("\t"))[0] == name]


def test_in_a_pipe_each_line_is_a_fact(learnchat: CommandLine, talk: Path) -> None:
    result = learnchat("replay", "talk.jsonl")

    assert (result.code, result.err) == (0, "")
    assert fields(result.lines, "messages") == [["9"]]
    assert fields(result.lines, "asks") == [["2", "22.22"]]
    assert fields(result.lines, "toasts") == [["2", "22.22"]]
    assert fields(result.lines, "kind") == [["switching", "2", "22.22"]]
    asks = fields(result.lines, "ask")
    assert sorted(ask[4] for ask in asks) == sorted([SWITCH, MOVE])
    assert {(ask[2], ask[3]) for ask in asks} == {
        (f"{talk}:1", "2026-03-01T10:00:00Z"),
        (f"{talk}:10", ""),
    }


def test_on_a_terminal_it_is_a_summary_and_two_tables(learnchat: CommandLine, talk: Path) -> None:
    result = learnchat.on_terminal("replay", "talk.jsonl")

    text = " ".join(result.out.split())
    assert all(len(line) <= 80 for line in result.lines)
    assert text.startswith("9 messages of yours: 2 asks, 22.2 per 100 messages")
    assert "Switch 2 22.22" in text
    assert "2026-03-01" in text


def test_of_several_histories_the_table_names_each(learnchat: CommandLine, shop: Path, talk: Path) -> None:
    (shop / "more.jsonl").write_text(message(DROP))

    text = learnchat.on_terminal("replay", ".").out
    assert text.startswith("10 messages of yours in 2 histories: 3 asks")
    assert "line 1 more.jsonl" in text
    assert "2026-03-01 talk.jsonl" in text


def test_several_asks_in_a_message_are_said_to_be_one_toast(learnchat: CommandLine, shop: Path) -> None:
    (shop / "two.jsonl").write_text(message(f"{SWITCH}.\n\n{MOVE}."))

    out = learnchat.on_terminal("replay", "two.jsonl").out

    assert "1 message of yours: 2 asks, 200.0 per 100 messages." in out
    assert "In 1 toast, 100.0 per 100" in out


def test_json_has_everything(learnchat: CommandLine, talk: Path) -> None:
    answer = learnchat("replay", "talk.jsonl", "--json").json

    assert (answer["messages"], answer["asks"], answer["asks_per_100"]) == (9, 2, 22.222)
    assert answer["kinds"] == [{"kind": "switching", "asks": 2, "asks_per_100": 22.222}]
    assert answer["histories"] == [
        {"history": str(talk), "format": "json-lines", "messages": 9, "asks": 2, "unreadable_lines": 0}
    ]
    first = next(each for each in answer["found"] if each["line"] == 1)
    assert (first["statement"], first["at"], first["in_inbox"]) == (SWITCH, "2026-03-01T10:00:00Z", False)
    assert first["slots"]["to"] == "Tailwind CSS"


def test_nothing_is_written_unless_asked_for(learnchat: CommandLine, talk: Path) -> None:
    learnchat("replay", "talk.jsonl")

    assert learnchat("inbox", "--json").json == []
    assert not (talk.parent / ".learnchat").exists()


def test_the_best_are_put_into_the_inbox_with_their_source(learnchat: CommandLine, talk: Path) -> None:
    result = learnchat("replay", "talk.jsonl", "--to-inbox", "--most", "1")

    assert "1 put into the inbox" in result.err
    assert len(fields(result.lines, "ask")) == 1
    [waiting] = learnchat("inbox", "--json").json
    assert waiting["statement"] in (SWITCH, MOVE)
    assert waiting["session"] == f"json-lines: {talk}"
    assert waiting["message"].startswith("line ")
    assert waiting["asked"] is None


def test_what_is_filed_can_be_confirmed(learnchat: CommandLine, talk: Path) -> None:
    learnchat("replay", "talk.jsonl", "--to-inbox")
    waiting = [each["id"] for each in learnchat("inbox", "--json").json]

    assert learnchat("inbox", "confirm", *waiting).code == 0
    assert {each["statement"] for each in learnchat("insights", "--json").json} == {SWITCH, MOVE}


def test_what_waits_is_known_or_refused_is_not_filed_again(learnchat: CommandLine, talk: Path) -> None:
    learnchat("replay", "talk.jsonl", "--to-inbox")
    again = learnchat("replay", "talk.jsonl", "--to-inbox")
    assert fields(again.lines, "withheld") == [["already waiting", "2"]]
    assert "Nothing for the inbox." in again.err

    by_statement = {each["statement"]: each["id"] for each in learnchat("inbox", "--json").json}
    learnchat("inbox", "confirm", by_statement[SWITCH])
    learnchat("inbox", "never", by_statement[MOVE])
    later = learnchat("replay", "talk.jsonl", "--to-inbox")
    assert sorted(fields(later.lines, "withheld")) == [["already known", "1"], ["refused for good", "1"]]
    assert learnchat("inbox", "--json").json == []


def test_what_contradicts_an_insight_is_filed_as_its_replacement(learnchat: CommandLine, talk: Path) -> None:
    learnchat("remember", "We use Bootstrap for all components")
    [known] = learnchat("insights", "--json").json

    found = learnchat("replay", "talk.jsonl", "--to-inbox", "--json").json["found"]

    assert {each["replaces"] for each in found if each["line"] == 1} == {known["id"]}
    assert known["id"] in {each["replaces"] for each in learnchat("inbox", "--json").json}


def test_secrets_never_reach_the_inbox(learnchat: CommandLine, shop: Path) -> None:
    token = "ghp_" + "a1B2" * 9
    (shop / "s.jsonl").write_text(message(f"{SWITCH}. The token is {token}"))

    result = learnchat("replay", "s.jsonl", "--to-inbox")

    assert fields(result.lines, "withheld") == [["beside a secret", "1"]]
    assert token not in result.out + result.err
    assert learnchat.profiles().inbox.all() == []


def test_filed_proposals_wait_from_now_on_however_old_the_words(learnchat: CommandLine, shop: Path) -> None:
    (shop / "old.jsonl").write_text(message(SWITCH, at="2019-03-01T10:00:00Z"))

    learnchat("replay", "old.jsonl", "--to-inbox")

    [waiting] = learnchat.profiles().inbox.all()
    assert waiting.state is ProposalState.PENDING


def test_a_folder_is_searched_and_what_is_no_history_passed_by(learnchat: CommandLine, shop: Path, talk: Path) -> None:
    (shop / "other.jsonl").write_text('{"event": "asked"}\n')
    (shop / "empty.jsonl").write_text("")
    (shop / ".aider.chat.history.md").write_text(
        f"# aider chat started at 2026-03-01 10:00:00\n\n#### {DROP}  \n\nFine.\n"
    )

    answer = learnchat("replay", ".", "--json").json

    assert {Path(each["history"]).name: each["messages"] for each in answer["histories"]} == {
        ".aider.chat.history.md": 1,
        "empty.jsonl": 0,
        "talk.jsonl": 9,
    }
    assert answer["asks"] == 3


def test_a_history_that_is_named_twice_is_heard_once(learnchat: CommandLine, talk: Path) -> None:
    assert learnchat("replay", "talk.jsonl", str(talk), ".", "--json").json["messages"] == 9


def test_standard_input_is_read(learnchat: CommandLine) -> None:
    result = learnchat("replay", "-", stdin=message(SWITCH))

    assert fields(result.lines, "messages") == [["1"]]
    assert fields(result.lines, "ask")[0][2] == "standard input:1"


def test_standard_input_that_is_no_history_is_named(learnchat: CommandLine) -> None:
    result = learnchat("replay", "-", stdin="hello there\n")

    assert result.code == 1
    assert "standard input, line 1: it begins none of the known histories." in result.err


def test_a_file_in_no_known_format_is_named_with_its_line_before_anything_is_read(
    learnchat: CommandLine, shop: Path, talk: Path
) -> None:
    (shop / "notes.md").write_text("\n# My notes\n")

    result = learnchat("replay", "talk.jsonl", "notes.md", "--to-inbox")

    assert (result.code, result.out) == (1, "")
    assert f"{shop / 'notes.md'}, line 2: it begins none of the known histories." in result.err
    assert all(name in result.err for name in ("aider", "SpecStory", "Claude Code", "JSON lines", "learnchat"))
    assert learnchat("inbox").out == ""


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["replay"], "No history was named."),
        (["replay", "missing.jsonl"], "There is no file missing.jsonl."),
        (["replay", "folder"], "There are no histories in folder."),
    ],
)
def test_what_is_not_there_is_said(learnchat: CommandLine, shop: Path, arguments: list[str], error: str) -> None:
    (shop / "folder").mkdir()

    result = learnchat(*arguments)

    assert result.code == 1
    assert error in result.err


def test_damaged_lines_are_counted(learnchat: CommandLine, shop: Path) -> None:
    (shop / "torn.jsonl").write_text(message(SWITCH) + '{"role": "us')

    assert learnchat("replay", "torn.jsonl", "--json").json["histories"][0]["unreadable_lines"] == 1
    assert "1 line left out: too long, or not readable." in learnchat.on_terminal("replay", "torn.jsonl").err


def test_a_detector_that_is_switched_off_hears_nothing(learnchat: CommandLine, talk: Path, isolation: Path) -> None:
    folder = isolation / "configuration"
    folder.mkdir()
    (folder / "config.toml").write_text('[detectors]\ndisabled = ["switching", "now_using", "decided_to_use"]\n')

    kinds = {each["kind"] for each in learnchat("replay", "talk.jsonl", "--json").json["kinds"]}
    assert "switching" not in kinds


def test_escape_sequences_in_a_history_are_not_printed(learnchat: CommandLine, shop: Path) -> None:
    (shop / "evil.jsonl").write_text(message(f"{SWITCH} \u001b[31mred\u001b[0m"))

    for result in (learnchat("replay", "evil.jsonl"), learnchat.on_terminal("replay", "evil.jsonl")):
        assert "Tailwind" in result.out
        assert "\x1b[31m" not in result.out


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def progress(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, patience: float) -> str:
    monkeypatch.setattr("learnchat.app.progress.PATIENCE_SECONDS", patience)
    monkeypatch.setattr(sys, "stderr", stream)
    with ProgressBar("Reading", 2000) as bar:
        bar.advance(500)
        bar.advance(500)
    return stream.getvalue()


def test_a_progress_bar_appears_on_a_terminal_when_it_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Reading" in progress(monkeypatch, Terminal(), 0)


def test_no_progress_bar_appears_in_a_pipe_or_when_it_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    assert progress(monkeypatch, io.StringIO(), 0) == ""
    assert progress(monkeypatch, Terminal(), 60) == ""
