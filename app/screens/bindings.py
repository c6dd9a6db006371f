"""From the table of keys to Textual's bindings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from learnchat.app.keymap import BY_ID, shown_key

if TYPE_CHECKING:
    from textual.screen import Screen


def binding(id: str, action: str, *, priority: bool = True, system: bool = False) -> Binding:
    """The binding of a key in the table; its id is what the user's keymap names.

    Args:
        id: the key's.
        action: what it does, in Textual's spelling.
        priority: whether it goes before what has the focus.
        system: whether it is left out of Textual's key panel.
    """
    key = BY_ID[id]
    return Binding(
        key.keys, action, key.title, show=False, priority=priority, system=system, id=id, tooltip=key.description
    )


def key_shown(screen: Screen[Any], id: str) -> str:
    """The key of a binding as it is shown, by the user's own keymap: "y", "esc"."""
    from learnchat.app.application import Learnchat

    assert isinstance(screen.app, Learnchat)
    key = shown_key(screen.app.key_of(id))
    return "esc" if key == "escape" else key


def keys_shown(screen: Screen[Any], *ids: str) -> str:
    """What the keys of a screen do, in a line for its border: "y accept · n reject"."""
    return " · ".join(f"{key_shown(screen, id)} {BY_ID[id].title}" for id in ids)
