from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Select

from learnchat.app.locations import Locations
from learnchat.app.screens.reword import RewordScreen
from learnchat.learning.asking.switches import SwitchFile
from learnchat.learning.disk.project import find_project
from learnchat.learning.kinds import Kind
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.proposal import Proposal
from support.chat import Chat, open_chat
from support.proposals import make_proposal


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    folder = tmp_path / "shop"
    folder.mkdir()
    async with open_chat(folder) as chat:
        yield chat


def make(chat: Chat, *statements: str, **fields: object) -> list[Proposal]:
    proposals = [
        make_proposal(statement, id=f"proposal{number}{len(statement)}", created=chat.clock.now(), **fields)
        for number, statement in enumerate(statements)
    ]
    return proposals


async def ask(chat: Chat, proposals: list[Proposal]) -> None:
    """As when a message gave these, with the typing pause and the arming time gone by."""
    await chat.app.chat.engine.call(lambda parts: parts.profiles.add(proposals))
    chat.app.chat.asking.propose(proposals)
    chat.clock.advance(0.7)
    # What came of an answer before may come into its place late, and stays for a while.
    await chat.until(
        lambda: chat.app.chat.asker.shown or not chat.app.chat.asker.busy or chat.clock.advance(0.1), "the toast"
    )
    chat.clock.advance(0.5)


async def press(chat: Chat, key: str, then: str) -> None:
    """Answer, and wait for what the toast shows next."""
    await chat.pilot.press(key)
    await chat.until(lambda: chat.app.chat.asker.shown and then in chat.toast_text, then)
    chat.clock.advance(0.5)


async def states(chat: Chat) -> list[str]:
    return await chat.app.chat.engine.call(lambda parts: [each.state.value for each in parts.profiles.inbox.all()])


def asks(chat: Chat) -> int:
    data = Locations.find().user_data.project(chat.project)
    return len(data.asks.read_text().splitlines())


async def test_several_of_one_message_are_answered_one_by_one_and_charged_once(chat: Chat) -> None:
    await ask(chat, make(chat, "we use uv", "we use ruff", "deploys are on Tuesdays"))
    assert chat.toast.border_title == "3 things to remember · 1 of 3"
    assert "we use uv" in chat.toast_text
    assert "ctrl+l later" in chat.toast_text
    await press(chat, "ctrl+y", "we use ruff")
    assert chat.toast.border_title == "3 things to remember · 2 of 3"
    await press(chat, "ctrl+n", "deploys are on Tuesdays")
    assert "later" not in chat.toast_text
    await chat.pilot.press("ctrl+y")
    await chat.until(lambda: "Learned: deploys" in chat.said)
    assert await states(chat) == ["confirmed", "skipped", "confirmed"]
    assert asks(chat) == 1


async def test_the_rest_goes_to_the_inbox_by_one_chord(chat: Chat) -> None:
    await ask(chat, make(chat, "we use uv", "we use ruff", "deploys are on Tuesdays"))
    await press(chat, "ctrl+y", "we use ruff")
    await chat.pilot.press("ctrl+l")
    await chat.until(lambda: "2 waiting" in chat.status, "the waiting line")
    assert await states(chat) == ["confirmed", "pending", "pending"]


async def test_more_than_anybody_answers_waits_in_the_inbox(chat: Chat) -> None:
    await ask(chat, make(chat, *(f"rule number {number}" for number in range(8))))
    assert chat.toast.border_title == "5 things to remember · 1 of 5"
    assert "and 3 more in the inbox" in chat.toast_text


async def test_reword_in_a_batch_leaves_the_next_behind_the_dialog(chat: Chat) -> None:
    await ask(chat, make(chat, "we use uv", "we use ruff"))
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
    await chat.pilot.press("ctrl+s")
    await chat.until(lambda: "we use ruff" in chat.toast_text)
    chat.clock.advance(0.5)
    await chat.pilot.press("ctrl+n")
    await chat.until(lambda: not chat.app.chat.asker.shown)
    await chat.until(lambda: "Learned: we use uv" in chat.said)


@pytest.mark.parametrize("columns", [100, 80, 60, 40])
async def test_the_buttons_of_the_dialog_stand_whole_in_it(project: Path, columns: int) -> None:
    async with open_chat(project, size=(columns, 24)) as chat:
        await chat.be_asked()
        await chat.pilot.press("ctrl+g")
        await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
        buttons = list(chat.app.screen.query(Button))
        await chat.until(lambda: all(button.region.width for button in buttons), "the buttons")
        inside = chat.app.screen.query_one("#reword").content_region
        assert all(inside.contains_region(button.region) for button in buttons)
        assert all(button.region.width >= len(str(button.label)) + 2 for button in buttons)


async def test_three_refusals_in_a_row_offer_the_inbox_and_only_offer_it(chat: Chat) -> None:
    proposals = make(chat, "rule one", "rule two", "rule three", kind=Kind.PREFERENCE)
    await ask(chat, proposals)
    await press(chat, "ctrl+n", "rule two")
    await press(chat, "ctrl+n", "rule three")
    await chat.pilot.press("ctrl+n")
    await chat.until(lambda: not chat.app.chat.asker.shown, "the end of the toast")
    await chat.until(lambda: chat.app.chat.asker.shown or chat.clock.advance(0.1), "the offer")
    assert "refused 3 times in a row" in chat.toast_text
    switches = SwitchFile(Locations.find().detector_switches)
    assert switches.read().inbox_only == frozenset()
    chat.clock.advance(0.5)
    await chat.pilot.press("ctrl+y")
    await chat.until(lambda: switches.read().inbox_only == {Kind.PREFERENCE}, "the switch")
    chat.clock.advance(200)
    await ask(chat, make(chat, "rule the fourth", kind=Kind.PREFERENCE))
    assert not chat.app.chat.asker.shown
    assert "inbox only" in chat.app.chat.missed_because
    assert (await states(chat))[-1] == "pending"


async def test_a_best_before_is_shown_and_saved(chat: Chat) -> None:
    from datetime import date

    from learnchat.learning.hearing.best_before import end_of_day

    await ask(chat, make(chat, "no merges", expires=end_of_day(date(2026, 12, 1)), recheck=True))
    assert "best before 2026-12-01 (no date named: look again then)" in chat.toast_text
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
    assert chat.app.screen.query_one("#reword-expires", Input).value == "2026-12-01"


@pytest.mark.parametrize("keep", [False, True])
async def test_a_replacement_says_what_it_replaces_and_may_keep_both(chat: Chat, keep: bool) -> None:
    act = await chat.app.chat.engine.call(lambda parts: parts.profiles.remember("we use Bootstrap"))
    assert act.insight is not None
    await ask(chat, make(chat, "we moved to Tailwind", replaces=act.insight.id))
    assert "replaces: we use Bootstrap" in chat.toast_text
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
    choice = chat.app.screen.query_one("#reword-replaces", Select)
    if keep:
        choice.value = True
    await chat.pilot.press("ctrl+s")
    await chat.until(lambda: "Learned: we moved to Tailwind" in chat.said)
    profiles = Profiles.open(find_project(chat.project), Locations.find().user_data, chat.clock)
    statements = {insight.statement for insight in profiles.insights()}
    assert statements == ({"we use Bootstrap"} if keep else set()) | {"we moved to Tailwind"}


async def test_a_proposal_that_replaces_nothing_has_no_such_field(chat: Chat) -> None:
    await ask(chat, make(chat, "we use uv"))
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))
    assert not chat.app.screen.query("#reword-replaces")


async def test_a_message_that_contradicts_an_insight_is_asked_as_its_replacement(chat: Chat) -> None:
    await chat.send("/remember we use Bootstrap")
    await chat.until(lambda: len(chat.insights()) == 1)
    await chat.be_asked()
    assert "replaces: we use Bootstrap" in chat.toast_text
    await chat.pilot.press("ctrl+y")
    await chat.until(lambda: "It replaces: we use Bootstrap" in chat.said)


async def test_going_back_is_asked_as_a_replacement(chat: Chat) -> None:
    await chat.send("/remember we don't use pip here, always uv")
    await chat.until(lambda: len(chat.insights()) == 1)
    await chat.be_asked("we no longer use uv, we went back to pip")
    assert "replaces: we don't use pip here, always uv" in chat.toast_text


async def test_what_is_remembered_by_hand_names_what_it_may_replace(chat: Chat) -> None:
    await chat.send("/remember we use bun")
    await chat.send("/remember we do not use bun")
    words = "This may replace: we use bun. Both are kept; /insights forgets one."
    await chat.until(lambda: words in " ".join(chat.said.split()), "what it may replace")
    assert sorted(each["statement"] for each in chat.insights()) == ["we do not use bun", "we use bun"]


async def test_what_a_reply_said_is_not_asked_about_when_it_is_pasted(chat: Chat) -> None:
    words = "We're switching from Jest to Vitest for all of the web packages"
    await chat.app.chat.engine.call(lambda parts: parts.watcher.said(f"I suggest this. {words}."))
    await chat.send(f"{words}.")
    await chat.until(lambda: chat.app.chat.session.last_reply, "the reply")
    assert await states(chat) == []
