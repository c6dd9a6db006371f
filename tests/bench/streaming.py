"""What a reply costs while it comes in, beside the smallest Textual chat doing the same, and after long conversations.

Both run without a terminal: an app with a prompt, and the reply either in learnchat's conversation or in Textual's
Markdown widget fed by its own stream. A key is posted every 50 ms; its echo is the time until the prompt has drawn it.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Markdown, Static

from learnchat.app.screens.attentive import AttentiveScreen
from learnchat.app.screens.tidying import put_off
from learnchat.learning.clock import SystemClock
from learnchat.themes.loader import STYLE_SHEETS, VARIABLE_DEFAULTS, load_theme
from learnchat.widgets.conversation import Conversation
from learnchat.widgets.earlier import Earlier
from learnchat.widgets.past import PastMessage
from learnchat.widgets.prompt import Prompt
from tests.bench.shapes import SHAPES, mixed, tokens_of
from tests.bench.table import milliseconds, print_table

SIZE = (120, 40)
TOKENS_A_SECOND = 200
KEY_GAP_SECONDS = 0.05
EXCHANGES = (10, 200, 1000)
EXCHANGE_TOKENS = 200


class LearnchatApp(App[None]):
    """learnchat's conversation and prompt."""

    CSS_PATH = STYLE_SHEETS[:1]

    def __init__(self, earlier: int = 0) -> None:
        super().__init__()
        self._earlier = earlier
        theme = load_theme("night")
        self.register_theme(theme)
        self.theme = theme.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        yield Conversation()
        yield Prompt()

    async def on_mount(self) -> None:
        # As the chat does.
        put_off()
        self.query_one(Prompt).focus()
        texts = [mixed(EXCHANGE_TOKENS + 20 * each) for each in range(5)]
        past = [
            message
            for each in range(self._earlier)
            for message in (PastMessage("user", "hello"), PastMessage("assistant", texts[each % 5], name="model"))
        ]
        if past:
            await self.query_one(Conversation).show_earlier(past)

    def get_default_screen(self) -> Screen[None]:
        return AttentiveScreen(SystemClock())

    @property
    def typed(self) -> str:
        return self.query_one(Prompt).text

    async def reply(self, pieces: list[str], wait: Callable[[int], Awaitable[None]]) -> None:
        reply = await self.query_one(Conversation).add_exchange("hello", "model")
        for number, piece in enumerate(pieces):
            await wait(number)
            await reply.write(piece)
        await reply.finish()


class FloorApp(App[None]):
    """The smallest Textual chat."""

    CSS = "Input { dock: bottom; }"

    def compose(self) -> ComposeResult:
        yield VerticalScroll(id="talk")
        yield Input()

    def on_mount(self) -> None:
        self.query_one("#talk").anchor()
        self.query_one(Input).focus()

    @property
    def typed(self) -> str:
        return self.query_one(Input).value

    async def reply(self, pieces: list[str], wait: Callable[[int], Awaitable[None]]) -> None:
        talk = self.query_one("#talk")
        await talk.mount(Static("hello", markup=False))
        answer = Markdown()
        await talk.mount(answer)
        stream = Markdown.get_stream(answer)
        for number, piece in enumerate(pieces):
            await wait(number)
            await stream.write(piece)
        await stream.stop()


@dataclass
class Measured:
    """What one reply cost."""

    cpu: float = 0.0
    behind: float = 0.0
    whole: float = 0.0
    echoes: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.echoes, n=20)[-1] if len(self.echoes) > 1 else 0.0


async def _type(app: LearnchatApp | FloorApp, echoes: list[float]) -> None:
    while True:
        await asyncio.sleep(KEY_GAP_SECONDS)
        length = len(app.typed)
        began = time.perf_counter()
        app.post_message(events.Key("x", "x"))
        while len(app.typed) == length:  # noqa: ASYNC110 - neither prompt says so at once
            await asyncio.sleep(0)
        await _drawn(app)
        echoes.append(time.perf_counter() - began)
        if length > 60:
            app.post_message(events.Key("ctrl+u", None))


async def _drawn(app: App[None]) -> None:
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()


async def _measure(app: LearnchatApp | FloorApp, text: str, a_second: int, typing: bool = True) -> Measured:
    """One reply of a text, at so many tokens a second or, at 0, at once."""
    pieces = tokens_of(text)
    measured = Measured()
    began = cpu = sent = 0.0

    async def wait(number: int) -> None:
        nonlocal sent
        due = began + number / a_second if a_second else 0.0
        if (left := due - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        sent = time.perf_counter()

    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        while any(not earlier.measured for earlier in app.query(Earlier)):
            await pilot.pause(0.1)
        keys = asyncio.create_task(_type(app, measured.echoes)) if typing else None
        gc.collect()
        gc.freeze()
        began, cpu = time.perf_counter(), time.process_time()
        await app.reply(pieces, wait)
        await _drawn(app)
        end = time.perf_counter()
        measured.cpu = time.process_time() - cpu
        measured.behind, measured.whole = end - sent, end - began
        if keys:
            keys.cancel()
    return measured


def _row(name: str, measured: Measured, floor: Measured | None, by: str) -> tuple[str, ...]:
    ratio = f"{getattr(measured, by) / getattr(floor, by):.2f}" if floor else ""
    return (
        name,
        f"{measured.cpu:.2f} s",
        f"{measured.whole:.2f} s",
        ratio,
        f"{measured.behind:.2f} s",
        milliseconds(measured.p95),
        milliseconds(max(measured.echoes, default=0.0)),
    )


async def _exchanges() -> list[tuple[str, ...]]:
    """How long an exchange takes after many, and what they keep in memory."""
    rows = []
    pieces = tokens_of(mixed(EXCHANGE_TOKENS))
    app = LearnchatApp()
    gc.unfreeze()

    async def at_once(number: int) -> None:
        return

    async with app.run_test(size=SIZE) as pilot:
        times: list[float] = []
        start = 0
        for number in range(1, max(EXCHANGES) + 1):
            began = time.perf_counter()
            await app.reply(pieces, at_once)
            await pilot.pause()
            times.append(time.perf_counter() - began)
            start = start or _resident()
            if number in EXCHANGES:
                gc.collect()
                began = time.perf_counter()
                app.app_focus = False
                app.app_focus = True
                await _drawn(app)
                focus = time.perf_counter() - began
                began = time.perf_counter()
                await pilot.resize_terminal(SIZE[0] - 20, SIZE[1])
                await _drawn(app)
                resized = time.perf_counter() - began
                await pilot.resize_terminal(*SIZE)
                await pilot.pause(1)
                echoes: list[float] = []
                keys = asyncio.create_task(_type(app, echoes))
                await pilot.pause(2)
                keys.cancel()
                rows.append(
                    (
                        f"{number:,}",
                        milliseconds(statistics.median(times[-10:])),
                        f"{statistics.median(times[-10:]) / statistics.median(times[:10]):.2f}",
                        milliseconds(statistics.quantiles(echoes, n=20)[-1]),
                        milliseconds(focus),
                        milliseconds(resized),
                        f"{(_resident() - start) / 1e6:.0f} MB",
                    )
                )
    return rows


def _resident() -> int:
    """Bytes now in memory, where the system says so; else the most there ever were."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    text = SHAPES["mixed Markdown"]()
    floor = asyncio.run(_measure(FloorApp(), text, TOKENS_A_SECOND))
    heads = ("reply", "CPU", "time", "of the floor", "behind", "echo p95", "slowest")
    rows = [_row("the floor, mixed Markdown", floor, None, "cpu")]
    for name, make in SHAPES.items():
        rows.append(_row(name, asyncio.run(_measure(LearnchatApp(), make(), TOKENS_A_SECOND)), floor, "cpu"))
    for earlier in (100, 500):
        measured = asyncio.run(_measure(LearnchatApp(earlier), text, TOKENS_A_SECOND))
        rows.append(_row(f"mixed, {earlier} earlier exchanges", measured, floor, "cpu"))
    print_table(f"Replies at {TOKENS_A_SECOND} tokens a second, {SIZE[0]}x{SIZE[1]}; ratio of CPU time", heads, rows)
    floor = asyncio.run(_measure(FloorApp(), text, 0))
    ours = asyncio.run(_measure(LearnchatApp(), text, 0))
    rows = [_row("the floor", floor, None, "whole"), _row("learnchat", ours, floor, "whole")]
    print_table("4,000 tokens at once; ratio of time until all is drawn", heads, rows)
    print_table(
        f"After many exchanges of {EXCHANGE_TOKENS} tokens at once",
        (
            "after",
            "an exchange",
            "of the first ten",
            "echo p95",
            "focus out and in",
            "resize",
            "memory since the first",
        ),
        asyncio.run(_exchanges()),
    )


if __name__ == "__main__":
    main()
