from __future__ import annotations

from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import JUDGE
from support.commands import CommandLine
from support.proposals import make_proposal


def test_nothing_was_done_at_first(learnchat: CommandLine) -> None:
    assert "Nothing was done" in learnchat.on_terminal("log").out
    assert learnchat("log").out == ""
    assert learnchat("log", "--json").json == []


def test_every_act_is_listed_newest_first(learnchat: CommandLine, pnpm: str) -> None:
    rows = [line.split("\t")[1:] for line in learnchat("log").lines]
    assert rows == [
        ["undone", pnpm, "command", "We use pnpm"],
        ["pinned (undone)", pnpm, "command", "We use pnpm"],
        ["edited", pnpm, "command", "We use pnpm"],
        ["remembered", pnpm, "remember", "We use pnmp"],
        ["skipped", "p1", "toast", "We use Vite"],
    ]


def test_what_the_judge_had_proposed_says_so(learnchat: CommandLine) -> None:
    profiles = learnchat.profiles()
    proposals = [make_proposal("We use Vite", id="p1", detector=JUDGE), make_proposal("We use pnpm", id="p2")]
    profiles.inbox.add(proposals)
    for proposal in proposals:
        profiles.confirm(proposal, Means.TOAST)

    assert [line.split("\t")[1] for line in learnchat("log").lines] == ["confirmed", f"confirmed · {JUDGE}"]
    assert "confirmed · judge" in learnchat.on_terminal("log").out
    assert [each["proposed_by"] for each in learnchat("log", "--json").json] == [proposals[1].detector, JUDGE]


def test_json_has_who_when_how_and_from_which_words(learnchat: CommandLine, pnpm: str) -> None:
    *_, skipped = learnchat("log", "--json").json
    assert (skipped["act"], skipped["who"], skipped["means"], skipped["quote"]) == (
        "skipped",
        "user",
        "toast",
        "We use Vite",
    )
    assert (skipped["insights"], skipped["proposal"], skipped["undone"]) == ([], "p1", False)


def test_the_history_of_one_insight_has_what_it_said_each_time_oldest_first(learnchat: CommandLine, pnpm: str) -> None:
    acts = learnchat("log", pnpm[:5], "--json").json
    assert [(act["act"], act["after"]["statement"]) for act in acts] == [
        ("remembered", "We use pnmp"),
        ("edited", "We use pnpm"),
        ("pinned", "We use pnpm"),
        ("undone", "We use pnpm"),
    ]
    assert "We use pnmp" in learnchat.on_terminal("log", pnpm).out
    refused = learnchat("log", "nobody")
    assert (refused.code, refused.err.splitlines()[0]) == (1, "learnchat: Nothing was done with an insight nobody.")


def test_a_terminal_shows_the_newest_fifty_and_counts_the_rest(learnchat: CommandLine) -> None:
    profiles = learnchat.profiles()
    for number in range(52):
        profiles.skip(make_proposal(f"Rule {number}", id=f"p{number}"), Means.TOAST)
    assert "and 2 more (--all)" in learnchat.on_terminal("log").out
    assert "more (--all)" not in learnchat.on_terminal("log", "--all").out
    assert len(learnchat("log").lines) == 52
