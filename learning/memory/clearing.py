"""Clearing the inbox: all that waits is skipped at once, and can be had back at once."""

from __future__ import annotations

from dataclasses import replace

from learnchat.learning.memory.acts import Act
from learnchat.learning.memory.profiles import Profiles
from learnchat.learning.profile.insight import Means
from learnchat.learning.proposal import RECHECK


def skip_all(profiles: Profiles, means: Means) -> list[Act]:
    """Skip all that waits, oldest first; `undo_last` has all of it back.

    Whether an insight still holds is no such question: a no lets the insight go. Those wait on.

    Raises:
        ProfileError: an answer can't be written down; those before it are.
    """
    waiting = [each for each in profiles.inbox.pending() if each.detector != RECHECK]
    acts = [profiles.skip(each, means) for each in waiting]
    profiles.inbox.cleared = frozenset(act.id for act in acts)
    return acts


def as_one(acts: list[Act]) -> Act | None:
    """What people read of it; None where nothing waited."""
    if len(acts) < 2:
        return acts[0] if acts else None
    return replace(acts[-1], proposal=None, sentence=f"Skipped all {len(acts)}: nothing of it is saved")


def undo_last(profiles: Profiles) -> Act | None:
    """Take back the last act, or all that cleared the inbox where nothing was done since.

    Returns:
        The last that was taken back; None where there was none.

    Raises:
        ProfileError: it can't be saved.
    """
    ids = profiles.inbox.cleared
    if _last(profiles) not in ids:
        return profiles.undo()
    undone: list[Act | None] = []
    while _last(profiles) in ids:
        undone.append(profiles.undo())
    last = undone[-1]
    if last is None or len(undone) < 2:
        return last
    return replace(last, sentence=f"Undone: {len(undone)} wait in the inbox again")


def _last(profiles: Profiles) -> str:
    return next((event.id for event in profiles.undoable()), "")
