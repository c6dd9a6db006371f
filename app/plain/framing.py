"""The first and the last words of the plain chat: what is known and waits, and what the session came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.app.plain.line_editor import prepare_editor
from learnchat.app.plain.wrapping import say

if TYPE_CHECKING:
    from learnchat.app.plain.talk import Talk
    from learnchat.learning.transcripts.session import SessionFile

GREETING = "learnchat, plain. /help lists what can be typed. Ctrl+C stops a reply, Ctrl+D leaves."


async def greet(talk: Talk, resume: SessionFile | None) -> None:
    """Say where this is, what is known here and what is wrong, and how the conversation ended that is gone on with.

    Raises:
        OSError: that conversation can't be read.
    """
    from learnchat.app.opening import opened
    from learnchat.app.overview import note_told
    from learnchat.app.panel import read_panel

    found = await talk.engine.call(opened)
    panel = await talk.engine.call(read_panel)
    overview = found.overview
    say(GREETING)
    say(f"Project {overview.project}. Model {talk.session.model.name}. Insights: {overview.insights}.")
    for sentence in (talk.trouble, *found.notices, overview.announcement, panel.text()):
        if sentence:
            say(sentence)
    if overview.review.untold:
        await talk.engine.call(note_told)
    if talk.session.model.name == "offline":
        say("No model is set up: until one is, answers come from what you confirmed. /model shows the way.")
    if found.draft:
        say("The draft you left last time comes back with the Up key.")
    prepare_editor(found.history)
    if resume is not None:
        await _go_on(talk, resume)


async def _go_on(talk: Talk, resume: SessionFile) -> None:
    resumed = await talk.take_up(resume)
    for sentence in (f"Going on with “{resumed.saved.title}”.", *resumed.remarks()):
        say(sentence)
    for said in resumed.saved.branches.path()[-2:]:
        say(f"{'You' if said.role == 'user' else said.facts.get('model') or 'model'}: {said.text}")
        if said.facts.get("stopped"):
            say("(stopped)")


async def sum_up(talk: Talk) -> None:
    """Say what was learned and refused, and what waits; nothing where nothing happened."""
    from learnchat.app.card import read_card

    card = await talk.engine.call(read_card)
    if text := card.text():
        say(text)
