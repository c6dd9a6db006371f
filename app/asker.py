"""The asking: when a proposal becomes a toast, how long it stays, and what an answer is.

The rules are those of the design's toast: it waits for a typing pause, it is rare, its chords count only while it is
shown and armed, and no answer saves nothing. A proposal is in the inbox before it comes here, so that whatever
happens here, even the end of the process, loses none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from learnchat.learning.clock import Clock
from learnchat.widgets.countdown import LINGER_SECONDS, Attention, Countdown
from learnchat.widgets.toast import Question

# A proposal that finds no typing pause in this time goes to the inbox: later, it would be about something else.
PATIENCE_SECONDS = 60.0
# Long enough to read one line and reach for undo.
FLASH_SECONDS = 5.0
# How often the owner calls `tick`; a tenth of a second is the grain of arming and typing pause.
TICK_SECONDS = 0.1


class ToastView(Protocol):
    """What the asker needs of the toast widget."""

    async def ask(self, question: Question, seconds: float) -> None: ...

    async def flash(self, sentence: str, hint: str) -> None: ...

    def count(self, left: float, seconds: float, standing: bool = False) -> None: ...

    def leave(self) -> None: ...


@dataclass(slots=True)
class Ask:
    """Something to put to the user.

    Attributes:
        question: makes what is shown; called when it is about to be shown.
        admit: asks the budget, off the event loop, and notes the showing. Empty, or why it goes to the inbox unseen.
        answered: what to do with an answer; it gets the answer's name, or "expired".
        answers: the names of its answers.
        proposals: how many of the inbox it shows, now or one after the other.
        following: what stands in the same toast after an answer; none: the toast leaves.
        since: when it was offered.
    """

    question: Callable[[], Question]
    admit: Callable[[], Awaitable[str]]
    answered: Callable[[str], Coroutine[Any, Any, None]]
    answers: Sequence[str]
    proposals: int = 0
    following: Callable[[str], Ask | None] = lambda answer: None
    since: float = 0.0


class Asker:
    """Shows one ask at a time.

    Args:
        toast: where they are shown.
        attention: whether somebody is there, and typing.
        clock: the time.
        seconds: how long a toast waits for an answer.
        start: runs a coroutine in the background (a Textual worker).
        changed: called when there is something to do or a toast came or went: key hints follow, and `tick` is due.
        missed: called when an ask went to the inbox unseen, with the reason.
    """

    def __init__(
        self,
        toast: ToastView,
        attention: Attention,
        clock: Clock,
        seconds: float,
        start: Callable[[Coroutine[Any, Any, None]], object],
        changed: Callable[[], None],
        missed: Callable[[str], None],
    ) -> None:
        self.seconds = seconds
        self._toast = toast
        self._attention = attention
        self._clock = clock
        self._start = start
        self._changed = changed
        self._missed = missed
        self._waiting: deque[Ask] = deque()
        self._current: Ask | None = None
        self._countdown: Countdown | None = None
        self._opening = False
        self._left_at = float("-inf")
        self._flash_until: float | None = None

    @property
    def shown(self) -> bool:
        """Whether a question is on the screen."""
        return self._current is not None

    @property
    def proposals(self) -> int:
        """How many proposals of the inbox stand on the screen."""
        return self._current.proposals if self._current is not None else 0

    @property
    def busy(self) -> bool:
        """Whether `tick` has anything to do."""
        return bool(self._waiting or self._current or self._opening or self._flash_until is not None)

    def takes(self, answer: str) -> bool:
        """Whether a chord for this answer belongs to the toast now: while shown, and shortly after it left."""
        if self._current is not None:
            return answer in self._current.answers
        return self._opening or self._clock.monotonic() - self._left_at < LINGER_SECONDS

    def offer(self, ask: Ask) -> None:
        """Queue an ask; it is shown at the next typing pause, budget allowing."""
        ask.since = self._clock.monotonic()
        self._waiting.append(ask)
        self._changed()

    def answer(self, answer: str) -> None:
        """A chord or a click. Swallowed while the toast is not armed, and after it left."""
        current, countdown = self._current, self._countdown
        if current is None or countdown is None or not countdown.armed(self._clock.monotonic()):
            return
        following = current.following(answer)
        if following is None:
            self._leave()
        else:
            # The toast stays: its chords are swallowed until what follows is shown and armed.
            self._current = self._countdown = None
            self._opening = True
            self._start(self._go_on(following))
        self._start(current.answered(answer))

    def withdraw(self) -> None:
        """Take the toast away unanswered, and send what waits to the inbox."""
        while self._waiting:
            self._waiting.popleft()
            self._missed("quiet")
        if self._current is not None:
            self._leave()
            self._missed("quiet")

    def flash(self, sentence: str, hint: str) -> None:
        """Say what came of an answer, in the toast's place, unless a question stands there."""
        if self._current is None and not self._opening:
            self._flash_until = self._clock.monotonic() + FLASH_SECONDS
            self._start(self._toast.flash(sentence, hint))
            self._changed()

    def tick(self) -> None:
        """Let time pass."""
        now = self._clock.monotonic()
        if self._current is not None and self._countdown is not None:
            running = self._attention.watching(now)
            self._countdown.advance(now, running)
            if self._countdown.expired:
                current = self._current
                self._leave()
                self._start(current.answered("expired"))
            else:
                self._toast.count(self._countdown.left, self.seconds, standing=not running)
            return
        if self._flash_until is not None and now >= self._flash_until:
            self._flash_until = None
            self._toast.leave()
        self._next(now)

    def _next(self, now: float) -> None:
        while self._waiting and now - self._waiting[0].since > PATIENCE_SECONDS:
            self._waiting.popleft()
            self._missed("you were typing")
        pausing = not (self._opening or self._attention.dialog_open or self._attention.typing(now))
        if self._waiting and pausing and now - self._left_at >= LINGER_SECONDS:
            self._opening = True
            self._start(self._open(self._waiting.popleft()))

    async def _open(self, ask: Ask) -> None:
        try:
            if objection := await ask.admit():
                self._missed(objection)
                return
            await self._toast.ask(ask.question(), self.seconds)
            self._flash_until = None
            self._current = ask
            # Arming counts from when it can be seen, not from when it was decided to show it.
            self._countdown = Countdown(self.seconds, self._clock.monotonic())
        finally:
            self._opening = False
            self._changed()

    async def _go_on(self, ask: Ask) -> None:
        try:
            await self._open(ask)
        finally:
            if self._current is not ask:
                self._leave()

    def _leave(self) -> None:
        self._current = self._countdown = None
        self._left_at = self._clock.monotonic()
        self._toast.leave()
        self._changed()
