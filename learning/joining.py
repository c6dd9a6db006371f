"""Characters that join others: where they do their work they stay, elsewhere they go."""

from __future__ import annotations

import re

# What joins characters hides as well as any zero-width space, and some writing can't do without it. So it stays where
# it does its work (Unicode's UAX 31, section 2.3, contexts A1, A2 and B; UTS 51 for emoji) and goes elsewhere.
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
_CURSIVE = (
    "\u0600-\u060b\u0610-\u061a\u0620-\u074f\u0750-\u077f\u07c0-\u07ff\u0840-\u086f\u0870-\u08ff\u1800-\u18af"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
)
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u0e3a\u0f84\u1039\u17d2"
_SELECTORS = re.compile(f"(?:(?<=[{_PICTURES}])|(?<=[0-9#*])(?=\ufe0f\u20e3))([\ufe0e\ufe0f])|[\ufe00-\ufe0f]")
_JOINERS = re.compile(
    f"(?:(?<=[{_PICTURES}\ufe0f])(\u200d)(?=[{_PICTURES}])"
    f"|(?<=[{_CURSIVE}])([\u200c\u200d])(?=[{_CURSIVE}])"
    f"|(?<=[{_VIRAMA}])([\u200c\u200d])(?=[\u0900-\u1fff])"
    f"|(?<=[\u0900-\u0dff])(\u200d)(?=[{_VIRAMA}]))"
    "|[\u200c\u200d]"
)


def without_loose_joiners(text: str) -> str:
    """A text without the joiners and variation selectors that join nothing in it."""
    return _JOINERS.sub(r"\1\2\3\4", _SELECTORS.sub(r"\1", text))
