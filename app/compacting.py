"""A long conversation made short: the model's own summary goes along in place of what was said before it.

The transcript keeps every word, and the screen too; only what is sent is shorter. The summary is kept beside them, for
when the conversation is resumed.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from learnchat.app.models.model import ChatModel, Event, Request, TextPiece, Turn, Usage
from learnchat.learning.transcripts.saved import Compaction

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.learning.transcripts.session import Transcript

WISH = """\
Write a summary of our conversation so far, from which you can go on without reading it again. Keep what was decided \
and why, names of files, functions, commands, versions and numbers as they were said, what failed, what is still open, \
and the last thing I asked for. Leave out greetings and detours. Write nothing but the summary."""

COMPACTED = "From here on this summary goes along in place of what was said before it. /compact undo takes it back."
TAKEN_BACK = "Taken back: what was said goes along again."
NOTHING_TO_TAKE_BACK = "There is no summary to take back."
_OPENING = "Summary of our conversation until here, which you wrote for yourself:"


def compacted(turns: Sequence[Turn], ids: Sequence[str], compactions: Sequence[Compaction]) -> list[Turn]:
    """The turns as they are sent.

    Args:
        turns: all of them.
        ids: of their messages, in the same order.
        compactions: the last of this branch counts; one whose last message does not belong to it counts for nothing.
    """
    compaction = in_force(ids, compactions)
    if compaction is None:
        return list(turns)
    cut = list(ids).index(compaction.until) + 1
    # What was recalled for messages that are gone is not recalled again: it stays.
    memory = "\n\n".join(turn.memory for turn in turns[:cut] if turn.memory)
    return [Turn("user", f"{_OPENING}\n\n{compaction.summary}", memory), *turns[cut:]]


async def summarise(
    model: ChatModel, request: Request, keep: Callable[[str, Usage | None], Awaitable[None]]
) -> AsyncGenerator[Event, None]:
    """Have a model summarise a conversation, piece by piece.

    Args:
        request: the conversation.
        keep: called with the summary when it is complete, and with what the service counted.

    Raises:
        ModelError: the model failed; nothing is kept.
    """
    summary, usage = "", None
    wish = replace(request, turns=(*request.turns, Turn("user", WISH)))
    async with aclosing(model.stream(wish)) as events:
        async for event in events:
            if isinstance(event, TextPiece):
                summary += event.text
            elif isinstance(event, Usage):
                usage = event
            yield event
    if summary.strip():
        await keep(summary, usage)


def in_force(ids: Sequence[str], compactions: Sequence[Compaction]) -> Compaction | None:
    """The summary that goes along on a branch, if any."""
    return next((each for each in reversed(compactions) if each.until in ids), None)


def summary_words(count: int) -> str:
    """What is said of a resumed conversation in which a summary goes along in place of so many messages."""
    return f"In place of the first {count:,} messages goes the summary that /compact made. /compact undo takes it back."


def record_compaction(
    parts: Parts, transcript: Transcript, compaction: Compaction, usage: Usage | None, name: str
) -> None:
    """In the engine's thread: write a summary down, without the secrets in it, and what it took.

    Raises:
        OSError: it could not be written.
    """
    from learnchat.app.accounting import recorded
    from learnchat.learning.secrets.finding import find_secrets, masked

    kept = Compaction(compaction.until, masked(compaction.summary, find_secrets(compaction.summary)))
    facts: dict[str, Any] = {} if usage is None else {"usage": recorded(usage, name)}
    transcript.note(**kept.record(**facts))


class Compactable(Protocol):
    """A conversation that can be made short."""

    @property
    def model(self) -> ChatModel: ...

    @property
    def path(self) -> Sequence[object]: ...


def cannot_compact(session: Compactable, argument: str) -> str:
    """Why `/compact` can't be carried out; empty where it can."""
    if argument:
        return "/compact takes nothing, or undo."
    if session.model.name == "offline":
        return "No model is set up that could write a summary."
    if len(session.path) < 2:
        return "There is nothing to summarise yet."
    return ""
