"""Replies as they come: one at a time, each drawn, stopped, or failed in plain words."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Protocol

from textual.worker import Worker, get_current_worker

from learnchat.app.chat_session import ChatSession
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.accounting import Account
    from learnchat.app.engine import Engine
    from learnchat.app.models.model import Event, Usage
    from learnchat.app.parts import Parts
    from learnchat.app.screens.given import GivenInsights
    from learnchat.widgets.conversation import Conversation
    from learnchat.widgets.reply import Reply

STOPS = "esc stops the reply"


class Listener(Protocol):
    """What the replies need of the chat screen."""

    @property
    def engine(self) -> Engine: ...

    def say(self, sentence: str, hint: str = "") -> None: ...

    def show_hint(self, hint: str) -> None:
        """Say for a while what can be done now."""

    def show_state(self, state: str) -> None:
        """Say what is so until the next state."""

    @property
    def given(self) -> GivenInsights:
        """Names below a reply that has come the insights that went with it."""

    def reply_changed(self) -> None:
        """A reply began or ended."""


class Replies:
    """Draws the replies of a session into the conversation.

    Args:
        session: whose replies.
        conversation: where they are drawn.
        listener: the chat screen.
    """

    def __init__(self, session: ChatSession, conversation: Conversation, listener: Listener) -> None:
        self._session = session
        self._conversation = conversation
        self._listener = listener
        self._turn = asyncio.Lock()
        self._current: Worker[Any] | None = None
        self._account: Account | None = None
        """What the replies took so far."""
        self._accounted: object = None
        """The conversation that they belong to; a new one has a new account."""
        self._waiting = ""
        """What keeps the reply, while it waits to be asked for again."""

    @property
    def active(self) -> bool:
        """Whether a reply is coming."""
        return self._current is not None

    def stop(self) -> None:
        """Stop the reply that is coming; what came is kept."""
        if self._current is not None:
            self._current.cancel()

    async def show(self, events: AsyncGenerator[Event, None], reply: Reply | None = None) -> None:
        """Draw one reply, after those asked for before it. Runs in a worker, which `stop` cancels.

        Args:
            events: what comes of the model.
            reply: where it is drawn; None for a new place at the end.
        """
        reply = reply or await self._conversation.start_reply(self._session.model.name)
        if self._turn.locked():
            reply.hold()
        async with self._turn:
            reply.begin()
            self._current = get_current_worker()
            self._waiting = ""
            self._listener.show_state(STOPS)
            self._listener.reply_changed()
            state = ""
            try:
                usage = await self._draw(events, reply)
                if reply.source.strip():
                    await reply.finish()
                    state = await self._account_for(usage)
                else:
                    await reply.fail("The model sent an empty reply.", "/retry asks again.")
            except asyncio.CancelledError:
                if self._waiting:
                    await reply.fail(self._waiting, "/retry sends it again.")
                else:
                    await reply.stop()
                    if reply.source.strip():
                        await self._listener.given.name(reply)
                        state = await self._account_for(self._session.took)
                    self._listener.show_hint("Stopped; what came is kept. /continue goes on, /retry asks again.")
            except LearnchatError as error:
                from learnchat.app.models.new_keys import login_offer

                again = "/retry sends it again." if getattr(error, "retry", False) else "Then /retry sends it again."
                if reply.source.strip():
                    state = await self._account_for(self._session.took)
                    again = f"/continue goes on from there, {again[0].lower()}{again[1:]}"
                hints = (_sentence(error.hint), login_offer(error), again)
                await reply.fail(_sentence(error.title), " ".join(filter(None, hints)))
            except Exception as error:
                await reply.fail(f"Something went wrong inside learnchat: {type(error).__name__}: {error}.", "")
                raise
            finally:
                self._current = None
                self._listener.show_state(state)
                self._listener.reply_changed()

    async def _draw(self, events: AsyncGenerator[Event, None], reply: Reply) -> Usage | None:
        """Draw what comes; returns what the service counted."""
        from learnchat.app.models.model import Notice, ReasoningPiece, TextPiece, Usage, Waiting

        usage: Usage | None = None
        thinking: list[str] = []
        began = time.monotonic()
        seconds = 0
        async with aclosing(events) as stream:
            async for event in stream:
                if isinstance(event, Waiting):
                    self._waiting = event.sentence
                    self._listener.show_hint("")
                    self._listener.show_state(f"{event.sentence} Again in {event.seconds} s · esc stops")
                    continue
                if self._waiting:
                    self._waiting = ""
                    self._listener.show_state(STOPS)
                if isinstance(event, TextPiece):
                    seconds = seconds or round(time.monotonic() - began)
                    await reply.write(event.text)
                elif isinstance(event, ReasoningPiece):
                    thinking.append(event.text)
                elif isinstance(event, Notice):
                    self._listener.say(event.sentence)
                elif isinstance(event, Usage):
                    usage = event
        if thinking:
            reply.thought("".join(thinking).strip(), seconds)
        await self._listener.given.name(reply)
        return usage

    async def _account_for(self, usage: Usage | None) -> str:
        """What the reply took, in one line; a context that is nearly full is told in the conversation."""
        if usage is None:
            return ""
        from learnchat.app.accounting import Account

        conversation = self._session.branches
        if self._account is None or self._accounted is not conversation:
            self._account, self._accounted = Account(self._session.spent), conversation
        name = usage.model or self._session.model.name
        try:
            window = await self._listener.engine.call(_window, name)
        except (LearnchatError, OSError):
            window = None
        bill = await asyncio.to_thread(self._account.add, usage, name, window)
        if warning := self._account.warning(bill, name):
            self._listener.say(warning)
        return self._account.line(bill)


def _window(parts: Parts, name: str) -> int | None:
    from learnchat.app.models.parameters import parameters_of

    return parameters_of(name, parts.configuration.parameters).context


def _sentence(text: str) -> str:
    """With a full stop, where what a service says has none."""
    return f"{text}." if text and text[-1] not in ".!?…" else text
