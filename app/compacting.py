"""A long conversation made short: the model's own summary goes along in place of what was said before it.

The transcript keeps every word, and the screen too; only what is sent is shorter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from learnchat.app.models.model import ChatModel, Turn

WISH = """\
Write a summary of our conversation so far, from which you can go on without reading it again. Keep what was decided \
and why, names of files, functions, commands, versions and numbers as they were said, what failed, what is still open, \
and the last thing I asked for. Leave out greetings and detours. Write nothing but the summary."""

COMPACTED = "From here on this summary goes along in place of what was said before it. /compact undo takes it back."
_OPENING = "Summary of our conversation until here, which you wrote for yourself:"


@dataclass(frozen=True, slots=True)
class Compaction:
    """A summary that stands for the beginning of a conversation."""

    until: str
    """Id of the last message that it stands for."""
    summary: str


def compacted(turns: Sequence[Turn], ids: Sequence[str], compaction: Compaction | None) -> list[Turn]:
    """The turns as they are sent.

    Args:
        turns: all of them.
        ids: of their messages, in the same order.
        compaction: None where there is none. On another branch, which its last message does not belong to, it counts
            for nothing.
    """
    if compaction is None or compaction.until not in ids:
        return list(turns)
    cut = list(ids).index(compaction.until) + 1
    # What was recalled for messages that are gone is not recalled again: it stays.
    memory = "\n\n".join(turn.memory for turn in turns[:cut] if turn.memory)
    return [Turn("user", f"{_OPENING}\n\n{compaction.summary}", memory), *turns[cut:]]


class Compactable(Protocol):
    """A conversation that can be made short."""

    compactions: list[Compaction]

    @property
    def model(self) -> ChatModel: ...

    @property
    def path(self) -> Sequence[object]: ...


def cannot_compact(session: Compactable, argument: str) -> str:
    """What `/compact` says in place of a summary: it was undone, or there is nothing to summarise; empty otherwise."""
    if argument.lower() == "undo":
        if not session.compactions:
            return "There is no summary to take back."
        session.compactions.pop()
        return "Taken back: what was said goes along again."
    if argument:
        return "/compact takes nothing, or undo."
    if session.model.name == "offline":
        return "No model is set up that could write a summary."
    if len(session.path) < 2:
        return "There is nothing to summarise yet."
    return ""
