"""A request as an alternation of user and assistant, which is the one order that every service takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from learnchat.app.models.model import Image, Request


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of a request: its content parts in their order, none of them blank."""

    role: Literal["user", "assistant"]
    parts: tuple[str, ...]
    images: tuple[Image, ...] = ()


def alternate(request: Request, before: Sequence[Utterance] = ()) -> list[Utterance]:
    """The turns with the stable block first, memory and files before each turn's text, neighbours of one role as one.

    A message whose reply failed is followed by another message of the user, and templates of local models refuse two
    user messages in a row. Blank parts are left out (Anthropic refuses them), and so is what the assistant said before
    the user's first message.

    Args:
        request: the conversation.
        before: the utterances that it goes on from; with them, it has only the turns behind them.
    """
    utterances = [*before, *([Utterance("user", (request.stable,))] if request.stable.strip() else [])]
    for turn in request.turns:
        parts = tuple(part for part in (turn.memory, turn.attached, turn.text) if part and not part.isspace())
        images = turn.images
        if not parts or (turn.role == "assistant" and not utterances):
            continue
        if utterances and utterances[-1].role == turn.role:
            last = utterances.pop()
            parts, images = (*last.parts, *parts), (*last.images, *images)
        utterances.append(Utterance(turn.role, parts, images))
    return utterances
