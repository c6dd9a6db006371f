from __future__ import annotations

from learnchat.learning.clock import SystemClock
from learnchat.learning.kinds import Scope
from learnchat.learning.recall.usage import Feedback, Usage
from support.commands import CommandLine


def test_the_most_used_stand_first_with_their_counts(learnchat: CommandLine) -> None:
    profiles = learnchat.profiles()
    ids = {}
    for text, scope in (
        ("We use pnpm", Scope.PROJECT),
        ("Vite builds it", Scope.PROJECT),
        ("Be brief", Scope.PERSONAL),
    ):
        insight = profiles.remember(text, scope=scope).insight
        assert insight is not None
        ids[text] = insight.id
    usage = Usage(profiles.data, SystemClock())
    usage.note_given([ids["We use pnpm"]], [])
    usage.note_given([ids["We use pnpm"], ids["Be brief"]], [ids["Be brief"]])
    usage.note_feedback(ids["Be brief"], Feedback.USEFUL)
    usage.note_feedback(ids["We use pnpm"], Feedback.NOT_HERE)
    rows = learnchat("insights", "--used", "--json").json
    assert [(row["statement"], row["given"], row["used"], row["useful"], row["not_here"]) for row in rows] == [
        ("Be brief", 1, 1, 1, 0),
        ("We use pnpm", 2, 0, 0, 1),
        ("Vite builds it", 0, 0, 0, 0),
    ]
    assert [row["last_given"] is None for row in rows] == [False, False, True]
    assert learnchat("insights", "--used").lines[0] == f"{ids['Be brief']}\t1\t1\t1\t0\tBe brief"
    assert len(learnchat("insights", "--used", "--personal").lines) == 1
    assert "used: replies that took it up" in learnchat.on_terminal("insights", "--used").out


def test_where_nothing_is_known_it_says_so(learnchat: CommandLine) -> None:
    assert learnchat("insights", "--used", "--json").json == []
    assert "Nothing is known here yet." in learnchat.on_terminal("insights", "--used").out
