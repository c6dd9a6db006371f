"""From rows of text to what the terminal is sent, in a widget's colours."""

from __future__ import annotations

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from learnchat.widgets.lines import Row


def draw(widget: Widget, row: Row, width: int, style: Style, line: int, selection: Selection | None) -> Strip:
    """One row, filled up to its width.

    Args:
        widget: whose theme and screen it is drawn for.
        row: what stands in it.
        width: cells.
        style: the ground, and what the text is in where it says nothing else.
        line: the number of the line in the widget, by which a selection finds it.
        selection: what is selected in the widget.
    """
    span = selection.get_span(line) if selection is not None else None
    start = row.parts[0].start if row.parts else 0
    prefix = row.prefix
    # The bar of a quote goes on before each of its rows; an indent is only blank.
    margin = style + widget._get_style("$text-muted") if prefix.strip() else style
    segments = [Segment(prefix, margin.rich_style_with_offset(start - len(prefix), line))] if prefix else []
    used, end = len(prefix), start
    for gap, content, begin in row.parts:
        if gap:
            segments.append(Segment(" " * gap, style.rich_style_with_offset(end, line)))
        if span is not None:
            content = _selected(widget, content, begin, span)
        place = begin
        for text, own in content.render(style, end="", parse_style=widget._get_style):
            segments.append(Segment(text, (style + own).rich_style_with_offset(place, line)))
            place += len(text)
        used, end = used + gap + content.cell_length, place
    if used < width:
        segments.append(Segment(" " * (width - used), style.rich_style_with_offset(end, line)))
    strip = Strip(segments, max(used, width))
    return strip.crop(0, width) if used > width else strip


def draw_lines(widget: Widget, crop: Region) -> list[Strip]:
    """What `Widget.render_lines` draws, for a widget without padding, border and links that keeps its own strips.

    Textual's way keeps the rows of a widget until its height changes, which it does ten times a second while a reply
    comes in; and what belongs to a strip (its filtered and its cut forms) is lost with it. This takes a third of it.
    """
    _, background = widget.background_colors
    filters = widget.get_line_filters()
    strips = []
    for y in crop.line_range:
        strip = widget.render_line(y)
        for line_filter in filters:
            strip = strip.apply_filter(line_filter, background)
        strips.append(strip)
    if crop.column_span != (0, widget.size.width):
        strips = [strip.crop(*crop.column_span) for strip in strips]
    return strips


def _selected(widget: Widget, content: Content, begin: int, span: tuple[int, int]) -> Content:
    start = max(span[0] - begin, 0)
    end = len(content.plain) if span[1] == -1 else min(span[1] - begin, len(content.plain))
    if start >= end:
        return content
    return content.stylize(Style.from_styles(widget.screen.get_component_styles("screen--selection")), start, end)
