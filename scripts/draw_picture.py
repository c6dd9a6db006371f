"""Draws the README's picture: a first conversation, at the moment of the toast. `make picture` runs it."""

from __future__ import annotations

import asyncio
import os
import random
import re
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

PICTURE = Path(__file__).parent.parent / "docs" / "toast.svg"
SIZE = (92, 26)
PATIENCE_SECONDS = 20.0


class PictureClock:
    """Stands at one moment, so that the same picture comes out each time; the asking is moved on by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def monotonic(self) -> float:
        return self.seconds


async def draw(folder: Path) -> str:
    """Have the conversation in a project of its own; the screen as SVG."""
    os.environ["LEARNCHAT_DATA_DIR"] = str(folder / "data")
    os.environ["LEARNCHAT_CONFIG_DIR"] = str(folder / "configuration")
    os.environ["OLLAMA_HOST"] = "http://127.0.0.1:9"
    for name in [name for name in os.environ if name.endswith("_API_KEY")]:
        del os.environ[name]

    from learnchat.app.application import Learnchat
    from learnchat.learning import identifiers

    # The same ids each time, or the picture would be another one each time it is drawn.
    identifiers.secrets.choice = random.Random(1).choice

    project = folder / "shop"
    project.mkdir()
    clock = PictureClock()
    app = Learnchat(project, clock=clock)
    async with app.run_test(size=SIZE) as pilot:

        async def until(condition: Callable[[], object]) -> None:
            end = time.monotonic() + PATIENCE_SECONDS
            while not condition():
                if time.monotonic() > end:
                    raise TimeoutError("the conversation did not get this far")
                await pilot.pause(0.02)

        chat = app.chat
        await until(lambda: chat.opened)
        chat.prompt.load_text("/remember the dashboard is rendered by Django, no single-page app")
        await pilot.press("enter")
        await until(lambda: "1 insight" in str(chat.query_one("Header").render()))
        clock.seconds += 10
        await until(lambda: not chat.asker.busy)
        await chat.conversation.clear()
        chat.prompt.load_text("We're switching from Bootstrap to Tailwind CSS for the dashboard")
        await pilot.press("enter")
        await until(lambda: chat.asker.busy and not chat.replies.active and chat.session.last_reply)
        clock.seconds += 1
        await until(lambda: chat.asker.shown)
        for _ in range(7):
            clock.seconds += 1
            await pilot.pause(0.12)
        await pilot.pause()
        return app.export_screenshot(title="learnchat")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        picture = asyncio.run(draw(Path(folder)))
    # Ids are random, and Textual names a picture's parts after a hash of its text.
    picture = re.sub(r"terminal-\d+", "terminal", picture)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
