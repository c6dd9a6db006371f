"""The first and the last thing the chat asks of the engine: what it needs to open, and keeping a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnchat.app.overview import Overview, read_overview

if TYPE_CHECKING:
    from learnchat.app.engine import Parts
    from learnchat.learning.transcripts.session import Utterance

# A draft is typed by hand or pasted; what is longer than a message may be is not brought back.
DRAFT_LIMIT = 1_000_000


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
    from learnchat.learning.transcripts.session import Utterance

    draft = "" if parts.temporary else _take_draft(parts)
    notices = [str(problem) for problem in parts.configuration.problems]
    notices += parts.profiles.notices()
    if parts.temporary:
        notices.append("This conversation is temporary: nothing of it is written to disk, and nothing is asked.")
    elif parts.profiles.unwritable:
        notices.append(f"Nothing can be saved here, so nothing is asked: {parts.profiles.unwritable}")
    return Opened(
        overview=read_overview(parts),
        history=(*parts.history, *([Utterance("", "user", draft)] if draft else [])),
        draft=bool(draft),
        notices=tuple(notices),
        countdown=float(parts.configuration.asking.countdown),
    )


def keep_draft(parts: Parts, draft: str) -> None:
    """Keep what was typed and not sent, for the next time the chat is opened in this project; nothing keeps nothing."""
    from learnchat.learning.disk.files import make_private_directory, replace_file
    from learnchat.learning.secrets.finding import find_secrets, masked

    if parts.temporary:
        return
    if not draft.strip():
        parts.data.draft.unlink(missing_ok=True)
        return
    draft = masked(draft, find_secrets(draft))
    make_private_directory(parts.data.draft.parent)
    replace_file(parts.data.draft, draft[:DRAFT_LIMIT].encode("utf-8", "replace"))


def _take_draft(parts: Parts) -> str:
    try:
        draft = parts.data.draft.read_text(encoding="utf-8", errors="replace")
        parts.data.draft.unlink()
    except OSError:
        return ""
    return draft
