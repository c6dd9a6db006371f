import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from learnchat.app.asker import FLASH_SECONDS, PATIENCE_SECONDS, Ask, Asker
from learnchat.widgets.countdown import Attention
from learnchat.widgets.toast import Question
from support.clock import FakeClock


class FakeToast:
    def __init__(self) -> None:
        self.shown: Question | None = None
        self.flashed = ""
        self.counted: list[float] = []

    async def ask(self, question: Question, seconds: float) -> None:
        self.shown = question

    async def flash(self, sentence: str, hint: str) -> None:
        self.flashed = sentence

    def count(self, left: float, seconds: float, standing: bool = False) -> None:
        self.counted.append(left)

    def leave(self) -> None:
        self.shown = None
        self.flashed = ""


class Table:
    """An asker with a clock that the test moves, and what came of it."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.toast = FakeToast()
        self.attention = Attention()
        self.attention.focus_report(True, self.clock.monotonic())
        self.answers: list[str] = []
        self.missed: list[str] = []
        self.objection = ""
        self.asker = Asker(
            self.toast,
            self.attention,
            self.clock,
            30.0,
            start=self._start,
            changed=lambda: None,
            missed=self.missed.append,
        )

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run(work)

    def ask(self, statement: str = "we use uv") -> Ask:
        async def admit() -> str:
            return self.objection

        async def answered(answer: str) -> None:
            self.answers.append(answer)

        return Ask(
            question=lambda: Question("Remember this?", "Fact", statement, choices=()),
            admit=admit,
            answered=answered,
            answers=("remember", "skip", "reword"),
        )

    def batch(self, *statements: str) -> Ask:
        """Several in one toast."""
        ask = self.ask(statements[0])
        ask.proposals = len(statements)
        if statements[1:]:
            ask.following = lambda answer: self.batch(*statements[1:]) if answer != "later" else None
        ask.answers = (*ask.answers, "later")
        return ask

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.clock.advance(0.1)
            self.asker.tick()


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def asked(table: Table) -> Table:
    table.asker.offer(table.ask())
    table.wait(0.7)
    assert table.toast.shown is not None
    table.wait(0.5)
    return table


def test_it_waits_for_a_typing_pause(table: Table) -> None:
    table.attention.key(table.clock.monotonic())
    table.asker.offer(table.ask())
    table.wait(0.5)
    assert table.toast.shown is None
    table.wait(0.2)
    assert table.toast.shown is not None


def test_one_that_finds_no_pause_goes_to_the_inbox(table: Table) -> None:
    table.asker.offer(table.ask())
    for _ in range(int(PATIENCE_SECONDS) * 2 + 2):
        table.attention.key(table.clock.monotonic())
        table.clock.advance(0.5)
        table.asker.tick()
    assert table.toast.shown is None
    assert table.missed == ["you were typing"]
    assert not table.asker.busy


def test_over_budget_it_goes_to_the_inbox_unseen(table: Table) -> None:
    table.objection = "5 toasts in the last hour"
    table.asker.offer(table.ask())
    table.wait(1)
    assert table.toast.shown is None
    assert table.missed == ["5 toasts in the last hour"]


@pytest.mark.parametrize("answer", ["remember", "skip", "reword"])
def test_a_chord_answers(asked: Table, answer: str) -> None:
    asked.asker.answer(answer)
    assert asked.answers == [answer]
    assert asked.toast.shown is None


def test_a_chord_within_the_arming_time_is_swallowed(table: Table) -> None:
    table.asker.offer(table.ask())
    while table.toast.shown is None:
        table.clock.advance(0.1)
        table.asker.tick()
    table.clock.advance(0.3)
    assert table.asker.takes("remember")
    table.asker.answer("remember")
    assert table.answers == []
    assert table.toast.shown is not None
    table.clock.advance(0.2)
    table.asker.answer("remember")
    assert table.answers == ["remember"]


def test_a_late_chord_is_swallowed_and_then_belongs_to_the_prompt_again(asked: Table) -> None:
    asked.asker.answer("skip")
    asked.clock.advance(0.5)
    assert asked.asker.takes("remember")
    asked.asker.answer("remember")
    assert asked.answers == ["skip"]
    asked.clock.advance(0.2)
    assert not asked.asker.takes("remember")


def test_before_any_toast_the_chords_are_the_prompts(table: Table) -> None:
    assert not table.asker.takes("remember")


def test_no_answer_is_an_expiry_and_nothing_else(asked: Table) -> None:
    asked.wait(28)
    assert asked.answers == []
    asked.wait(3)
    assert asked.answers == ["expired"]
    assert asked.toast.shown is None


def test_the_countdown_stands_still_while_keys_arrive(asked: Table) -> None:
    left = asked.toast.counted[-1]
    for _ in range(600):
        asked.attention.key(asked.clock.monotonic())
        asked.clock.advance(0.1)
        asked.asker.tick()
    assert asked.answers == []
    assert asked.toast.counted[-1] == pytest.approx(left, abs=0.2)


def test_it_stands_still_while_the_terminal_is_not_looked_at(asked: Table) -> None:
    asked.attention.focus_report(False, asked.clock.monotonic())
    asked.wait(300)
    assert asked.answers == []


def test_one_at_a_time(asked: Table) -> None:
    first = asked.toast.shown
    asked.asker.offer(asked.ask("we use pnpm"))
    asked.wait(2)
    assert asked.toast.shown is first
    asked.asker.answer("remember")
    asked.wait(1)
    assert asked.toast.shown is not None
    assert asked.toast.shown.statement == "we use pnpm"


def test_quiet_takes_the_toast_away_and_saves_nothing(asked: Table) -> None:
    asked.asker.offer(asked.ask("we use pnpm"))
    asked.asker.withdraw()
    asked.wait(60)
    assert asked.answers == []
    assert asked.missed == ["quiet", "quiet"]
    assert asked.toast.shown is None


def test_what_came_of_it_is_said_for_some_seconds(table: Table) -> None:
    table.asker.flash("Learned: we use uv", "ctrl+t takes it back")
    assert table.toast.flashed
    table.wait(FLASH_SECONDS + 0.2)
    assert not table.toast.flashed
    assert not table.asker.busy


@pytest.fixture
def asked_about_two(table: Table) -> Table:
    table.asker.offer(table.batch("we use uv", "we use ruff"))
    table.wait(0.7)
    table.wait(0.5)
    return table


def statement(table: Table) -> str:
    return table.toast.shown.statement if table.toast.shown is not None else ""


def test_what_follows_stands_in_the_same_toast_with_a_countdown_of_its_own(asked_about_two: Table) -> None:
    asked_about_two.wait(20)
    asked_about_two.asker.answer("remember")
    assert asked_about_two.answers == ["remember"]
    assert statement(asked_about_two) == "we use ruff"
    assert asked_about_two.asker.proposals == 1
    asked_about_two.wait(29)
    assert asked_about_two.answers == ["remember"]
    asked_about_two.asker.answer("skip")
    assert asked_about_two.answers == ["remember", "skip"]
    assert asked_about_two.toast.shown is None


def test_a_chord_pressed_twice_answers_one_of_a_batch(asked_about_two: Table) -> None:
    asked_about_two.asker.answer("remember")
    asked_about_two.clock.advance(0.3)
    assert asked_about_two.asker.takes("remember")
    asked_about_two.asker.answer("remember")
    assert asked_about_two.answers == ["remember"]
    assert statement(asked_about_two) == "we use ruff"


def test_the_rest_of_a_batch_can_be_left_in_the_inbox(asked_about_two: Table) -> None:
    asked_about_two.asker.answer("later")
    assert asked_about_two.answers == ["later"]
    assert asked_about_two.toast.shown is None
    assert not asked_about_two.asker.busy


def test_when_nobody_answers_the_rest_of_a_batch_is_not_shown(asked_about_two: Table) -> None:
    asked_about_two.wait(31)
    assert asked_about_two.answers == ["expired"]
    assert asked_about_two.toast.shown is None


def test_what_cannot_be_shown_takes_the_toast_away(asked_about_two: Table) -> None:
    asked_about_two.objection = "the disk is full"
    asked_about_two.asker.answer("remember")
    assert asked_about_two.toast.shown is None
    assert asked_about_two.missed == ["the disk is full"]
    assert not asked_about_two.asker.shown
