"""Text that is not ours: what has to be taken out of it before it is stored, drawn or printed."""

from __future__ import annotations

import re
import unicodedata

# What a terminal obeys or an eye does not see. Built as one class so that cleaning is one linear pass:
#   C0 without tab and newline, DEL, C1      terminal escapes start here
#   bidi marks, embeddings, isolates          CVE-2021-42574: text that reads differently from what it is
#   zero-width spaces, fillers, formats       hide words from the eye and from matching
#   tag characters, variation selectors sup.  carry whole hidden sentences
#   lone surrogates, noncharacters            are no text: no encoding has the first
# What joins characters has its own rules below; so have the tags of the three flags that have any.
_HIDDEN = re.compile(
    "(\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    "|\U000e0077\U000e006c\U000e0073)\U000e007f)"  # England, Scotland, Wales
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Escape sequences go whole: of "\x1b[31mred" only "red" is text. Bounded, so that it is linear on any input.
_ESCAPE = re.compile(
    "\x1b\\[[0-?]{0,64}[ -/]{0,16}[@-~]"  # CSI
    "|\x1b[\\]PX^_][^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    "|\x1b[ -/]{0,4}[0-~]"  # the two-character ones
)
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\r\n]+")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")

_JOINING = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
# Accents piled up are drawn over the lines above and below. No language needs more than four on a letter.
_PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def neutralise(text: str) -> str:
    """Text that can be drawn or stored: NFC, line ends as newlines, no control, bidi or hidden characters.

    Tabs and newlines stay. Emoji, right-to-left letters and every script stay as they are, joined where they are
    joined. Markup is not touched: whoever draws it draws it with markup off. Doing it twice is doing it once.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _ESCAPE.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", _HIDDEN.sub(r"\1", text))
    if text.isascii():
        return text
    if _JOINING.search(text):
        # Composed again: what stood between two characters may have kept them apart.
        # Its expressions take as long to compile as all others here, and hardly a text needs them.
        from learnchat.learning.joining import without_loose_joiners

        text = unicodedata.normalize("NFC", without_loose_joiners(text))
    return _PILE.sub(r"\1", text)


def one_line(text: str) -> str:
    """The same on one line: runs of white space become one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", neutralise(text)).strip()


def has_hidden(text: str) -> bool:
    """Whether `neutralise` would take something out that a reader of the text would not have seen."""
    return neutralise(text) != unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))


def shorten(text: str, length: int) -> str:
    """At most `length` characters on one line, cut at a word where one ends near, with an ellipsis."""
    text = one_line(text)
    if len(text) <= length:
        return text
    cut = text[: max(length - 1, 1)]
    head, space, _ = cut.rpartition(" ")
    # No joiner is left behind whose second half was cut off.
    return (head if space and len(head) > length * 2 // 3 else cut).rstrip(" \u200c\u200d") + "…"
