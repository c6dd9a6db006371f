from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from learnchat.app.panel import Panel, read_panel
from learnchat.learning.kinds import Scope
from learnchat.learning.profile.insight import Means
from support.chat import open_chat
from support.clock import FakeClock
from support.proposals import make_proposal

DATE = FakeClock().now()


def test_one_line_when_all_is_well_and_none_where_nothing_is_known() -> None:
    assert Panel(insights=0, personal=0).text() == ""
    assert Panel(insights=1, personal=0).text() == "1 insight known here; nothing waits, all is well."
    assert (
        Panel(insights=3, personal=1).text() == "3 insights known here, 1 of them personal; nothing waits, all is well."
    )


async def test_it_says_when_there_are_too_many_for_every_request(project: Path) -> None:
    def learning(count: int):  # type: ignore[no-untyped-def]
        def learn(parts):  # type: ignore[no-untyped-def]
            for number in range(count):
                parts.profiles.remember(f"Service {count}-{number} listens on port {9000 + number}")

        return learn

    for count, words in (
        (5, "5 insights known here; nothing waits"),
        (75, "80 insights known here, too many for every"),
    ):
        async with open_chat(project) as chat:
            await chat.app.engine.call(learning(count))
        async with open_chat(project) as chat:
            await chat.until(lambda words=words: words in chat.said, words)


def test_all_is_not_well_while_something_waits_for_the_review() -> None:
    assert Panel(insights=9, personal=0, outside=True).text() == "9 insights known here."


def test_what_waits_runs_out_or_is_broken_has_a_line_each() -> None:
    panel = Panel(
        insights=9,
        personal=0,
        waiting=1,
        expiring=tuple((f"Rule {number}", DATE) for number in range(5)),
        problems=("The journal lacks something.",),
    )
    day = f"  {DATE.astimezone():%Y-%m-%d}  "
    assert panel.text().splitlines() == [
        "9 insights known here.",
        "1 waits for your decision: /inbox",
        "5 insights run out within a week:",
        *(f"{day}Rule {number}" for number in range(3)),
        "  and 2 more",
        "The journal lacks something.",
        "`learnchat doctor` says more, `learnchat doctor --repair` mends.",
    ]


async def test_it_is_read_when_the_chat_opens_and_said_once(project: Path) -> None:
    async with open_chat(project) as chat:
        now = chat.clock.now()
        soon = make_proposal("Prices are frozen", id="soon1", created=now, expires=now + timedelta(days=3))
        later = make_proposal("Sales end", id="later1", created=now, expires=now + timedelta(days=30))
        waits = make_proposal("We use uv", id="waits1", created=now)

        def learn(parts):  # type: ignore[no-untyped-def]
            assert read_panel(parts).text() == ""
            for proposal in (soon, later):
                parts.profiles.confirm(proposal, Means.TOAST)
            parts.profiles.remember("Be brief", scope=Scope.PERSONAL)
            parts.profiles.add([waits])
            parts.profiles.settle()
            return read_panel(parts)

        panel = await chat.app.chat.engine.call(learn)
        assert panel == Panel(3, 1, waiting=1, expiring=(("Prices are frozen", soon.expires),))
        assert "known here" not in chat.said
    async with open_chat(project) as chat:
        await chat.until(lambda: "3 insights known here, 1 of them personal." in chat.said)
        assert "1 waits for your decision: /inbox" in chat.said
        await chat.app.chat.rows._look()
        assert chat.said.count("known here") == 1
