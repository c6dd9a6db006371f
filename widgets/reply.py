"""One reply of the model: waiting, coming in, and then finished, stopped or failed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from learnchat.learning.clock import Clock
from learnchat.learning.text import neutralise, one_line
from learnchat.widgets.pacing import HEAVY, Pacing

if TYPE_CHECKING:
    from markdown_it.token import Token

    from learnchat.widgets.markdown_body import MarkdownBody

# Of Markdown tokens, of which about every other becomes a widget: what goes beyond is set as one text instead. At 300
# widgets a layout takes about 15 ms, so that a key still has its echo within a frame or two.
HEAVY_BLOCK = 400
HEAVY_REPLY = 600
# Characters: a block that is still open beyond this shows only its last lines, as they are.
LONGEST_OPEN = 6_000
LAST_LINES = 24
LONGEST_CODE = 20_000
# More parts than this are made one at the next occasion.
MOST_PARTS = 24
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


class Reply(Static):
    """A reply and the line below it: who speaks, what it is doing, what it was given.

    What is complete of the text, block by block, stands in Markdown widgets; the block that is still being written is
    one piece of styled text, set anew at each flush. So the cost is that of the open block and not of the reply, and a
    list is not torn down for each word, as the Markdown widget would do it. Large blocks stay plain styled text.
    """

    def __init__(self, name: str, clock: Clock) -> None:
        super().__init__(markup=False)
        self._speaker = one_line(name)
        self._clock = clock
        self._began = clock.monotonic()
        self._pacing = Pacing(clock)
        self._pieces: list[str] = []
        self._unread: list[str] = []
        self._open = ""
        self._tokens = 0
        self._heavy = False
        self._slow = 0
        self._ended = False
        self._state = THINKING
        self._chips = Content()
        self._lock = asyncio.Lock()
        self._later: Timer | None = None
        self._second: Timer | None = None
        self._tail = Static(markup=False, classes="reply--open")
        self._foot = Static(markup=False, classes="reply--foot")

    def compose(self) -> ComposeResult:
        self._tail.display = False
        yield self._tail
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
        else:
            # Stopping a reply cancels whoever writes it; what is being drawn is drawn to its end.
            await asyncio.shield(asyncio.ensure_future(self._flush()))

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

    @property
    def costly(self) -> bool:
        """Whether it consists of so many parts that it had better be frozen at the next occasion."""
        return len(self.children) > MOST_PARTS

    async def frozen(self) -> FrozenReply:
        """The same text and line as one widget, to take its place."""
        from learnchat.widgets.typeset import typeset

        body = await asyncio.to_thread(typeset, neutralise(self.source))
        foot = self._foot_content().stylize("$text-error" if self.has_class("-failed") else "$text-muted")
        return FrozenReply(Content("\n\n").join([body, foot]) if body else foot)

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
            self._read(last)
            if self.is_attached and self._open:
                await self._draw(last)
            # Twice in a row: once may be the garbage collector, or another program.
            self._slow = self._slow + 1 if self._pacing.end() > HEAVY else 0
            self._heavy = self._heavy or self._slow > 1

    def _read(self, last: bool) -> None:
        raw = "".join(self._unread)
        torn = None if last else _TORN.search(raw, max(len(raw) - LONGEST_TORN, 0))
        self._unread = [torn.group()] if torn else []
        self._open += neutralise(raw[: torn.start()] if torn else raw)

    async def _draw(self, last: bool) -> None:
        from learnchat.widgets.typeset import last_block, typeset_tokens

        tokens = await _parse(self._open)
        lines = self._open.split("\n")
        complete = len(lines) if last else last_block(tokens)
        closed, still_open = "\n".join(lines[:complete]) + "\n", "\n".join(lines[complete:])
        closed_tokens = tokens if last else await _parse(closed)
        open_tokens = tokens if not complete else await _parse(still_open)
        # Drawn as one: else the block would be seen twice, or not at all, on its way from open to complete.
        with self.app.batch_update():
            if closed_tokens:
                await self._settle(closed, closed_tokens)
            self._open = still_open
            self._tail.display = bool(still_open.strip())
            self._tail.update(
                _last_lines(still_open) if len(still_open) > LONGEST_OPEN else typeset_tokens(open_tokens)
            )

    async def _settle(self, closed: str, tokens: Sequence[Token]) -> None:
        from learnchat.widgets.typeset import typeset_tokens

        self._tokens += len(tokens)
        if self._heavy or len(tokens) > HEAVY_BLOCK or self._tokens > HEAVY_REPLY or len(closed) > LONGEST_CODE:
            await self.mount(Static(typeset_tokens(tokens), markup=False, classes="reply--set"), before=self._tail)
        else:
            await (await self._body()).append(closed)

    async def _body(self) -> MarkdownBody:
        from learnchat.widgets.markdown_body import MarkdownBody

        parts = [child for child in self.children if child not in (self._tail, self._foot)]
        if parts and isinstance(parts[-1], MarkdownBody):
            return parts[-1]
        body = MarkdownBody()
        await self.mount(body, before=self._tail)
        return body

    def _count_seconds(self) -> None:
        # The row is there and stays one row: no layout.
        if self._state == THINKING and not self._ended:
            self._draw_foot(layout=False)
        elif self._second is not None:
            self._second.stop()

    def _draw_foot(self, layout: bool = True) -> None:
        self._foot.update(self._foot_content(), layout=layout)

    def _foot_content(self) -> Content:
        state = self._state
        if state == THINKING:
            seconds = int(self._clock.monotonic() - self._began)
            state += f" {seconds} s" if seconds else ""
        speaker, doing = Content(self._speaker), Content(state)
        facts = [speaker, doing, self._chips] if self._ended else [speaker, self._chips, doing]
        return Content(" · ").join(fact for fact in facts if fact)


class FrozenReply(Static):
    """A reply that has grown old, as one widget.

    It takes the reply's place instead of the reply emptying itself: Textual's caches of layouts keep children that are
    gone, and at 100 replies the garbage collector then stops everything for half a second.
    """

    def __init__(self, content: Content) -> None:
        super().__init__(content, markup=False)


async def _parse(text: str) -> Sequence[Token]:
    from learnchat.widgets.typeset import parser

    # A thread costs more than it saves below this.
    return parser().parse(text) if len(text) < LONGEST_OPEN else await asyncio.to_thread(parser().parse, text)


def _last_lines(text: str) -> Content:
    lines = text[-LONGEST_OPEN:].split("\n")[-LAST_LINES:]
    return Content.assemble(("… shown in full when this part is complete\n", "$text-muted"), "\n".join(lines))
