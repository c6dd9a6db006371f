"""One reply of the model: waiting, coming in, and then finished, stopped or failed."""

from __future__ import annotations

import asyncio
import re
from asyncio import to_thread
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from learnchat.learning.clock import Clock
from learnchat.learning.text import neutralise, one_line
from learnchat.widgets.lines import EMPTY, Line, lines_of
from learnchat.widgets.pacing import Pacing
from learnchat.widgets.page import Page
from learnchat.widgets.views import Entry, View, asked, is_long

if TYPE_CHECKING:
    from learnchat.widgets.ended import EndedReply

# Characters. What is still open beyond this is set in a thread: it takes some 10 ms.
LONGEST_AT_ONCE = 3_000
# A key takes several rounds of the loop from the terminal to the screen: after so long a stretch it gets them.
AT_A_STRETCH_SECONDS = 0.008
REST_SECONDS = 0.002
# Between pieces that were waited for; one that was there already takes a tenth of it.
PAUSE_SECONDS = 0.001
# Characters. So much of what has come at once is set and drawn before the loop goes round: it takes some 20 ms.
SLICE = 2_000
# The states before a reply has ended.
WAITING = "waits for the reply before"
THINKING = "thinking…"
WRITING = "writing…"
# An escape sequence may arrive in two pieces, and so may the end of a line; the first waits for the second, so that
# neither half is drawn.
# So may characters that are joined: whether a joiner stays depends on what stands on both its sides.
_JOINERS = "\u200c\u200d\ufe00-\ufe0f\U000e0020-\U000e007f"
# Not ASCII: a digit held back would be missed more than a keycap that came in two pieces.
_JOINED = f"[^\x00-\x7f{_JOINERS}]"
_TORN = re.compile(
    "(?:\x1b(?:[\\]PX^_][^\x07\x1b\x9c]{0,200}|\\[?[^a-zA-Z\x07\x1b]{0,64})|\r"
    f"|(?<![{_JOINERS}]){_JOINED}(?:[{_JOINERS}]{{1,8}}{_JOINED}){{0,16}}[{_JOINERS}]{{0,8}})\\Z"
)
LONGEST_TORN = 202
# The beginning of a line that gives a link its address.
_NAMED = re.compile(r"^ {0,3}\[[^\]\n]+\]:", re.MULTILINE)


class Reply(Widget):
    """A reply and the line below it: who speaks, what it is doing, what it was given.

    Its text is one widget of lines. What is complete of it, block by block, stays as it was set; the block that is
    still being written is set anew at each flush, and of that only the lines that changed are wrapped and drawn.
    """

    DEFAULT_CSS = "Reply { height: auto; width: 100%; layout: vertical; }"
    # Nothing of its own is drawn around its text.
    BLANK = True

    def __init__(self, name: str, clock: Clock) -> None:
        super().__init__()
        self._speaker = one_line(name)
        self._clock = clock
        self._began = clock.monotonic()
        self._pacing = Pacing(clock)
        self._rested = self._written = self._began
        self._pieces: list[str] = []
        self._unread: list[str] = []
        self._open = ""
        self._settled = 0
        self._ended = False
        self._state = THINKING
        self._thought = ""
        self._thought_seconds = 0
        self._chips = Content()
        self.view = View()
        """How it is looked at, once it has ended."""
        self._lock = asyncio.Lock()
        self._later: Timer | None = None
        self._second: Timer | None = None
        self._set: list[Line] | None = None
        """All lines of its text, once it is looked at in another way than as it came."""
        self._body = Page(bare=True, classes="reply--body")
        self._foot = Page(classes="reply--foot")

    def compose(self) -> ComposeResult:
        self._body.display = False
        yield self._body
        yield self._foot

    def on_mount(self) -> None:
        self._draw_foot()
        self._second = self.set_interval(1, self._count_seconds)

    @property
    def source(self) -> str:
        """All that has come, as it came."""
        return "".join(self._pieces)

    @property
    def ended(self) -> bool:
        """Whether nothing more comes."""
        return self._ended

    def hold(self) -> None:
        """Another reply comes first."""
        self._state = WAITING
        self._draw_foot()

    def begin(self) -> None:
        """The model was asked just now."""
        self._began = self._clock.monotonic()
        self._state = THINKING
        self._draw_foot()

    async def write(self, piece: str) -> None:
        """Add what has come. Returns at once, or after drawing when that is due."""
        if not piece or self._ended:
            return
        self._pieces.append(piece)
        self._unread.append(piece)
        if self._state in (WAITING, THINKING):
            self._state = WRITING
            self._draw_foot()
        if wait := self._pacing.wait():
            if self._later is None:
                self._later = self.set_timer(wait, self._flush)
            await self._rest()
        else:
            # Stopping a reply cancels whoever writes it; what is being drawn is drawn to its end.
            await asyncio.shield(asyncio.ensure_future(self._flush()))

    async def _rest(self) -> None:
        """Let the loop go round: thousands of pieces that are there at once come without its doing so between them."""
        now = self._clock.monotonic()
        if now - self._written > PAUSE_SECONDS:
            self._rested = now
        elif now - self._rested > AT_A_STRETCH_SECONDS:
            await asyncio.sleep(REST_SECONDS)
            now = self._rested = self._clock.monotonic()
        self._written = now

    def finish(self) -> AwaitComplete:
        """The reply is complete."""
        return AwaitComplete(self._end(""))

    def stop(self) -> AwaitComplete:
        """The user stopped it; what came is kept."""
        return AwaitComplete(self._end("stopped; what came is kept" if self._pieces else "stopped"))

    def fail(self, sentence: str, hint: str = "") -> AwaitComplete:
        """It failed: what is wrong and the way out, each one plain sentence. What came is kept."""
        return AwaitComplete(self._end("", f"{one_line(sentence)} {one_line(hint)}".rstrip()))

    def chips(self, chips: str | Content) -> None:
        """Say in the line below what the model was given: plain text, or content with parts to click on."""
        self._chips = Content(one_line(chips)) if isinstance(chips, str) else chips
        self._draw_foot()

    def thought(self, text: str, seconds: int) -> None:
        """What the model thought aloud before it replied, and for how long: a click in the line below shows it."""
        self._thought, self._thought_seconds = text, seconds
        self._draw_foot()

    @property
    def text(self) -> str:
        """All that is drawn of what has come, as plain text."""
        return self._body.text

    def entry(self) -> Entry:
        """The same text and line, to be drawn among what was said earlier."""
        (width, body), (foot_width, below) = self._body.wrapped, self._foot.wrapped
        known = foot_width and (width == foot_width or not self._body.lines)
        height = body + bool(body) + below + 1 if known else 0
        from learnchat.widgets.ended import reply_lines

        ended = self._as_ended()
        make = partial(reply_lines, ended)
        return Entry(
            make, "", type(self).__name__, height, foot_width, self.view, is_long(ended.source), bool(ended.thought)
        )

    @property
    def long(self) -> bool:
        """Whether it can be folded."""
        return self._ended and is_long(self.source)

    @property
    def thoughtful(self) -> bool:
        """Whether it is known what was thought before it."""
        return self._ended and bool(self._thought)

    def look(self, view: View) -> None:
        """Look at it in another way, once it has ended."""
        from learnchat.widgets.ended import body_lines

        if not self._ended:
            return
        if self._set is None:
            self._set = list(self._body.lines)
        self.view = view
        ended = self._as_ended()
        self._body.show(body_lines(ended, self._set, view))
        self._body.whole = body_lines(ended, self._set, view._replace(folded=False)) if view.folded else None
        self._body.display = bool(self._body.lines)
        self._draw_foot()

    def on_click(self, event: events.Click) -> None:
        if found := asked(event, self):
            self.look(self.view.after(found))

    def _as_ended(self) -> EndedReply:
        from learnchat.widgets.ended import EndedReply

        facts = (Content(self._speaker), Content(self._state))
        failed = self.has_class("-failed")
        return EndedReply(self.source, facts, self._chips, self._thought, self._thought_seconds, failed)

    async def _end(self, state: str, failure: str = "") -> None:
        if self._ended:
            return
        self._ended = True
        for timer in (self._later, self._second):
            if timer is not None:
                timer.stop()
        await self._flush(last=True)
        self._state = state
        if failure:
            self.add_class("-failed")
            self._state = f"✗ {failure}"
        self._draw_foot()

    async def _flush(self, last: bool = False) -> None:
        self._later = None
        async with self._lock:
            self._pacing.begin()
            text, start = self._read(last), 0
            while start < len(text) or (last and start == 0):
                # As much again as is open, so that a long block is not set anew for each little part of it.
                end = start + max(SLICE, len(self._open))
                self._open += text[start:end]
                if start:
                    # Keys are echoed and what was set so far is drawn, before more is.
                    await asyncio.sleep(0)
                if self.is_attached and self._open:
                    await self._draw(last and end >= len(text))
                start = end
            self._pacing.end()

    def _read(self, last: bool) -> str:
        """What has come since the last flush."""
        raw = "".join(self._unread)
        torn = None if last else _TORN.search(raw, max(len(raw) - LONGEST_TORN, 0))
        self._unread = [torn.group()] if torn else []
        return neutralise(raw[: torn.start()] if torn else raw)

    async def _draw(self, last: bool) -> None:
        from learnchat.widgets.typeset import set_open

        # What is named at the end can be meant at the beginning.
        if last and _NAMED.search(self.source):
            self._open, self._settled = neutralise(self.source), 0
        found = set_open(self._open) if len(self._open) < LONGEST_AT_ONCE else await to_thread(set_open, self._open)
        closed, still_open, self._open = found
        lines = [*closed, *([EMPTY] if closed and still_open else []), *still_open]
        if self._settled and lines:
            lines.insert(0, EMPTY)
        self._body.show(lines, self._settled)
        if closed:
            self._settled += len(closed) + (1 if self._settled else 0)
        self._body.display = bool(self._body.lines)

    def _count_seconds(self) -> None:
        if self._state == THINKING and not self._ended:
            self._draw_foot()
        elif self._second is not None:
            self._second.stop()

    def _draw_foot(self) -> None:
        self._foot.show(lines_of(self._foot_content()))

    def _foot_content(self) -> Content:
        if self._ended:
            from learnchat.widgets.ended import foot_content

            return foot_content(self._as_ended(), self.view)
        state = self._state
        if state == THINKING:
            seconds = int(self._clock.monotonic() - self._began)
            state += f" {seconds} s" if seconds else ""
        facts = (Content(self._speaker), self._chips, Content(state))
        return Content(" · ").join(fact for fact in facts if fact)
