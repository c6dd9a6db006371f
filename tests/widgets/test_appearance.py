"""The states of the chat as pictures. After a change that is meant: `pytest --snapshot-update`, and look at them."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

REPLY = """Good call. Tailwind keeps the styling **next to the markup**, so `Card` can lose its stylesheet.

1. Add Tailwind beside Bootstrap, with the prefix `tw-`.
2. Move the leaf components first:
   - buttons and badges
   - form controls

```js
// tailwind.config.js
module.exports = { prefix: "tw-", darkMode: true };
```

| Component | Now | Then |
|---|---|---|
| Card | `card` | `rounded p-4` |

> Keep the breakpoints: yours differ at `lg`.
"""


async def talk(pilot: Pilot[Any]) -> None:
    app: Any = pilot.app
    await app.conversation.add_user("We're switching from Bootstrap to Tailwind CSS for the dashboard")
    reply = await app.conversation.start_reply("claude-sonnet-4-5")
    await reply.write(REPLY)
    await reply.finish()
    reply.chips("knew 2 insights")
    await pilot.pause()


async def stream(pilot: Pilot[Any]) -> None:
    app: Any = pilot.app
    await talk(pilot)
    await app.conversation.add_user("And the forms?\nWe have 12 of them in [/settings].")
    reply = await app.conversation.start_reply("claude-sonnet-4-5")
    await reply.write("They come **last**, because of the plugin:\n\n- `@tailwindcss/forms` resets all\n- your date")
    await pilot.press(*"typing on", "ctrl+j", *"while it writes")


async def trouble(pilot: Pilot[Any]) -> None:
    app: Any = pilot.app
    await app.conversation.add_user("Which one?")
    stopped = await app.conversation.start_reply("claude-sonnet-4-5")
    await stopped.write("That depends on whether")
    await stopped.stop()
    await app.conversation.add_user("Which one is faster?")
    failed = await app.conversation.start_reply("claude-sonnet-4-5")
    await failed.fail("The key was refused.", "Check ANTHROPIC_API_KEY. /retry sends it again.")
    await app.conversation.add_note("/retry    sends the last message again\n/quit     leaves", "Commands")
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_empty(chat_app, snap_compare, size: tuple[int, int]) -> None:
    assert snap_compare(chat_app(), terminal_size=size)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_streaming(chat_app, snap_compare, size: tuple[int, int]) -> None:
    assert snap_compare(chat_app(), terminal_size=size, run_before=stream)


@pytest.mark.parametrize("theme", ["night", "day", "contrast", "phosphor"])
def test_a_finished_reply(chat_app, snap_compare, theme: str) -> None:
    assert snap_compare(chat_app(theme), terminal_size=(80, 40), run_before=talk)


@pytest.mark.parametrize("theme", ["night", "contrast"])
def test_stopped_failed_and_noted(chat_app, snap_compare, theme: str) -> None:
    assert snap_compare(chat_app(theme), terminal_size=(80, 24), run_before=trouble)
