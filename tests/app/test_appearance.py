import itertools
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from learnchat.app.application import Learnchat
from learnchat.app.screens.finding import SearchScreen
from learnchat.app.screens.inbox import InboxScreen
from learnchat.app.screens.reword import RewordScreen
from learnchat.app.screens.why import WhyScreen
from learnchat.learning import identifiers
from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.gate import TrainedGate
from support.chat import SWITCH, Chat
from support.clock import FakeClock
from support.proposals import make_proposal

Scene = Callable[[Chat], Awaitable[None]]


@pytest.fixture(autouse=True)
def always_the_same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(1)
    monkeypatch.setattr(identifiers.secrets, "choice", dice.choice)


@pytest.fixture(autouse=True)
def one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    # A name of its own: the header shows it, and pytest's folders are numbered.
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


@pytest.fixture
def pictured(snap_compare, project: Path, monkeypatch: pytest.MonkeyPatch):
    """Compare a picture of the chat, after a scene, with the one that is kept."""

    def compare(scene: Scene, theme: str, size: tuple[int, int]) -> bool:
        clock = FakeClock()
        app = Learnchat(project, clock=clock, theme=theme)
        # The toast shows a probability, and a gate trained anew says another one.
        monkeypatch.setattr(TrainedGate, "weigh", sure)
        # A blinking cursor would be there in one picture and not in the next.
        monkeypatch.setattr("textual.widgets.TextArea.cursor_blink", False)
        monkeypatch.setattr("textual.widgets.Input.cursor_blink", False)

        async def before(pilot: Pilot[None]) -> None:
            chat = Chat(app, pilot, clock, project)
            await chat.until(lambda: app.chat.opened)
            await scene(chat)
            await pilot.pause()

        return snap_compare(app, run_before=before, terminal_size=size)

    return compare


def sure(gate: TrainedGate, message: Message, detections: Sequence[Detection]) -> list[Detection]:
    return [replace(one, confidence=0.9) for one in detections]


async def asked(chat: Chat) -> None:
    await chat.be_asked()
    await chat.until(lambda: chat.app.chat.session.last_reply and not chat.app.chat.replies.active)


async def rewording(chat: Chat) -> None:
    await asked(chat)
    await chat.pilot.press("ctrl+g")
    await chat.until(lambda: isinstance(chat.app.screen, RewordScreen))


async def reading_the_inbox(chat: Chat) -> None:
    await chat.send("/quiet")
    for number, text in enumerate(
        (SWITCH, "we decided to use GraphQL", "always run make lint before pushing"), start=1
    ):
        await chat.send(text)
        await chat.until(lambda number=number: f"{number} waiting" in chat.status)
    await chat.send("/inbox")
    await chat.until(lambda: isinstance(chat.app.screen, InboxScreen))


async def asked_about_several(chat: Chat) -> None:
    """Three things of one message, the first of which replaces what is known and says until when it holds."""
    act = await chat.app.chat.engine.call(lambda parts: parts.profiles.remember("We use Bootstrap"))
    assert act.insight is not None
    statements = (SWITCH, "Never commit generated files", "The API returns cents, not dollars")
    proposals = [
        make_proposal(
            statement,
            id=f"proposal{number}",
            created=chat.clock.now(),
            replaces=act.insight.id if number == 0 else None,
            expires=datetime(2026, 5, 1, 12, tzinfo=UTC) if number == 0 else None,
            recheck=number == 0,
        )
        for number, statement in enumerate(statements)
    ]
    await chat.app.chat.engine.call(lambda parts: parts.profiles.add(proposals))
    chat.app.chat.asking.propose(proposals)
    chat.clock.advance(0.7)
    await chat.until(lambda: chat.app.chat.asker.shown, "the toast")


async def known(chat: Chat) -> None:
    """Something was learned from a message, another thing was typed, and both are given to the next conversation."""
    await asked(chat)
    await chat.pilot.press("ctrl+y")
    await chat.until(lambda: len(chat.insights()) == 1, "the insight")
    await chat.send("# The API returns cents, not dollars")
    await chat.until(lambda: len(chat.insights()) == 2, "the other one")
    await chat.send("/new")
    await chat.until(lambda: SWITCH not in chat.said)
    await chat.send("what do we use for CSS?")
    await chat.until(lambda: "‹" in chat.said and not chat.app.chat.replies.active, "the chips")


async def reading_why(chat: Chat) -> None:
    await known(chat)
    await chat.send("/why")
    await chat.until(lambda: isinstance(chat.app.screen, WhyScreen))
    await chat.until(lambda: "decided" in str(chat.app.screen.query_one("#why-text", Static).content))


async def searching(chat: Chat) -> None:
    await known(chat)
    await chat.send("/search since:2w bootstrap")
    await chat.until(lambda: isinstance(chat.app.screen, SearchScreen))
    await chat.until(lambda: chat.app.screen.query_one(OptionList).option_count > 1)


SIZES = {"80x24": (80, 24), "120x36": (120, 36)}
THEMES = ("night", "day", "contrast", "phosphor")


@pytest.mark.parametrize(("theme", "size"), list(itertools.zip_longest(THEMES, SIZES, fillvalue="80x24")))
def test_the_toast(pictured, theme: str, size: str) -> None:
    assert pictured(asked, theme, SIZES[size])


@pytest.mark.parametrize(("theme", "size"), [("night", "80x24"), ("day", "120x36")])
def test_the_toast_about_several(pictured, theme: str, size: str) -> None:
    assert pictured(asked_about_several, theme, SIZES[size])


def test_the_reword_dialog(pictured) -> None:
    assert pictured(rewording, "night", SIZES["80x24"])


def test_the_inbox(pictured) -> None:
    assert pictured(reading_the_inbox, "day", SIZES["80x24"])


def test_what_a_reply_was_given(pictured) -> None:
    assert pictured(reading_why, "day", SIZES["80x24"])


def test_the_search(pictured) -> None:
    assert pictured(searching, "night", SIZES["120x36"])
