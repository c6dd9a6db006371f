""" "Still true?": what the toast and the dialog say about an insight whose best-before date has come."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from learnchat.app.commands.dates import read_date
from learnchat.app.screens.one_line import OneLineScreen
from learnchat.learning.clock import local, parse_timestamp
from learnchat.learning.memory.acts import Rewording
from learnchat.learning.memory.rechecking import WAS
from learnchat.learning.proposal import RECHECK
from learnchat.widgets.toast import Question

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.app.screens.chat import ChatScreen
    from learnchat.learning.proposal import Proposal


def date_that_came(proposal: Proposal) -> str:
    """The best-before date that has come, by the user's calendar."""
    with suppress(KeyError, ValueError):
        return f"{local(parse_timestamp(proposal.slots[WAS])):%Y-%m-%d}"
    return ""


def as_recheck(question: Question, proposal: Proposal) -> Question:
    """The question of a toast, put about an insight that is there already.

    Args:
        question: as it is put about something new.
        proposal: which asks whether it still holds.
    """
    labels = {"remember": "keep", "skip": "let it go", "reword": "new date"}
    choices = [replace(each, label=labels.get(each.answer, each.label)) for each in question.choices]
    where = "this project" if proposal.scope == "project" else "everywhere"
    return replace(
        question,
        title=question.title.replace("Remember this?", "Still true?").replace("things to remember", "to look at again"),
        heading=f"{proposal.kind.label} · {where} · best before {date_that_came(proposal)} has come",
        replaces="",
        footnote=f"No answer changes nothing.{' /quiet stops asking.' if question.footnote else ''}",
        choices=choices,
    )


async def reword(screen: ChatScreen, proposal: Proposal, replaces: str) -> Rewording | str | None:
    """Open the dialog of a proposal: of one that asks whether something still holds, for its new date alone.

    Args:
        screen: the chat.
        proposal: what is reworded.
        replaces: the statement it would replace; empty where it replaces none.

    Returns:
        A rewording, "never", or None when it was cancelled.
    """
    from learnchat.app.screens.reword import RewordScreen

    if proposal.detector == RECHECK:
        return await _ask_for_date(screen, proposal)
    return await screen.app.push_screen_wait(RewordScreen(proposal, screen.clock, replaces))


async def _ask_for_date(screen: ChatScreen, proposal: Proposal) -> Rewording | None:
    """Until when it holds from now on; None when the dialog was cancelled."""
    clock = screen.clock
    text = await screen.app.push_screen_wait(
        OneLineScreen(
            "Until when does it hold?",
            proposal.statement,
            placeholder="YYYY-MM-DD",
            check=lambda text: read_date(text, clock.now()),
        )
    )
    if text is None:
        return None
    return Rewording(
        proposal.statement,
        proposal.kind,
        proposal.tags,
        proposal.scope,
        proposal.because,
        read_date(text, clock.now()),
    )


def find_rechecks(parts: Parts) -> list[Proposal]:
    """In the engine's thread: what is to be asked about again now. Where it can't be noted, nothing is asked."""
    if parts.temporary:
        return []
    with suppress(OSError):
        return parts.profiles.recheck()
    return []
