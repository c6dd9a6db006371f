"""`learnchat --plain`: the chat in lines of text, for screen readers and terminals that know nothing else.

No screen, no box, no colour, no spinner: what is said is printed below what was said before. The consent is the
toast's, in numbered questions at the end of a turn, and of the session.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import aclosing
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnchat.app import slash_commands
from learnchat.app.interrupts import wake_for_signals
from learnchat.app.models.model import Event, ModelError, Notice, TextPiece, Waiting
from learnchat.app.plain.commands import PlainCommands
from learnchat.app.plain.confirming import Confirmation, agreed
from learnchat.app.plain.framing import greet, sum_up
from learnchat.app.plain.given import PlainGiven, parse_word
from learnchat.app.plain.line_editor import Written, read_written
from learnchat.app.plain.output import PlainOutput
from learnchat.app.plain.questions import Questions, parse_answer
from learnchat.app.plain.talk import Talk
from learnchat.app.plain.wrapping import say
from learnchat.app.printing import prepare_streams
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.attachments.gathering import Attached
    from learnchat.app.chat_session import Received
    from learnchat.app.plain.judging import PlainJudging
    from learnchat.learning.hearing.watcher import Observation
    from learnchat.learning.proposal import Proposal
    from learnchat.learning.transcripts.session import SessionFile

PROMPT = "You: "
MORE = "... "
END_PROMPT = "Answer, or press Enter to leave: "


def open_plain_chat(
    directory: Path,
    model: str | None,
    *,
    quiet: bool = False,
    temporary: bool = False,
    role: str | None = None,
    resume: SessionFile | None = None,
) -> int:
    """Talk until the user leaves; returns the exit code.

    Raises:
        LearnchatError: the model that was asked for is none.
    """
    prepare_streams()
    talk = Talk(directory, model=model, quiet=quiet, temporary=temporary, role=role)
    try:
        with asyncio.Runner() as runner:
            wake_for_signals(runner.get_loop())
            PlainChat(talk, runner.run, resume).run()
    finally:
        talk.close()
    return 0


class PlainChat:
    """Reads lines and answers them.

    Args:
        talk: the conversation.
        work: runs something to its end; Ctrl+C stops it, and is raised as KeyboardInterrupt.
        resume: the session to go on with; None for a new one.
    """

    def __init__(
        self, talk: Talk, work: Callable[[Coroutine[Any, Any, None]], None], resume: SessionFile | None = None
    ) -> None:
        self.talk = talk
        self.received: Received | None = None
        """What became of the last message."""
        self.questions = Questions(talk.engine, say)
        self.given = PlainGiven(talk.engine, talk.session, say)
        self.left = False
        self.confirmation: Confirmation | None = None
        """What is to be asked before the next line is read."""
        self._work = work
        self._resume = resume
        self._commands = PlainCommands(self)

    @cached_property
    def judging(self) -> PlainJudging:
        # 0.07 s: after the greeting.
        from learnchat.app.plain.judging import PlainJudging

        return PlainJudging(self.talk)

    def run(self) -> None:
        """From the greeting to the last question."""
        self._do(greet(self.talk, self._resume))
        self.given.take_up(self.talk.session.path)
        self.judging.opened()
        try:
            self._talk()
            self._ask_the_rest()
            self._do(sum_up(self.talk))
        finally:
            self.judging.close()

    def _talk(self) -> None:
        while not self.left:
            try:
                written = read_written(PROMPT, MORE)
            except EOFError:
                say("")
                break
            except KeyboardInterrupt:
                say("")
                say("Ctrl+D leaves.")
                continue
            self._do(self._take(written))
            self._confirm()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something; what fails is told, and ends nothing."""
        try:
            self._work(work)
        except KeyboardInterrupt:
            say("Stopped.")
        except LearnchatError as error:
            say(str(error))
        except OSError as error:
            say(f"That failed: {error.strerror or error}.")

    async def _take(self, written: Written) -> None:
        line = written.text
        if not line.strip():
            return
        answer = parse_answer(line)
        if answer is not None and self.questions.has(answer.number):
            await self.questions.answer(answer)
            return
        if (word := parse_word(line)) is not None and self.given.has(word.number):
            await self.given.answer(word)
            return
        if answer is not None and line[0] != " " and (objection := self.questions.objection(answer.number)):
            say(f"{objection} To send it as a message, begin with a space.")
            return
        if written.typed and await self.questions.ask_again(line):
            return
        call = slash_commands.parse(line, written.typed)
        if call is not None and call.name == slash_commands.SHELL and not await _is_program(call):
            call = None
        if call is None:
            await self.send(line.strip(), written.pasted)
        else:
            await self._commands.run(call)
        await self.questions.propose(self.judging.found())
        if self.judging.has_read_earlier_ones():
            say("The judge found something in an earlier conversation. /inbox shows what waits.")
        await self.talk.engine.catch_up()

    async def send(self, text: str, pasted: Sequence[str]) -> None:
        """Send a message, and print the reply; then ask about what was heard.

        Args:
            text: the message.
            pasted: what of it is somebody else's words.
        """
        attached = await self.talk.gather(text)
        for problem in attached.problems:
            say(problem)
        if names := await self.talk.secrets(text, attached):
            say(f"This would send a secret to {self.talk.session.model.name}: {', '.join(names)}.")
            self.confirmation = Confirmation(
                "Send it? y or n: ", partial(self._send_all_the_same, text, attached, pasted), "Not sent."
            )
            return
        await self._send(text, attached, pasted)

    async def _send(self, text: str, attached: Attached, pasted: Sequence[str]) -> None:
        received = self.received = await self.talk.session.receive(text, attached, pasted)
        self.given.asked(received)
        if received.trouble:
            say(received.trouble)
        # The judge has as long as the reply takes, and two seconds at least.
        admitted = asyncio.ensure_future(self.judging.admitted(received.observation, text))
        try:
            await self.print_reply(self.talk.session.reply(received))
            if received.observation is not None:
                self._say_what_was_seen(received.observation, await admitted)
            await self.questions.propose([*await admitted, *self.judging.found()])
        finally:
            admitted.cancel()

    def _say_what_was_seen(self, observation: Observation, asked: Sequence[Proposal]) -> None:
        from learnchat.app.judging.chat_judge import HELD_BACK

        if observation.analysis.secrets:
            say("A secret was seen and not stored. Nothing of this message is remembered.")
        if held_back := len(observation.proposals) - len(asked):
            self.questions.miss(held_back, HELD_BACK)

    def _confirm(self) -> None:
        """What waits for a yes is done after one, or not at all."""
        waiting, self.confirmation = self.confirmation, None
        if waiting is not None and agreed(waiting.question):
            self._do(waiting.yes())
        elif waiting is not None:
            say(waiting.no)

    async def _send_all_the_same(self, text: str, attached: Attached, pasted: Sequence[str]) -> None:
        """Send a message that holds a secret."""
        self.talk.session.secrets.allow(text, attached.text)
        await self._send(text, attached, pasted)

    async def print_reply(self, events: AsyncGenerator[Event, None]) -> None:
        """Print a reply as it comes."""
        output = PlainOutput()
        came = False
        self.judging.sending()
        output.write(f"{self.talk.session.model.name}: ")
        try:
            async with aclosing(events) as stream:
                async for event in stream:
                    if isinstance(event, TextPiece):
                        came = True
                        output.write(event.text)
                    elif isinstance(event, Notice):
                        output.finish()
                        say(event.sentence)
                    elif isinstance(event, Waiting) and event.begins:
                        output.finish()
                        say(f"{event.sentence} Asking again in {event.seconds} seconds. Ctrl+C stops.")
            output.finish()
        except ModelError as error:
            output.finish()
            say(f"{error} {'/continue goes on from there, ' if came else ''}/retry sends it again.")
        finally:
            output.finish()
            self.judging.exchanged()
        await self.given.name()

    def _ask_the_rest(self) -> None:
        """Silence, an empty line or Ctrl+D leaves all of it in the inbox."""
        self.questions.add(self.judging.found())
        self._do(self.questions.ask_the_rest())
        while self.questions.asking_the_rest:
            try:
                line = read_written(END_PROMPT, MORE).text
            except (EOFError, KeyboardInterrupt):
                say("")
                break
            if not line.strip():
                break
            answer = parse_answer(line)
            if answer is not None and self.questions.has(answer.number):
                self._do(self.questions.answer(answer))
            else:
                say("That is no answer to one of them.")
        if self.questions.open:
            say("What is not answered waits in the inbox for 7 days.")


async def _is_program(call: slash_commands.Call) -> bool:
    from learnchat.app.shell_lines import is_program

    return await asyncio.to_thread(is_program, call.argument)
