"""`learnchat ask`: one question, one answer, for scripts and pipes."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import aclosing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from learnchat.app.answer import Answer, Outcome
from learnchat.app.chat_flags import Model, RoleName
from learnchat.app.commands import completing
from learnchat.app.commands.workplace import ProjectOption
from learnchat.app.exit_codes import FAILURE, INTERRUPTED, SECRET, USAGE, UsageError
from learnchat.app.interrupts import wake_for_signals
from learnchat.app.locations import Locations, expand
from learnchat.app.models.model import Done, ModelError, Notice, TextPiece, Usage, Waiting
from learnchat.app.printing import complain, print_json
from learnchat.app.question import read_question
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.attachments.reading import Item
    from learnchat.app.chat_session import Received
    from learnchat.app.parts import Parts
    from learnchat.app.plain.output import Output
    from learnchat.app.plain.talk import Talk
    from learnchat.learning.transcripts.session import SessionFile

# Where a shell is, and not the prompt of the chat.
_IN_THE_CHAT = re.compile(r"(?<![\w/])/model\b")

HELP = """
Ask one question, and print the answer.

What comes by a pipe goes along as data; with `-` in place of a question, or with none, it is the question. On a
terminal the answer is drawn as Markdown, in a pipe it is the text as it is. What is heard in the question waits in the
inbox; nothing is asked.

\b
  learnchat ask "how do we deploy?"
  git diff | learnchat ask "write a commit message"
  learnchat ask -c "and in one line?"
  learnchat ask --json "…" | jq -r .reply

\b
--json prints an object. Its "outcome":
  answered   the reply is whole
  stopped    it was interrupted, or broke off: "reply" is what came of it
  failed     the model was asked, and nothing came; "error" says why
  not_asked  no model is set up, or the question is too long; "error" says which

\b
Exit codes:
  0    answered
  1    the model or the network failed (what came of the answer is printed and kept), or no model is set up and nothing
       that you confirmed bears on the question
  2    the command line can't be understood
  3    the message holds a secret, and the model is on another machine: nothing was sent (--allow-secrets sends it)
  130  interrupted; what came of the answer is printed and kept
"""


def ask_command(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", help="The question; - or nothing takes it from standard input."),
    ] = None,
    model: Model = None,
    continued: Annotated[bool, typer.Option("--continue", "-c", help="Go on with the last conversation here.")] = False,
    session: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Go on with this conversation: its id, or its beginning.",
            autocompletion=completing.session_ids,
        ),
    ] = None,
    role: RoleName = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="An object: reply, outcome, error, model, usage, dollars, recalled, session, stopped."
        ),
    ] = False,
    no_recall: Annotated[bool, typer.Option("--no-recall", help="Give the model nothing of what is known.")] = False,
    allow_secrets: Annotated[bool, typer.Option("--allow-secrets", help="Send a message that holds one.")] = False,
    temporary: Annotated[bool, typer.Option("--temporary", help="Write nothing to disk, and hear nothing.")] = False,
    project: ProjectOption = ".",
) -> None:
    from learnchat.app.plain.talk import Talk
    from learnchat.app.temporary import REASON
    from learnchat.learning.disk.files import writing_nothing
    from learnchat.widgets.paste_label import is_foreign

    directory = expand(project)
    if not directory.is_dir():
        raise UsageError(f"There is no folder {directory}.", "--project takes the folder of a project.")
    if continued and session is not None:
        raise UsageError("--continue and --session are two conversations.", "Give one of them.")
    question, piped = read_question(words or [])
    with writing_nothing(REASON) if temporary else nullcontext():
        try:
            file = _session(directory.resolve(), "" if continued else session)
            talk = Talk(directory.resolve(), model=model, quiet=True, temporary=temporary, role=role, in_a_shell=True)
        except LearnchatError as error:
            raise UsageError(error.title, error.hint) from None
        try:
            if talk.trouble:
                complain(f"learnchat: {talk.trouble}")
            asking = _Asking(talk, as_json=as_json, recall=not no_recall, allow_secrets=allow_secrets, file=file)
            # What comes whole by a pipe is like a paste: long, it is a log or a diff, and nobody's decision. So are
            # several lines as an argument: they come from "$(cat notes.txt)", hardly from somebody's keys.
            by_pipe = words in (None, [], ["-"])
            foreign = is_foreign(question) if by_pipe else "\n" in question
            code = asking.run(question, piped, foreign=foreign)
        finally:
            talk.close()
    raise typer.Exit(code)


class _Asking:
    """One question, from sending to the exit code."""

    def __init__(
        self, talk: Talk, *, as_json: bool, recall: bool, allow_secrets: bool, file: SessionFile | None
    ) -> None:
        from learnchat.app.plain.output import open_output

        self._talk = talk
        self._as_json = as_json
        self._recall = recall
        self._file = file
        self._allow_secrets = allow_secrets
        self._answer = Answer()
        self._session: str | None = None
        self._output: Output | None = None if as_json else open_output()

    def run(self, question: str, piped: Item | None, *, foreign: bool = False) -> int:
        """Ask.

        Args:
            question: to be answered.
            piped: what goes along with it.
            foreign: the question is not the user's own words, and not listened to.
        """
        code = FAILURE
        try:
            code = asyncio.run(self._ask(question, piped, (question,) if foreign else ()))
        except KeyboardInterrupt:
            # The reply's own task was cancelled and has ended: what came is in the transcript.
            code = INTERRUPTED
            if self._output is not None:
                self._output.finish()
        if self._as_json and code != SECRET:
            print_json(self._facts())
        return code

    async def _ask(self, question: str, piped: Item | None, pasted: tuple[str, ...]) -> int:
        wake_for_signals(asyncio.get_running_loop())
        from learnchat.app.answering import is_known

        talk = self._talk
        if self._file is not None:
            await talk.take_up(self._file)
        await talk.engine.call(_mark_as_asked)
        if not self._recall:
            await talk.recall_nothing()
        if objection := await talk.objection(question):
            self._fail(objection)
            return USAGE
        attached = await talk.gather(question, piped)
        for problem in attached.problems:
            complain(f"learnchat: {problem}")
        if not self._allow_secrets and (names := await talk.secrets(question, attached)):
            complain(
                f"learnchat: Not sent to {talk.session.model.name}: the message holds a secret ({', '.join(names)})."
            )
            complain("--allow-secrets sends it all the same.")
            return SECRET
        # One question is not asked again: it waits for an index that has all.
        await talk.engine.call(lambda parts: parts.finder.update())
        received = await talk.session.receive(question, attached, pasted)
        self._tell(received)
        self._session = await talk.session_id()
        if not talk.choice.chosen and not await talk.engine.call(is_known, question):
            # That nothing is known would pass for the answer of a model wherever nobody reads it.
            return self._fail(_no_model())
        try:
            await self._draw(received)
        except ModelError as error:
            return self._fail(error)
        if not self._answer.text.strip():
            return self._fail(LearnchatError("The model sent an empty reply.", ""))
        return 0

    def _fail(self, error: LearnchatError) -> int:
        self._answer.error = LearnchatError(error.title, _IN_THE_CHAT.sub("--model", error.hint))
        complain(f"learnchat: {error.title}")
        if error.hint:
            complain(self._answer.error.hint)
        return FAILURE

    async def _draw(self, received: Received) -> None:
        self._answer.asked = True
        try:
            async with aclosing(self._talk.reply(received)) as events:
                async for event in events:
                    if isinstance(event, TextPiece):
                        self._answer.pieces.append(event.text)
                        if self._output is not None:
                            self._output.write(event.text)
                    elif isinstance(event, Usage):
                        self._answer.usage = event
                    elif isinstance(event, Notice):
                        complain(f"learnchat: {event.sentence}")
                    elif isinstance(event, Waiting) and event.begins:
                        complain(f"learnchat: {event.sentence} Asking again in {event.seconds} s.")
                    elif isinstance(event, Done):
                        self._answer.stop = event.stop_reason
        finally:
            if self._output is not None:
                self._output.finish()

    def _tell(self, received: Received) -> None:
        """On standard error: what could not be written, and what went to the inbox."""
        if received.trouble:
            complain(f"learnchat: {received.trouble}")
        if received.observation is None or not received.observation.proposals:
            return
        count = len(received.observation.proposals)
        what = "1 thing that may be worth remembering waits" if count == 1 else f"{count} things wait"
        complain(f"learnchat: {what} in the inbox; `learnchat inbox` decides.")

    def _facts(self) -> dict[str, Any]:
        from learnchat.app.accounting import price

        answer, usage = self._answer, self._answer.usage or self._talk.session.took
        return {
            "reply": answer.text,
            "outcome": answer.outcome.value,
            "model": self._talk.session.model.name if self._talk.choice.chosen else None,
            "usage": usage
            and {
                "input": usage.input_tokens,
                "output": usage.output_tokens,
                "cached": usage.cached_tokens,
                "estimated": usage.estimated,
            },
            # By the price list, an estimate; null where it does not know the model.
            "dollars": usage and price(usage, usage.model or self._talk.session.model.name),
            "recalled": list(self._talk.session.given),
            "session": self._session,
            "stopped": answer.outcome is Outcome.STOPPED,
            "error": str(answer.error) if answer.error is not None else None,
        }


def _mark_as_asked(parts: Parts) -> None:
    parts.transcript.asked = True


def _no_model() -> LearnchatError:
    """Nobody is there who could answer; names what the keys of the environment offer."""
    from learnchat.app.models.choice import VARIABLE, offers

    found = next((f"{offer.reason}: --model {offer.name}" for offer in offers(os.environ)), "")
    return LearnchatError(
        "No model is set up.",
        f"{found or '`learnchat login` takes a key; then --model provider/model'}, {VARIABLE} or `learnchat config set "
        "model provider/model` names one. --model offline searches what you confirmed.",
    )


def _session(directory: Path, wanted: str | None) -> SessionFile | None:
    """The session to go on with; the empty name is the last one."""
    if wanted is None:
        return None
    from learnchat.app.sessions.finding import find_session, sessions_folder

    return find_session(sessions_folder(directory, Locations.find()), wanted)
