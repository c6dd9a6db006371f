"""The way of a message: into the transcript, past the watcher, with what bears on it to the model, and back.

Knows nothing of Textual: the chat screen draws what comes out of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from learnchat.app.engine import Engine
from learnchat.app.recording import Received as Received
from learnchat.app.recording import given, nothing, receive
from learnchat.app.secret_consent import SecretConsent
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.accounting import Spent
    from learnchat.app.attachments.gathering import Attached
    from learnchat.app.models.model import ChatModel, Event, Request, Usage
    from learnchat.app.roles import Role
    from learnchat.app.said import Turns
    from learnchat.learning.transcripts.branches import Branches
    from learnchat.learning.transcripts.saved import Compaction, SavedSession
    from learnchat.learning.transcripts.session import Transcript, Utterance


class ChatSession:
    """One conversation with a model.

    Args:
        engine: where it is recorded and observed.
        model: who answers; may be exchanged between messages.
    """

    def __init__(self, engine: Engine, model: ChatModel) -> None:
        self.model = model
        self.role: Role | None = None
        """What the user wants the model to be; None where nothing."""
        self.given: tuple[str, ...] = ()
        """Ids of the insights that went with the last request."""
        self.used: tuple[str, ...] = ()
        """Those that its reply took up."""
        self.compactions: list[Compaction] = []
        """Summaries that stand for the beginning of the conversation; the last one counts."""
        self.took: Usage | None = None
        """What the last reply took, also where it was stopped; None where that is not known."""
        self.spent: Spent | None = None
        """What the conversation took before it was resumed; None for a new one."""
        self._engine = engine
        self._turns_said: Turns | None = None
        self._branches: Branches | None = None
        self._coming: dict[str, str] = {}
        self.secrets = SecretConsent(lambda: self.model.name, self.sent)

    def warm(self) -> None:
        """Import what the first saving and the first reply need, in a thread, while the user still reads or types."""
        from learnchat.learning.memory.warming import warm

        # First what takes a tenth of a second; a model's SDK takes up to two.
        warm()
        self.model.warm()

    # -- what was said

    @property
    def branches(self) -> Branches:
        """All that was said, in all its variants."""
        if self._branches is None:
            from learnchat.learning.transcripts.branches import Branches

            self._branches = Branches()
        return self._branches

    @property
    def _turns(self) -> Turns:
        """The same, as it is sent."""
        if self._turns_said is None:
            from learnchat.app.said import Turns

            self._turns_said = Turns()
        return self._turns_said

    @property
    def path(self) -> list[Utterance]:
        """What was said, as it is seen and sent."""
        return self.branches.path()

    @property
    def last_reply(self) -> str:
        """The model's last text; empty before the first."""
        return next((said.text for said in reversed(self.path) if said.role == "assistant"), "")

    def begin_again(self) -> None:
        """Forget what was said: a new conversation."""
        self._branches = self._turns_said = None
        self._coming, self.compactions, self.spent = {}, [], None
        self.secrets.forget()
        self.given = self.used = ()

    def take_up(self, saved: SavedSession, attached: Mapping[str, Attached]) -> None:
        """Go on with a conversation that was read, as short as it was made, with what it took and, by the ids of its
        messages, with what went along with them."""
        from learnchat.app.accounting import spent

        self.begin_again()
        self._branches = saved.branches
        self.compactions = list(saved.compactions)
        self.spent = spent(saved.usages)
        self._turns.restore(attached)

    async def choose(self, tip: str) -> None:
        """Look at another branch, the one that ends with this message, also when the session is resumed. What is sent
        next follows it. An empty id stands before the first message."""
        self.branches.tip = tip
        if tip:
            await self._note(current=tip)

    async def _note(self, **facts: str | bool) -> None:
        with contextlib.suppress(LearnchatError, OSError):
            await self._engine.call(lambda parts: parts.transcript.note(**facts))

    def sent(self) -> list[str]:
        """What the user has sent so far, and what went along with it."""
        turns = [said.turn for said in self._turns.along(self.path) if said.turn.role == "user"]
        return [text for turn in turns for text in (turn.text, turn.attached)]

    # -- messages and replies

    async def receive(self, text: str, attached: Attached | None = None, pasted: Sequence[str] = ()) -> Received:
        """Take a message of the user: recorded, observed, and what bears on it found, in this order."""
        from learnchat.learning.detection import CONTEXT_CHARACTERS
        from learnchat.learning.identifiers import new_identifier
        from learnchat.learning.transcripts.session import Utterance

        context, place = self.last_reply[-CONTEXT_CHARACTERS:], self._place()
        received = Received(text, None, nothing(), "", attached, new_identifier(), tuple(pasted))
        self._coming[received.id] = new_identifier()
        self.branches.add(Utterance(received.id, "user", text, facts=place), place["parent"])
        said = self._turns.add(received.id, text, attached)
        try:
            received = await self._engine.call(receive, received, place, context)
        except (LearnchatError, OSError) as error:
            # The user's data can't be used at all. Whoever only wants an answer still gets one.
            received = replace(received, trouble=f"Nothing is recorded and nothing asked: {error}")
        said.recalled = received.recalled
        return received

    def _place(self) -> dict[str, str]:
        """Where the next message stands: below the last reply, also while that is still to come."""
        tip = self.branches.tip
        coming = self._coming.get(tip)
        return {"parent": coming, "after": tip} if coming else {"parent": tip}

    def reply(self, received: Received) -> AsyncGenerator[Event, None]:
        """Answer a received message, piece by piece.

        Cancelling it stops the reply; what came is kept, in the transcript and in the conversation.

        Raises:
            ModelError: the model failed; what came before is kept, and `retry` sends the message again.
        """
        return self._stream(received.id)

    async def retry(self) -> AsyncGenerator[Event, None]:
        """Send the last message again: it is in the transcript already, and was observed. The replies that it has are
        kept as variants.

        Nothing happens before the first message.

        Raises:
            ModelError: as `reply`.
        """
        from learnchat.learning.identifiers import new_identifier

        last = next((each.id for each in reversed(self.path) if each.role == "user"), None)
        if last is not None:
            self.branches.tip = last
            self._coming[last] = new_identifier()
            async with aclosing(self._stream(last)) as events:
                async for event in events:
                    yield event

    async def go_on(self) -> AsyncGenerator[Event, None]:
        """Have the last reply continued where it ends; both parts become one reply.

        Raises:
            ModelError: as `reply`.
        """
        from learnchat.learning.identifiers import new_identifier

        path = self.path
        if len(path) > 1 and path[-1].role == "assistant":
            self._coming[path[-2].id] = new_identifier()
            async with aclosing(self._stream(path[-2].id, continued=path[-1])) as events:
                async for event in events:
                    yield event

    async def compact(self) -> AsyncGenerator[Event, None]:
        """Have the model summarise what was said; from then on the summary goes along in its place, also when the
        conversation is resumed. The transcript keeps every word. Nothing happens before the first reply.

        Raises:
            ModelError: as `reply`.
        """
        from learnchat.app.compacting import record_compaction, summarise
        from learnchat.learning.transcripts.saved import Compaction

        if len(self.path) < 2:
            return
        until, compactions = self.path[-1].id, self.compactions
        request, transcript = await self._request(until)

        async def keep(summary: str, usage: Usage | None) -> None:
            compactions.append(compaction := Compaction(until, summary))
            if transcript is not None:
                with contextlib.suppress(LearnchatError, OSError):
                    await self._engine.call(record_compaction, transcript, compaction, usage, self.model.name)

        async with aclosing(summarise(self.model, request, keep)) as events:
            async for event in events:
                yield event

    async def take_back_summary(self) -> bool:
        """Let what was said go along again, in place of the summary of this branch; returns whether there was one."""
        from learnchat.app.compacting import in_force

        found = in_force([said.id for said in self.path], self.compactions)
        if found is not None:
            self.compactions.remove(found)
            await self._note(compacted=False, until=found.until)
        return found is not None

    async def _stream(self, asked: str, continued: Utterance | None = None) -> AsyncGenerator[Event, None]:
        """Reply to a message, or go on with a reply to it."""
        # Not before the first paint: the dataclasses of it take 3 ms.
        from learnchat.app.coming import Coming
        from learnchat.app.models.model import Notice, Turn
        from learnchat.app.safekeeping import Safekeeping
        from learnchat.app.turns import GO_ON
        from learnchat.learning.transcripts.session import Utterance

        branches, coming = self.branches, self._coming
        request, transcript = await self._request(continued.id if continued is not None else asked)
        if notice := self._turns.sight.take_notice():
            yield Notice(notice)
        before = ""
        facts: dict[str, Any] = {"model": self.model.name, "recalled": list(self.given), "parent": asked}
        if continued is not None:
            request = replace(request, turns=(*request.turns, Turn("user", GO_ON)))
            before, facts["continues"] = continued.text, continued.id
        came = Coming(request, self.model.name)
        keeping = Safekeeping(self._engine, transcript, came, coming.get(asked, ""), facts, before)
        try:
            async with aclosing(self.model.stream(request)) as events:
                async for event in events:
                    came.take(event)
                    keeping.look_after()
                    yield event
        finally:
            keeping.end()
            id = coming.pop(asked, "")
            self.took = came.took()
            if came.text:
                facts |= {"stopped": not came.whole, **came.thoughts()}
                said = Utterance(id, "assistant", before + came.text, facts=facts)
                branches.add(said, asked)
                question = branches[asked].text if asked in branches else ""
                # Where nothing can be recorded, that was said when the message was received.
                with contextlib.suppress(LearnchatError, OSError):
                    self.used = await keeping.record(question, said, self.took)

    async def _request(self, tip: str) -> tuple[Request, Transcript | None]:
        """The conversation as it is sent now, with what is recalled, and where its reply is recorded."""
        from learnchat.app.compacting import compacted
        from learnchat.app.models.model import Request
        from learnchat.app.models.system_prompt import system_prompt
        from learnchat.app.turns import alternating

        said_until = self.branches.path(tip)
        path = self._turns.along(said_until)
        remembered = [(said, said.recalled) for said in path if said.recalled is not None and said.recalled.text]
        recalled = [each for _, each in remembered]
        transcript: Transcript | None = None
        try:
            transcript, stable, standing = await self._engine.call(given, recalled)
        except (LearnchatError, OSError):
            stable, standing = nothing(), [nothing() for _ in recalled]
        memory = {id(said): each.text for (said, _), each in zip(remembered, standing, strict=True)}
        self.used, self.took = (), None
        self.given = tuple(dict.fromkeys((*stable.ids, *(id for each in standing for id in each.ids))))
        every = [replace(said.turn, memory=memory[id(said)]) if id(said) in memory else said.turn for said in path]
        turns = alternating(compacted(every, [each.id for each in said_until], self.compactions))
        system = system_prompt(self.role.text if self.role else "")
        request = Request(turns=turns, system=system, stable=stable.text)
        return await self._turns.sight.fit(request, self.model.name), transcript
