"""The first thing the chat asks of the engine: what it needs to open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.app.overview import Overview, read_overview

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.learning.transcripts.session import Utterance


@dataclass(frozen=True, slots=True)
class Opened:
    """What the chat screen shows once the engine is open."""

    overview: Overview
    history: tuple[Utterance, ...]
    """The user's earlier messages here, oldest first, a draft that was left last."""
    draft: bool
    """Whether the last of the history is a draft that was never sent."""
    notices: tuple[str, ...]
    """What has to be said at once: problems of configuration and files."""
    countdown: float
    """Seconds that a toast waits."""


def opened(parts: Parts) -> Opened:
    """In the engine's thread: open it, and gather what the screen shows."""
    from learnchat.app.drafts import take_draft

    draft = take_draft(parts)
    notices = [str(problem) for problem in parts.configuration.problems]
    notices += parts.profiles.notices()
    if parts.temporary:
        notices.append("This conversation is temporary: nothing of it is written to disk, and nothing is asked.")
    elif parts.profiles.unwritable:
        notices.append(f"Nothing can be saved here, so nothing is asked: {parts.profiles.unwritable}")
    return Opened(
        overview=read_overview(parts),
        history=(*parts.history, *([draft] if draft is not None else [])),
        draft=draft is not None,
        notices=tuple(notices),
        countdown=float(parts.configuration.asking.countdown),
    )
