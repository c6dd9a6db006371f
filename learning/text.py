"""Text that is not ours: what has to be taken out of it before it is stored, drawn or printed."""

from __future__ import annotations

import re
import unicodedata

# What a terminal obeys or an eye does not see. Built as one class so that cleaning is one linear pass:
#   C0 without tab and newline, DEL, C1      terminal escapes start here
#   bidi marks, embeddings, isolates          CVE-2021-42574: text that reads differently from what it is
#   zero-width space, joiners at word level   hides words from the eye and from matching
#   tag characters, variation selectors sup.  carry whole hidden sentences
# The zero-width joiner and the emoji variation selector stay: family emoji and flags need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u00ad\u180e\u200b\u200c\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
    "\ud800-\udfff]"
)
# Escape sequences go whole: of "\x1b[31mred" only "red" is text. Bounded, so that it is linear on any input.
_ESCAPE = re.compile(
    "\x1b\\[[0-?]{0,64}[ -/]{0,16}[@-~]"  # CSI
    "|\x1b[\\]PX^_][^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    "|\x1b[ -/]{0,4}[0-~]"  # the two-character ones
)
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\r\n]+")


def neutralise(text: str) -> str:
    """Text that can be drawn or stored: NFC, line ends as newlines, no control, bidi or hidden characters.

    Tabs and newlines stay. Emoji, right-to-left letters and every script stay as they are. Markup is not touched:
    whoever draws it draws it with markup off.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ESCAPE.sub("", text)
    return unicodedata.normalize("NFC", _HIDDEN.sub("", text))


def one_line(text: str) -> str:
    """The same on one line: runs of white space become one space."""
    return _BLANKS.sub(" ", neutralise(text)).strip()


def has_hidden(text: str) -> bool:
    """Whether `neutralise` would take something out that a reader of the text would not have seen."""
    return bool(_HIDDEN.search(text.replace("\r\n", "\n").replace("\r", "\n")))


def shorten(text: str, length: int) -> str:
    """At most `length` characters on one line, cut at a word where one ends near, with an ellipsis."""
    text = one_line(text)
    if len(text) <= length:
        return text
    cut = text[: max(length - 1, 1)]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length * 2 // 3 else cut).rstrip() + "…"
