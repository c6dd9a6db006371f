"""The chain of judges: each model in its order, and rules where none can answer.

Whatever goes wrong with one, the next is asked at once, and it is left alone for a while. Nothing of it reaches the
chat.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

from learnchat.app.judging.asking_model import (
    LOCAL_PATIENCE_SECONDS,
    PATIENCE_SECONDS,
    Answer,
    ask,
    expected_tokens,
)
from learnchat.app.judging.candidates import Candidate
from learnchat.app.judging.ledger import Ledger
from learnchat.app.judging.prices import FREE, UNKNOWN, Price, price_of
from learnchat.app.models.model import ModelError
from learnchat.learning.judging.answer import Unreadable, read_answer, read_doubt
from learnchat.learning.judging.judge import Judgement, NoJudgement
from learnchat.learning.judging.reading import Reading
from learnchat.learning.judging.request import Question, question_about, question_of_doubt
from learnchat.learning.judging.windows import NAME, drafts_of

Result = TypeVar("Result")

UNREADABLE = "unreadable"
"""What stands in the ledger for an answer that was none."""


class Limits(Protocol):
    """What the judge may use in a day: the settings `[judge]` are some."""

    @property
    def tokens_per_day(self) -> int: ...

    @property
    def cost_per_day(self) -> float: ...


class Ask(Protocol):
    """How a model is asked: `ask`, or a recording of it."""

    def __call__(
        self, name: str, question: Question, patience: float, *, structured: bool = True
    ) -> Awaitable[Answer]: ...


class Chain:
    """Asks one model after the other.

    Args:
        candidates: finds the models, in their order; called in a thread before each question, so that what comes and
            goes (an Ollama, a consent) counts from then on.
        ledger: what was spent, and who failed.
        limits: for remote models, a day.
        ask: how a model is asked.
        price: what a model costs.
    """

    name = "chain"

    def __init__(
        self,
        candidates: Callable[[], Sequence[Candidate]],
        ledger: Ledger,
        limits: Limits,
        *,
        ask: Ask = ask,
        price: Callable[[str], Price | None] = price_of,
    ) -> None:
        self._candidates = candidates
        self._ledger = ledger
        self._limits = limits
        self._ask = ask
        self._price = price
        self._plain: set[str] = set()

    async def read(self, reading: Reading) -> Judgement:
        """What the first model that can says, else what the rules find."""
        found = await self._first(question_about(reading), read_answer)
        if found is not None:
            drafts, by = found
            return Judgement(drafts, by)
        return Judgement(drafts_of(reading), NAME)

    async def doubts(self, statement: str, message: str) -> bool:
        """Whether the first model that can would rather not ask.

        Raises:
            NoJudgement: none could.
        """
        found = await self._first(question_of_doubt(statement, message), read_doubt)
        if found is None:
            raise NoJudgement("no model could tell")
        return found[0]

    async def _first(self, question: Question, read: Callable[[str], Result]) -> tuple[Result, str] | None:
        """The first answer that can be read, and whose it is."""
        for candidate in await asyncio.to_thread(self._willing, question):
            try:
                answer = await self._answer(candidate, question)
                return read(answer.text), candidate.name
            except ModelError as error:
                await self._failed(candidate, error.kind, error.retry_after)
            except Unreadable:
                await self._failed(candidate, UNREADABLE)
        return None

    def _willing(self, question: Question) -> list[Candidate]:
        """In a thread: those that are there, rested, and within the day's budget."""
        spent = self._ledger.today()
        willing: list[Candidate] = []
        for each in self._candidates():
            if self._ledger.rests(each.name) is not None:
                continue
            if each.remote:
                tokens = expected_tokens(question)
                dollars = (self._price(each.name) or UNKNOWN).of(tokens - question.tokens, question.tokens)
                if spent.tokens + tokens > self._limits.tokens_per_day:
                    continue
                if spent.dollars + dollars > self._limits.cost_per_day:
                    continue
            willing.append(each)
        return willing

    async def _answer(self, candidate: Candidate, question: Question) -> Answer:
        patience = PATIENCE_SECONDS if candidate.remote else LOCAL_PATIENCE_SECONDS
        structured = candidate.name not in self._plain
        try:
            answer = await self._ask(candidate.name, question, patience, structured=structured)
        except ModelError as error:
            if error.kind != "bad_request" or not structured:
                raise
            # A server that knows no schemas refuses the request for it.
            self._plain.add(candidate.name)
            answer = await self._ask(candidate.name, question, patience, structured=False)
        await asyncio.to_thread(self._note, candidate, question, answer)
        return answer

    def _note(self, candidate: Candidate, question: Question, answer: Answer) -> None:
        price = (self._price(candidate.name) or UNKNOWN) if candidate.remote else FREE
        dollars = price.of(answer.input_tokens, answer.output_tokens)
        with contextlib.suppress(OSError):
            self._ledger.note(
                candidate.name,
                question.what,
                answer.input_tokens,
                answer.output_tokens,
                dollars,
                remote=candidate.remote,
            )

    async def _failed(self, candidate: Candidate, kind: str, retry_after: float | None = None) -> None:
        with contextlib.suppress(OSError):
            await asyncio.to_thread(self._ledger.note_failure, candidate.name, kind, retry_after)
