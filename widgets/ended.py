"""What is drawn of a reply that has ended: its text, what was thought before it, and the line below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.content import Content

from learnchat.learning.text import neutralise
from learnchat.widgets.lines import EMPTY, Line, lines_of
from learnchat.widgets.views import THINK, View, beginning, clickable, fold_words, is_long

BAR = "│ "


@dataclass(frozen=True, slots=True)
class EndedReply:
    """A reply that has ended."""

    source: str
    facts: tuple[Content, ...]
    """Of the line below: who spoke, and what became of it."""
    chips: Content = field(default_factory=Content)
    """What it was given."""
    thought: str = ""
    """What the model thought aloud before it."""
    seconds: int = 0
    """How long that took."""
    failed: bool = False


def reply_lines(reply: EndedReply, view: View) -> list[Line]:
    """All that is drawn of it."""
    from learnchat.widgets.typeset import parser, typeset_lines  # the parser: 30 ms

    body = body_lines(reply, typeset_lines(parser().parse(neutralise(reply.source))), view)
    foot = foot_content(reply, view).stylize_before("$text-error" if reply.failed else "$text-muted")
    return [*body, *([EMPTY] if body else []), *lines_of(foot)]


def body_lines(reply: EndedReply, text: Sequence[Line], view: View) -> list[Line]:
    """The lines above the last one.

    Args:
        reply: whose.
        text: its text, set.
        view: how it is looked at.
    """
    shown = beginning(text) if view.folded and is_long(reply.source) else list(text)
    if not view.thinking or not reply.thought:
        return shown
    thought = [Line(line.content.stylize_before("$text-muted"), indent=BAR) for line in _thought_lines(reply.thought)]
    return [*thought, *([EMPTY] if shown else []), *shown]


def _thought_lines(thought: str) -> list[Line]:
    return lines_of(Content(neutralise(thought)))


def foot_content(reply: EndedReply, view: View) -> Content:
    """The line below: how it is looked at stands there in words."""
    folds = fold_words(reply.source, view.folded) if is_long(reply.source) else Content()
    facts = (*reply.facts, _thought_words(reply, view), reply.chips, folds)
    return Content(" · ").join(fact for fact in facts if fact)


def _thought_words(reply: EndedReply, view: View) -> Content:
    if not reply.thought:
        return Content()
    words = f"thought {reply.seconds} s" if reply.seconds else "thought"
    return Content.assemble(f"{words} ", clickable("hide" if view.thinking else "show", THINK))
