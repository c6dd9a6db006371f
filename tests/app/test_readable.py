"""Every text that stands on the screen, in the colours in which it is drawn there, by the formula of WCAG 2.2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from textual.geometry import Region
from textual.widgets import OptionList

from learnchat.app.application import Learnchat
from learnchat.themes.loader import theme_names
from support.chat import Chat, open_chat
from support.contrast import contrast
from support.model_server import ModelServer, Reply

# Four shapes of every kind that a reply has: a heading, a list, code with all its colours, a quote, a table.
REPLY = """Some **bold**, *italic* and `code`.

## A heading

1. One, and [a link](https://example.org)
   - a nested one

```python
@decorated
class Cart(Base):
    "A comment"  # and another
    async def total(self, rate: float = 1.5) -> int: return sum(self.items) and None
```

> A quote that is long enough to need a second row on a terminal of eighty columns, and it does need one.

| file | lines |
|---|---:|
| a.py | 41 |
"""
LEAST = {"contrast": 7.0}
# Lines, boxes and bars are no text.
DRAWN = range(0x2500, 0x25A0)


def texts(app: Learnchat, within: Region) -> Iterator[tuple[str, str, str]]:
    """Each text in a part of the screen, with its colour and the one behind it."""
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            place, x = x, x + segment.cell_length
            style, text = segment.style, segment.text.strip()
            if not within.contains(place, y) or not text or style is None or all(ord(sign) in DRAWN for sign in text):
                continue
            colour, ground = hexadecimal(style.color), hexadecimal(style.bgcolor)
            yield (text, ground, colour) if style.reverse else (text, colour, ground)


def hexadecimal(colour: RichColor | None) -> str:
    assert colour is not None
    return str(colour.get_truecolor().hex)


async def unreadable(chat: Chat, theme: str) -> list[tuple[str, str, str]]:
    """What can't be read; of a dialog what is in it, as the chat behind it is dimmed on purpose."""

    def shown() -> list[tuple[str, str, str]]:
        screen = chat.app.screen
        parts = [widget.region for widget in screen.walk_children() if widget.region]
        return list(texts(chat.app, Region.from_union(parts)))

    await chat.until(lambda: len(shown()) > 4, "something on the screen")
    return [each for each in shown() if contrast(each[1], each[2]) < LEAST.get(theme, 4.5)]


async def open_list(chat: Chat, command: str) -> None:
    await chat.send(command)
    await chat.until(lambda: len(chat.app.screen_stack) > 1, command)
    await chat.until(lambda: chat.app.screen.query_one(OptionList).option_count, command)


@pytest.mark.parametrize("theme", theme_names())
async def test_all_text_on_the_screen_can_be_read(project: Path, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(Reply(pieces=(REPLY,))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        monkeypatch.setenv("OPENAI_API_KEY", "none-0123456789")
        async with open_chat(project, (80, 60), theme=theme, model="openai/gpt") as chat:
            assert await unreadable(chat, theme) == []
            await chat.be_asked()
            await chat.until(lambda: chat.app.chat.session.last_reply and not chat.app.chat.replies.active)
            assert await unreadable(chat, theme) == []
            await chat.pilot.press("ctrl+y")
            await chat.until(chat.insights)
            await chat.type("/re")
            await chat.pilot.pause()
            assert await unreadable(chat, theme) == []
            for command in ("/insights", "/resume", "/settings", "/model", "/recall tailwind"):
                await open_list(chat, command)
                assert (command, await unreadable(chat, theme)) == (command, [])
                await chat.pilot.press("escape")
            await chat.pilot.press("ctrl+p")
            await chat.until(lambda: chat.app.screen.query_one(OptionList).option_count)
            assert await unreadable(chat, theme) == []
