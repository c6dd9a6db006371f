"""A conversation without a screen: the same engine, the same way of a message, and nothing of Textual."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from learnchat.app.answering import choose, open_answering
from learnchat.app.chat_session import ChatSession, Received
from learnchat.app.configuration import read_early
from learnchat.app.engine import Engine
from learnchat.app.locations import Locations
from learnchat.app.models.model import Event
from learnchat.app.parts import Parts
from learnchat.app.roles import read_role
from learnchat.learning.clock import Clock, SystemClock
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.attachments.gathering import Attached
    from learnchat.app.attachments.reading import Item
    from learnchat.app.sessions.resuming import Resumed
    from learnchat.learning.transcripts.session import SessionFile


class Talk:
    """A conversation: the engine, the session, and who answers.

    Args:
        directory: where learnchat was started.
        model: a model's name from the command line, or None.
        quiet: nothing is asked.
        temporary: nothing is written to disk.
        role: the name of a role, or None.
        in_a_shell: the replies are read where the chat's own commands are none.

    Raises:
        LearnchatError: the model or the role that was asked for is none.
    """

    def __init__(
        self,
        directory: Path,
        *,
        model: str | None = None,
        quiet: bool = False,
        temporary: bool = False,
        role: str | None = None,
        in_a_shell: bool = False,
        clock: Clock | None = None,
    ) -> None:
        self.directory = directory
        self.temporary = temporary
        self.locations = Locations.find()
        self.clock = clock or SystemClock()
        early = read_early(self.locations, directory)
        self.aliases = early.aliases
        self.choice, self.trouble = choose(self.locations, early, model)
        self.engine = Engine(directory, self.locations, self.clock, quiet=quiet, temporary=temporary)
        self.session = ChatSession(self.engine, open_answering(self.engine, self.choice.name, in_a_shell=in_a_shell))
        if role is not None:
            self.session.role = read_role(self.locations.roles, role)

    async def gather(self, text: str, piped: Item | None = None) -> Attached:
        """What goes along with a message: the files that it names, and what came by a pipe, within one limit."""
        from dataclasses import replace

        from learnchat.app.attachments.gathering import gather
        from learnchat.app.attachments.reading import KB, cut_to, size_words
        from learnchat.app.attachments.seeing import blind_models
        from learnchat.app.attachments.workplace import workplace

        place = await self.engine.call(workplace, self.directory)
        piped = piped and cut_to(piped, place.limits.message * KB)
        # No label stands for it in the message: the empty one is in each.
        found = await asyncio.to_thread(gather, text, place, {} if piped is None else {"": piped})
        if found.images and (blind := await asyncio.to_thread(blind_models, self.session.model.name, os.environ)):
            found = found.without_images(f"{', '.join(blind)} can't see pictures.")
        if piped is not None and piped.cut:
            part = f"its first {place.limits.message:,} KB go along (attachments.message_kb)"
            cut = f"{size_words(piped.size)} came by {piped.name}: only {part}."
            found = replace(found, problems=(cut, *found.problems))
        return found

    async def objection(self, text: str) -> LearnchatError | None:
        """Why a message can't be sent: it is longer than what may go along with one."""
        from learnchat.app.attachments.reading import KB, size_words
        from learnchat.app.attachments.workplace import workplace

        most, size = (await self.engine.call(workplace, self.directory)).limits.message, len(text.encode())
        if size <= most * KB:
            return None
        return LearnchatError(
            f"The question is {size_words(size)} long, and {most:,} KB is the most (attachments.message_kb).",
            "What comes by a pipe beside a question goes along as data, by its beginning.",
        )

    async def secrets(self, text: str, attached: Attached) -> tuple[str, ...]:
        """Names of the secrets that would leave this machine with this message."""
        return await asyncio.to_thread(self.session.secrets.to_ask_about, text, attached.text)

    async def reply(self, received: Received) -> AsyncGenerator[Event, None]:
        """The events of the reply to a message.

        Raises:
            ModelError: the model failed.
        """
        async with aclosing(self.session.reply(received)) as events:
            async for event in events:
                yield event

    async def recall_nothing(self) -> None:
        """Give the model nothing of what is known, in this conversation."""
        await self.engine.call(_recall_nothing)

    async def take_up(self, file: SessionFile) -> Resumed:
        """Go on with a session that was held before.

        Raises:
            OSError: it can't be read.
        """
        from learnchat.app.sessions.resuming import take_up

        resumed = await self.engine.call(take_up, file)
        self.session.take_up(resumed.saved, resumed.attached)
        return resumed

    async def session_id(self) -> str | None:
        """The id by which the conversation is found again; None where it is not kept."""
        return await self.engine.call(lambda parts: None if parts.temporary else parts.transcript.session)

    def close(self) -> None:
        """Write what was begun, and end the engine's thread."""
        self.engine.close()


def _recall_nothing(parts: Parts) -> None:
    from learnchat.learning.recall.giving import Recall

    parts.recall = Recall((), 0)
