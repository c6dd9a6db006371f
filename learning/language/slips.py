"""Usual slips and missing apostrophes, made regular before the tables look: "dont" is "don't"."""

from __future__ import annotations

import re

SLIPS = {
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "wont": "won't", "isnt": "isn't",
    "arent": "aren't", "shouldnt": "shouldn't", "wasnt": "wasn't", "lets": "let's", "im": "i'm", "ive": "i've",
    "youre": "you're", "thats": "that's", "whats": "what's", "theres": "there's", "hasnt": "hasn't",
    "havent": "haven't", "wouldnt": "wouldn't", "couldnt": "couldn't", "pls": "please", "plz": "please",
    "teh": "the", "u": "you", "ur": "your", "wanna": "want to", "gonna": "going to", "becuase": "because",
    "bc": "because", "cuz": "because", "alway": "always", "alwys": "always", "insted": "instead",
    "intead": "instead", "shoud": "should", "shuold": "should", "nerver": "never", "everytime": "every time",
}  # fmt: skip
_SLIP = re.compile(r"\b(?:" + "|".join(SLIPS) + r")\b")
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "—": "-", "–": "-"})


def lowered(text: str) -> str:
    """In small letters, with straight marks, and exactly as long as before: offsets stay."""
    if text.isascii():
        return text.lower()
    return in_small_letters(text.translate(_MARKS))


def in_small_letters(text: str) -> str:
    """The same with its marks as they are."""
    small = text.lower()
    # A few letters have no single small one.
    return small if len(small) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def regular(text: str) -> str:
    """A text in small letters without slips. Its length may change."""
    return _SLIP.sub(lambda match: SLIPS[match.group()], text)
