"""Code in colours. Imports Pygments (20 ms), and that only where there is code."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from textual.highlight import HighlightTheme

# Longer code is shown without colours: Pygments takes about 1 ms for 2 KB, and this runs at each flush of a stream.
LONGEST_COLOURED = 8_000


def coloured(code: str, info: str) -> Content:
    """Code in the colours of its language, in the theme's colours.

    Args:
        code: the code.
        info: what stands behind the fence: a language, and perhaps more. Without one the code stays plain: guessing
            loads every lexer there is, for most of a second.
    """
    language = info.split(maxsplit=1)[0] if info.strip() else ""
    if not language or len(code) > LONGEST_COLOURED:
        return Content(code)
    from textual.highlight import highlight  # Pygments: 20 ms, only where there is code

    return highlight(code, language=language, theme=_colours())


@cache
def _colours() -> type[HighlightTheme]:
    from pygments.token import Token  # type: ignore[import-untyped]  # ships no types, and Textual builds on it
    from textual.highlight import HighlightTheme

    class Colours(HighlightTheme):
        """Few colours, each readable in every theme; Textual's own underline each function and thin out comments."""

        STYLES = {
            Token.Comment: "$text-muted",
            Token.Keyword: "$text-accent",
            Token.Operator.Word: "$text-accent",
            Token.Literal.String: "$text-success",
            Token.Literal.Number: "$text-warning",
            Token.Name.Attribute: "$text-warning",
            Token.Name.Class: "$text-primary",
            Token.Name.Decorator: "$text-primary",
            Token.Name.Function: "$text-primary",
            Token.Name.Tag: "$text-primary",
            Token.Generic.Deleted: "$text-error",
            Token.Generic.Inserted: "$text-success",
            Token.Generic.Heading: "bold",
            Token.Generic.Subheading: "$text-muted",
        }

    return Colours
