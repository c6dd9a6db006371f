from __future__ import annotations

from pathlib import Path

from learnchat.app.card import Card
from learnchat.app.screens.inbox import InboxScreen
from support.chat import SWITCH, open_chat
from support.proposals import make_proposal


def test_nothing_happened_says_nothing() -> None:
    assert Card().text() == ""


def test_the_card_names_the_first_few_of_each() -> None:
    card = Card(learned=[f"Rule {number}" for number in range(7)], waiting=["A\x1b[31m thing " + "x" * 100])
    lines = card.text().splitlines()
    assert lines[0] == "Learned: 7 (`learnchat undo` takes the last act back, for a day)"
    assert lines[1:7] == [*(f"  Rule {number}" for number in range(5)), "  and 2 more"]
    assert lines[7] == "Waiting: 1 (`learnchat inbox`)"
    assert lines[8].startswith("  A thing x")
    assert len(lines[8]) <= 74


async def test_what_was_learned_refused_and_left_is_on_the_card(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.be_asked()
        await chat.pilot.press("ctrl+y")
        await chat.until(lambda: len(chat.insights()) == 1)
        await chat.send("# taken back at once")
        await chat.until(lambda: len(chat.insights()) == 2)
        await chat.send("/undo")
        await chat.until(lambda: len(chat.insights()) == 1)
        proposals = [make_proposal(each, id=each, created=chat.clock.now()) for each in ("refused1", "waiting1")]
        await chat.app.chat.engine.call(lambda parts: parts.profiles.add(proposals))
        await chat.send("/inbox")
        await chat.until(lambda: isinstance(chat.app.screen, InboxScreen))
        await chat.until(lambda: chat.app.screen.query_one("#inbox-list").option_count == 2)  # type: ignore[attr-defined]
        await chat.pilot.press("n")
        await chat.until(lambda: chat.app.screen.query_one("#inbox-list").option_count == 1)  # type: ignore[attr-defined]
        await chat.pilot.press("escape")
        await chat.send("/quit")
        await chat.until(lambda: chat.app._exit, "the end")
    assert chat.app.card.splitlines() == [
        "Learned: 1 (`learnchat undo` takes the last act back, for a day)",
        f"  {SWITCH}",
        "Refused: 1",
        "  refused1",
        "Waiting: 1 (`learnchat inbox`)",
        "  waiting1",
    ]


async def test_who_only_looks_leaves_without_a_card(project: Path) -> None:
    async with open_chat(project) as chat:
        await chat.send("# we use pnpm")
        await chat.until(lambda: len(chat.insights()) == 1)
    async with open_chat(project) as chat:
        await chat.send("/quit")
        await chat.until(lambda: chat.app._exit)
    assert chat.app.card == ""
