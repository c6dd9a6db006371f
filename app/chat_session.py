"""The way of a message: into the transcript, past the watcher, with what bears on it to the model, and back.

Knows nothing of Textual: the chat screen draws what comes out of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from learnchat.app.engine import Engine, Parts
from learnchat.app.models.model import ChatModel, Done, Event, Request, TextPiece, Turn
from learnchat.app.models.system_prompt import SYSTEM_PROMPT
from learnchat.learning.detection import CONTEXT_CHARACTERS
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.attachments.gathering import Attached
    from learnchat.learning.hearing.watcher import Observation
    from learnchat.learning.recall.giving import Recalled


@dataclass(frozen=True, slots=True)
class Received:
    """A message that is in the transcript and was observed; its proposals, if any, are in the inbox."""

    text: str
    observation: Observation | None
    recalled: Recalled
    """What bears on it, and was not given before."""
    trouble: str = ""
    """What could not be written, as a sentence; the chat goes on."""
    attached: Attached | None = None
    """What goes along with it. Never observed: files are not the user's words."""


def _receive(parts: Parts, text: str, context: str, attached: Attached | None = None) -> Received:
    """In the engine's thread: record first, then observe, then recall."""
    from learnchat.learning.detection import Message
    from learnchat.learning.secrets.finding import find_secrets, masked

    trouble = ""
    message_id = ""
    try:
        # Verbatim but for secrets, which are written down nowhere. Nothing is learned from such a message, so no
        # offset into it is ever needed.
        facts = {"attached": attached.references()} if attached is not None else {}
        message_id = parts.transcript.append("user", masked(text, find_secrets(text)), **facts)
    except OSError as error:
        trouble = f"This conversation is not being recorded: {error.strerror or error}."
    observation = None
    try:
        message = Message(text=text, id=message_id, session=parts.transcript.session, context=context)
        observation = parts.watcher.observe(message)
    except OSError as error:
        trouble = f"Nothing can be asked, the inbox can't be written: {error.strerror or error}."
    parts.drop_gone()
    return Received(text, observation, parts.recall.for_message(text), trouble, attached)


def _record_reply(parts: Parts, text: str, model: str, stopped: bool, given: tuple[str, ...]) -> None:
    from learnchat.learning.secrets.finding import find_secrets, masked

    parts.watcher.said(text)
    text = masked(text, find_secrets(text))
    parts.transcript.append("assistant", text, model=model, stopped=stopped, recalled=list(given))


def _given(parts: Parts, recalled: list[Recalled]) -> tuple[Recalled, list[Recalled]]:
    """In the engine's thread: the stable block, and what of the earlier messages' memory still goes along."""
    parts.drop_gone()
    return parts.recall.stable_block(), [parts.recall.standing(each) for each in recalled]


def _nothing() -> Recalled:
    from learnchat.learning.recall.giving import Recalled

    return Recalled()


@dataclass(slots=True)
class _Said:
    """A turn of the conversation, and what was recalled for it."""

    turn: Turn
    recalled: Recalled | None = None


class ChatSession:
    """One conversation with a model.

    Args:
        engine: where it is recorded and observed.
        model: who answers; may be exchanged between messages.
    """

    def __init__(self, engine: Engine, model: ChatModel) -> None:
        self.model = model
        self.given: tuple[str, ...] = ()
        """Ids of the insights that went with the last request."""
        self._engine = engine
        self._said: list[_Said] = []
        self._allowed: set[str] = set()

    def warm(self) -> None:
        """Import what the first reply and the first saving need, in a thread, while the user still reads or types."""
        from learnchat.learning.secrets.scanner import warm

        self.model.warm()
        warm()

    def begin_again(self) -> None:
        """Forget what was said: a new conversation."""
        self._said.clear()
        self._allowed.clear()
        self.given = ()

    def secrets_to_ask_about(self, text: str = "", attached: str = "") -> tuple[str, ...]:
        """Names of the secrets that would leave this machine with the next request, and were not allowed to.

        Args:
            text: the message that is about to be sent.
            attached: what goes along with it.

        Also those of earlier messages, which a local model may have had. Takes a millisecond for 16 KB: in a thread.
        """
        from learnchat.app.models.remote import is_remote
        from learnchat.learning.secrets.finding import find_secrets

        if not is_remote(self.model.name, os.environ):
            return ()
        texts = [*self._texts(), text, attached]
        found = [one for each in texts if each not in self._allowed for one in find_secrets(each)]
        self._allowed.update(texts if not found else ())
        return tuple(dict.fromkeys(one.name for one in found))

    def allow_secrets(self, text: str = "", attached: str = "") -> None:
        """The user said yes: what was said so far, and this message, may be sent as it is."""
        self._allowed.update([*self._texts(), text, attached])

    def _texts(self) -> list[str]:
        """What the user has sent so far."""
        turns = [said.turn for said in self._said if said.turn.role == "user"]
        return [text for turn in turns for text in (turn.text, turn.attached)]

    @property
    def last_reply(self) -> str:
        """The model's last text; empty before the first."""
        return next((said.turn.text for said in reversed(self._said) if said.turn.role == "assistant"), "")

    async def receive(self, text: str, attached: Attached | None = None) -> Received:
        """Take a message of the user: recorded, observed, and what bears on it found, in this order."""
        try:
            return await self._engine.call(_receive, text, self.last_reply[-CONTEXT_CHARACTERS:], attached)
        except (LearnchatError, OSError) as error:
            # The user's data can't be used at all. Whoever only wants an answer still gets one.
            return Received(text, None, _nothing(), f"Nothing is recorded and nothing asked: {error}", attached)

    async def reply(self, received: Received) -> AsyncGenerator[Event, None]:
        """Answer a received message, piece by piece.

        Cancelling it stops the reply; what came is kept, in the transcript and in the conversation.

        Raises:
            ModelError: the model failed; what came before is kept, and `retry` sends the message again.
        """
        turn = Turn("user", received.text)
        if received.attached is not None:
            turn = replace(turn, attached=received.attached.text, images=received.attached.images)
        self._said.append(_Said(turn, received.recalled))
        async with aclosing(self._stream()) as events:
            async for event in events:
                yield event

    async def retry(self) -> AsyncGenerator[Event, None]:
        """Send the last message again: it is in the transcript already, and was observed.

        Nothing happens before the first message.

        Raises:
            ModelError: as `reply`.
        """
        while self._said and self._said[-1].turn.role == "assistant":
            self._said.pop()
        if self._said:
            async with aclosing(self._stream()) as events:
                async for event in events:
                    yield event

    async def _stream(self) -> AsyncGenerator[Event, None]:
        request = await self._request()
        pieces: list[str] = []
        whole = False
        try:
            async with aclosing(self.model.stream(request)) as events:
                async for event in events:
                    if isinstance(event, TextPiece):
                        pieces.append(event.text)
                    whole = whole or isinstance(event, Done)
                    yield event
        finally:
            if reply := "".join(pieces):
                self._said.append(_Said(Turn("assistant", reply)))
                # Shielded: stopping a reply must not stop what came of it from being recorded. Where nothing can be
                # recorded, that was said when the message was received.
                with contextlib.suppress(LearnchatError, OSError):
                    recorded = self._engine.call(_record_reply, reply, self.model.name, not whole, self.given)
                    await asyncio.shield(recorded)

    async def _request(self) -> Request:
        """The conversation as it is sent now, with what is recalled."""
        remembered = [said for said in self._said if said.recalled is not None]
        recalled = [said.recalled for said in remembered if said.recalled]
        try:
            stable, standing = await self._engine.call(_given, recalled)
        except (LearnchatError, OSError):
            stable, standing = _nothing(), [_nothing() for _ in recalled]
        memory = {id(said): recalled for said, recalled in zip(remembered, standing, strict=True)}
        self.given = tuple(dict.fromkeys((*stable.ids, *(id for each in standing for id in each.ids))))
        turns: list[Turn] = []
        for said in self._said:
            text = memory[id(said)].text if id(said) in memory else ""
            turn = replace(said.turn, memory=text)
            if turns and turns[-1].role == turn.role:
                turn = _joined(turns.pop(), turn)
            turns.append(turn)
        return Request(turns=tuple(turns), system=SYSTEM_PROMPT, stable=stable.text)


def _joined(first: Turn, second: Turn) -> Turn:
    """Two turns of the same role as one: after a failed reply two of the user's follow each other, which some
    providers refuse."""
    memory = "\n\n".join(part for part in (first.memory, second.memory) if part)
    attached = "\n\n".join(part for part in (first.attached, second.attached) if part)
    images = (*first.images, *second.images)
    return Turn(first.role, f"{first.text}\n\n{second.text}", memory, attached, images)
