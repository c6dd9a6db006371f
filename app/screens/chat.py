"""The chat: conversation, prompt, toast. It draws what happens, and hands on what is typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from learnchat.app import slash_commands
from learnchat.app.asker import TICK_SECONDS, Asker
from learnchat.app.chat_session import ChatSession
from learnchat.app.engine import Engine
from learnchat.app.screens.asking import Asking
from learnchat.app.screens.bindings import binding
from learnchat.app.screens.companions import Companions
from learnchat.app.screens.hints import HINT_SECONDS
from learnchat.app.screens.leaving import Leaving
from learnchat.app.screens.moving import MovingScreen
from learnchat.app.screens.overview_rows import OverviewRows
from learnchat.app.screens.replies import Replies
from learnchat.app.screens.tidying import Tidying, put_off
from learnchat.learning.clock import Clock
from learnchat.widgets.conversation import BESIDE, Conversation
from learnchat.widgets.header import Header
from learnchat.widgets.prompt import Prompt
from learnchat.widgets.status import StatusLine
from learnchat.widgets.toast import Toast

if TYPE_CHECKING:
    from learnchat.app.application import Learnchat
    from learnchat.learning.hearing.watcher import Observation
    from learnchat.learning.memory.profiles import Rewording
    from learnchat.learning.proposal import Proposal

# The engine's imports take a core for a quarter of a second: they wait until a first key can have been echoed.
OPEN_AFTER_SECONDS = 0.1


class ChatScreen(Companions, MovingScreen):
    """The screen that is always there; dialogs open over it, and the toast's chords, bound here and not on the app,
    rest meanwhile.

    Args:
        engine: the engine's thread, not yet open.
        session: the conversation with the model.
        clock: the time.
    """

    BINDINGS = [
        binding("toast.remember", "answer('remember')"),
        binding("toast.skip", "answer('skip')"),
        binding("toast.reword", "answer('reword')"),
        binding("toast.later", "answer('later')"),
        binding("memory.undo", "undo"),
        binding("chat.stop", "stop"),
        binding("chat.variant", "variant"),
    ]
    AUTO_FOCUS = "Prompt"
    HORIZONTAL_BREAKPOINTS = [(BESIDE, "-beside")]

    def __init__(self, engine: Engine, session: ChatSession, clock: Clock) -> None:
        super().__init__(clock)
        self.engine = engine
        self.session = session
        self.observation: Observation | None = None
        """What became of the last message, for /why-not."""
        self.missed_because = ""
        """Why what was heard in it was not asked but went to the inbox; empty when it was, or is still to be, asked."""
        self._trouble = ""
        self.opened = False
        """Whether the engine is open, and all it had to say is said."""
        self.rows = OverviewRows(self)
        self.leaving = Leaving(self)
        self._tidying = Tidying(self)

    def compose(self) -> ComposeResult:
        yield Header(id="header")
        with Container(id="talk"):
            yield Conversation(id="conversation")
            with Container(id="toast-place"):
                yield Toast()
        keys_of = self.learnchat.keys_of
        yield Prompt(send=keys_of("prompt.send"), new_line=keys_of("prompt.new_line"), id="prompt")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        self.conversation = self.query_one(Conversation)
        self.prompt = self.query_one(Prompt)
        self.asker = Asker(
            self.query_one(Toast),
            self.attention,
            self.clock,
            seconds=30.0,
            start=self.start,
            changed=self._asking_changed,
            missed=self.missed,
        )
        self.replies = Replies(self.session, self.conversation, self)
        self.asking = Asking(self.engine, self.asker, self, self.learnchat.key_of)
        self._ticking: Timer = self.set_interval(TICK_SECONDS, self._tick, pause=True)
        self.rows.show_header()
        self.engine.failure_changed = self.memory_changed
        put_off()
        self.leaving.heed_signals()
        self.set_timer(OPEN_AFTER_SECONDS, lambda: self.start(self._open()))

    # -- opening

    async def _open(self) -> None:
        from learnchat.app.screens.beginning import begin

        await begin(self)

    @property
    def learnchat(self) -> Learnchat:
        from learnchat.app.application import Learnchat

        assert isinstance(self.app, Learnchat)
        return self.app

    # -- what is typed

    def on_prompt_submitted(self, event: Prompt.Submitted) -> None:
        self.leaving.sent()
        call = slash_commands.parse(event.text, event.typed)
        if call is None:
            self.send(event.text.strip())
        elif call.command is not None:
            self.run_command(call.name, call.argument)
        elif call.name == slash_commands.SHELL:
            self.start(self._take_shell_line(call, event.text))
        else:
            self._refuse(call, event.text)

    async def _take_shell_line(self, call: slash_commands.Call, text: str) -> None:
        from learnchat.app.shell_lines import is_program

        if await asyncio.to_thread(is_program, call.argument):
            self._refuse(call, text)
        else:
            self.send(text.strip())

    def _refuse(self, call: slash_commands.Call, text: str) -> None:
        """Say why what looks like a command is not sent; it stands in the prompt again."""
        objection = slash_commands.objection(call, f"{self.asking.shown('prompt.send')} takes it.")
        self.tell(objection.sentence, objection.hint)
        self.prompt.refuse(text, objection.instead)

    def on_text_area_changed(self) -> None:
        self.leaving.changed(self.prompt.text)

    def run_command(self, name: str, argument: str) -> None:
        """Run a slash command, typed or chosen from the palette."""
        if name == "new":
            # Not when the command gets its turn: what is sent meanwhile is the new conversation's, and not taken back.
            self.action_stop()
        self.start(self.commands.run(name, argument))

    # -- messages and replies

    def send(self, text: str) -> None:
        """Send a message of the user; it waits while a reply comes."""
        if not self.prompting.queue.hold(text):
            self.start(self._send(text))

    async def _send(self, text: str) -> None:
        from learnchat.app.screens.secret import may_send

        async with self.prompting.attaching.order:
            attached = await self.prompting.attaching.attached(text)
            if attached is None or not await may_send(self, text, attached.text):
                return
            await self.revising.apply()
            reply = await self.conversation.add_exchange(text, self.session.model.name, attached.summary())
        try:
            self.judging.sending()
            pasted = self.prompt.sent(text).pasted
            received = await self.session.receive(text, attached if attached.items else None, pasted)
        except Exception:
            await reply.fail("This message could not be taken.")
            raise
        if received.trouble and received.trouble != self._trouble:
            self.say(received.trouble)
        self._trouble = received.trouble
        self.given.asked(received)
        if received.observation is not None:
            self.observed(received.observation, text)
        await self.replies.show(self.session.reply(received), reply)
        self.judging.exchanged()

    def observed(self, observation: Observation, text: str) -> None:
        """A message was observed: ask about what was heard."""
        self.observation = observation
        self.missed_because = ""
        if observation.analysis.secrets:
            names = ", ".join(dict.fromkeys(found.name for found in observation.analysis.secrets))
            self.say(f"A secret was seen ({names}) and not stored. Nothing of this message is remembered.")
        if observation.proposals:
            self.judging.ask(observation, text)
            self.memory_changed()

    def reply_changed(self) -> None:
        """A reply began or ended."""
        self.refresh_bindings()
        if not self.replies.active:
            self._tidying.reply_ended()
            self.prompting.queue.release()

    # -- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A chord that is not the toast's now goes on to the prompt; Esc is ours only while a reply comes."""
        if action == "answer":
            return self.asker.takes(str(parameters[0]))
        if action == "stop":
            stoppable = self.replies.active or self.revising.active or self.asides.active
            return stoppable and not self.prompting.takes_escape
        return True

    def action_answer(self, answer: str) -> None:
        self.asker.answer(answer)

    def on_toast_answered(self, event: Toast.Answered) -> None:
        self.asker.answer(event.answer)

    def action_undo(self) -> None:
        # Not before the first paint.
        from learnchat.learning.memory.clearing import undo_last

        self.start(self.asking.decide(lambda parts: undo_last(parts.profiles), self.tell))

    def action_stop(self) -> None:
        self.revising.cancel()
        self.asides.stop()
        self.replies.stop()
        self.prompting.queue.take_back()

    def action_why(self, number: int, place: int) -> None:
        """A chip below a reply was clicked."""
        self.start(self.given.show(number, place))

    def action_variant(self) -> None:
        self.run_command("variant", "")

    # -- what learnchat says

    def show_hint(self, hint: str, seconds: float = HINT_SECONDS) -> None:
        """Say at the left of the status line, for a while, what can be done now."""
        self.rows.hints.hint(hint, seconds)

    def show_state(self, state: str) -> None:
        """Say there what is so, until the next state."""
        self.rows.hints.state(state)

    def on_prompt_active(self, event: Prompt.Active) -> None:
        self.rows.hints.key()

    def memory_changed(self) -> None:
        """Something was heard or decided: count again."""
        self.start(self.rows.refresh())

    async def reword(self, proposal: Proposal, replaces: str) -> Rewording | str | None:
        """Open the dialog; it comes back with a rewording, "never", or None when it was cancelled."""
        from learnchat.app.screens.rechecks import reword

        return await reword(self, proposal, replaces)

    # -- asking

    def _asking_changed(self) -> None:
        self.refresh_bindings()
        self._ticking.resume()
        self.rows.show_waiting()

    def _tick(self) -> None:
        self.asker.tick()
        if not self.asker.busy:
            self._ticking.pause()

    def missed(self, reason: str) -> None:
        """A proposal went to the inbox unseen: a mark in the status line says so, and /why-not why."""
        self.rows.missed = True
        self.missed_because = reason
        self.show_hint("Heard something: it waits in the inbox, unasked. /why-not")
        self.memory_changed()
