"""From the table of keys to Textual's bindings."""

from __future__ import annotations

from textual.binding import Binding

from learnchat.app.keymap import BY_ID


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
