"""Questions of learnchat's own, each a toast that is free of the budget: it answers something the user just did."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from learnchat.app.asker import Ask
from learnchat.widgets.toast import Choice, Question

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.learning.kinds import Kind

YES = "remember"
NO = "skip"
"""The chords of a toast, here for yes and no."""

REFUSALS = 3
"""So many refusals of a kind in a row are no accident. After as many more it is offered again."""


def share_offer(shown: Callable[[str], str], answered: Callable[[bool | None], Awaitable[None]]) -> Ask:
    """Share the folder, or keep it? Once for a project; unanswered, it stays private.

    Args:
        shown: the key of a binding id.
        answered: gets yes, no, or None when the time was up.
    """
    return _ask(
        Question(
            title="Share what is learned here?",
            heading="Once for this project",
            statement="Share .learnchat/ with everybody who uses this repository, or keep it to yourself?",
            footnote="No answer keeps it private. Nothing is committed by itself.",
            choices=[
                Choice(YES, "share", shown("toast.remember")),
                Choice(NO, "keep private", shown("toast.skip")),
            ],
        ),
        answered,
    )


def inbox_offer(
    kind: Kind, row: int, shown: Callable[[str], str], answered: Callable[[bool | None], Awaitable[None]]
) -> Ask:
    """Send a kind that was refused several times in a row to the inbox only?

    Args:
        kind: which.
        row: how often it was refused in a row.
        shown: the key of a binding id.
        answered: gets yes, no, or None when the time was up.
    """
    return _ask(
        Question(
            title="Ask less often?",
            heading=f"{kind.label} · refused {row} times in a row",
            statement=f"Send what is heard as “{kind.label}” to the inbox only, without a toast?",
            footnote=f"No answer changes nothing. `learnchat detectors ask {kind}` takes it back.",
            choices=[
                Choice(YES, "inbox only", shown("toast.remember")),
                Choice(NO, "keep asking", shown("toast.skip")),
            ],
        ),
        answered,
    )


def judge_offer(
    model: str, price: str, shown: Callable[[str], str], answered: Callable[[bool | None], Awaitable[None]]
) -> Ask:
    """Let a service read along? Once for each; unanswered, none does.

    Args:
        model: which would be asked.
        price: what it would take, as a sentence.
        shown: the key of a binding id.
        answered: gets yes, no, or None when the time was up.
    """
    return _ask(
        Question(
            title="Let a model read along?",
            heading=f"Once for this service · {model}",
            statement=f"Give {model} what is said here, so that it may propose what to remember? {price}",
            footnote="It can save nothing. No answer leaves it out. /judge off ends it.",
            choices=[
                Choice(YES, "yes", shown("toast.remember")),
                Choice(NO, "no", shown("toast.skip")),
            ],
        ),
        answered,
    )


def row_to_offer(parts: Parts, kind: Kind) -> int:
    """In the engine's thread: how often a kind was refused in a row, where that is to be offered now; else 0."""
    from learnchat.learning.asking.dial import refused_in_a_row

    if kind in parts.switches.read().inbox_only:
        return 0
    row = refused_in_a_row(parts.profiles.answers.all(), kind)
    return row if row % REFUSALS == 0 else 0


def _ask(question: Question, answered: Callable[[bool | None], Awaitable[None]]) -> Ask:
    async def admit() -> str:
        return ""

    async def on_answer(answer: str) -> None:
        await answered(None if answer not in (YES, NO) else answer == YES)

    return Ask(question=lambda: question, admit=admit, answered=on_answer, answers=(YES, NO))
