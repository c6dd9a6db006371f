"""The turns of a request, as all providers take them."""

from __future__ import annotations

from collections.abc import Iterable

from learnchat.app.models.model import Turn

# Sent behind a reply that was stopped. Not a prefix for the model to go on from: newer models refuse to have one.
GO_ON = (
    "Your last message was cut off. Go on exactly where it ends, with the very next character: repeat nothing of it, "
    "and say nothing about the interruption."
)


def alternating(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """The same with no two of one role in a row: some providers refuse what a failed reply leaves."""
    joined: list[Turn] = []
    for turn in turns:
        if joined and joined[-1].role == turn.role:
            turn = _joined(joined.pop(), turn)
        joined.append(turn)
    return tuple(joined)


def _joined(first: Turn, second: Turn) -> Turn:
    memory = "\n\n".join(part for part in (first.memory, second.memory) if part)
    attached = "\n\n".join(part for part in (first.attached, second.attached) if part)
    images = (*first.images, *second.images)
    return Turn(first.role, f"{first.text}\n\n{second.text}", memory, attached, images)
