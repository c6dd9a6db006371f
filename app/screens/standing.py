"""What is drawn of a screen: what still stands on it.

A widget that is being removed stands in a screen's layout until the next one is made. Textual 8.2.8 draws it all the
same where something else asks for a picture meanwhile, a dialog that opens over it for one, and the widget has no
screen any more to ask for colours and selection: the program would end with `NoScreen`.
"""

from __future__ import annotations

from textual._compositor import Compositor
from textual.geometry import Region
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget


class StandingCompositor(Compositor):
    """Textual's, without what was removed since the last layout."""

    @property
    def visible_widgets(self) -> dict[Widget, tuple[Region, Region]]:
        found = super().visible_widgets
        if all(map(_stands, found)):
            return found
        return {widget: place for widget, place in found.items() if _stands(widget)}


def _stands(widget: Widget) -> bool:
    node: MessagePump | None = widget
    while node is not None and not isinstance(node, Screen):
        node = node._parent
    return node is not None
