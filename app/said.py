"""What was said in a conversation, as it is sent: each message with what was recalled for it and attached to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from learnchat.app.attachments.sight import Sight
from learnchat.app.models.model import Turn
from learnchat.app.models.providers import OFFLINE

if TYPE_CHECKING:
    from learnchat.app.attachments.gathering import Attached
    from learnchat.learning.recall.giving import Recalled
    from learnchat.learning.transcripts.session import Utterance

# Stands for what learnchat answered by itself, which no model said. Left out, several questions would become one.
NOT_ANSWERED = "(No model was there to answer this.)"


@dataclass(slots=True)
class Said:
    """A turn of the conversation, and what was recalled for it."""

    turn: Turn
    recalled: Recalled | None = None


class Turns:
    """The turns of a conversation, in all its variants, by the ids of their messages."""

    def __init__(self) -> None:
        self._said: dict[str, Said] = {}
        self._attached: dict[str, Attached] = {}
        self.sight = Sight()
        """What of their pictures the models get to see."""

    def restore(self, attached: Mapping[str, Attached]) -> None:
        """What went along with messages of a conversation that is resumed, by their ids."""
        self._attached = dict(attached)

    def add(self, id: str, text: str, attached: Attached | None) -> Said:
        """A message of the user that is sent now."""
        if attached is not None:
            self._attached[id] = attached
        return self._of(id, "user", text)

    def along(self, path: Iterable[Utterance]) -> list[Said]:
        """The turns of a branch."""
        return [self._said.get(each.id) or self._of(each.id, each.role, _as_sent(each)) for each in path]

    def _of(self, id: str, role: str, text: str) -> Said:
        turn = Turn("user" if role == "user" else "assistant", text)
        if (attached := self._attached.get(id)) is not None:
            turn = replace(turn, attached=attached.text, images=attached.images)
        said = self._said[id] = Said(turn)
        return said


def _as_sent(said: Utterance) -> str:
    offline = said.role == "assistant" and said.facts.get("model") == OFFLINE
    return NOT_ANSWERED if offline else said.text
