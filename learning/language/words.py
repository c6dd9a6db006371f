"""The words of a statement, made comparable: content words, stems, figures, negation, direction.

Search, matching against what is known, and tombstones all compare statements by these, so that they agree on what
"the same" means.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Words that say nothing about what a statement is about. Negations and number words are not among them: they
# turn a statement into another one.
STOP_WORDS = frozenset(
    _listed(
        """
        a an the this that these those there here it its i me my mine we us our ours you your yours he she they them
        their and or but so if then than as at by for from in into of off on onto out over to up with about after again
        all also always any am are be been being is was were both can could did do does doing done each else ever every
        few get gets got had has have having how just let lets like ll may maybe might more most much must now ok okay
        only other ought please really re same shall should since some still such sure through too under until very ve
        via want wants what when where which while who whom whose why will would yes yet actually anyway basically hey
        hi
        """
    )
)

NEGATIONS = frozenset(
    _listed(
        """
        not no never none neither nor cannot without dont doesnt didnt isnt arent wasnt cant wont wouldnt shouldnt
        couldnt stop stops stopped stopping avoid avoids avoided avoiding drop drops dropped dropping
        """
    )
)

# "Two spaces" and "four spaces" are two statements. Further numbers people write in digits.
NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(_listed("zero one two three four five six seven eight nine ten eleven twelve"))
}

# A word is a run of letters and digits, with joiners inside where it is a name: `node.js`, `snake_case`, `src/app.py`,
# `don't`, `1,000`. `+` and `#` may end it (C++, C#). Scripts written without spaces count letter by letter.
# No two adjacent parts can match the same character, so it is linear on any input.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_RUN = rf"[^\W_{_UNSPACED}]+"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:[./\\~@_-]{{1,2}}(?=[^\W_]))?{_RUN}(?:[._/\\:,'@-]{{1,2}}{_RUN})*(?:\+\+|#)?")
_PART = re.compile(rf"[{_UNSPACED}]|{_RUN}(?:\+\+|#)?")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W_]")
_FILE_NAME = re.compile(r"[\w.@-]*\w\.[a-z]{1,5}\Z")
_SOURCE = re.compile(r"(?:\bfrom|\binstead of|\brather than|, not)\s+(?:the |a |an |our |using )?([^\s,;]+)")


# Letters without a vowel, as of "JWT", "PR", "VM"; and those whose last one is no plural.
_INITIALS = re.compile(r"[b-df-hj-np-tv-xz]+\Z")
_ENDING_IN_S = _listed("css dns tls sms gps cms kms sns sqs rds fps nfs rss https hls mms pps tps vps wms xss")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one English word in lower case, by the Snowball algorithm (Porter 2); of initials ("JWTs"), which it
    leaves alone, without the s.

    About 20 microseconds for a word not seen before.
    """
    if _INITIALS.match(word):
        return word.removesuffix("s") if len(word) > 2 and word not in _ENDING_IN_S else word
    # 8 ms: not before the first message. A stemmer holds the word it works on, so each call has its own (4 µs):
    # searches and writes run in different threads.
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


def _tokens(text: str) -> list[str]:
    """The words of a text as they stand, apostrophes made straight and endings like `'re` taken off."""
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return [re.sub(r"(?i)(?:'(?:s|re|ve|ll|d|m))+\Z", "", token) for token in _WORD.findall(text)]


def _is_negation(token: str) -> bool:
    lower = token.lower()
    return lower in NEGATIONS or lower.endswith("n't")


def _parts(token: str) -> list[str]:
    """What a compound name is found by: itself without its joiners, then its parts. A plain word is itself alone.

    `node.js` -> nodejs, node, js; `getUserById` -> getuserbyid, get, user, by, id. A name of two capitals stays whole:
    most are brands (TypeScript, PostgreSQL), and "type" or "script" would find them where nobody meant them.
    """
    parts = _PART.findall(token)
    if len(parts) == 1:
        humps = _CAMEL.findall(parts[0])
        if len(humps) >= 3 or (len(humps) == 2 and parts[0][:1].islower()):
            parts = humps
    parts = [part.lower() for part in parts]
    if len(parts) < 2:
        return parts
    return ["".join(parts), *(part for part in parts if len(part) > 1 or part.isdigit())]


def content_words(text: str) -> list[str]:
    """The words that say what a text is about, in lower case, in their order, repeats kept; no negations."""
    return [
        NUMBER_WORDS.get(part, part)
        for token in _tokens(text)
        if not _is_negation(token)
        for part in _parts(token)
        if part not in STOP_WORDS
    ]


def stems(text: str) -> list[str]:
    """The stems of a text's content words, in their order, repeats kept."""
    return [stem(word) if word.isalpha() else word for word in content_words(text)]


def figures(text: str) -> frozenset[str]:
    """Numbers, versions, paths and file names: two statements that differ in one are two statements."""
    found = set()
    for token in _tokens(text):
        lower = NUMBER_WORDS.get(token.lower(), token.lower())
        if any(character.isdigit() for character in lower):
            found.add(re.sub(r"\Av(?=\d)", "", lower).replace(",", ""))
        elif "/" in lower or "\\" in lower or _FILE_NAME.match(lower):
            found.add(lower)
    return frozenset(found)


def is_negated(text: str) -> bool:
    """Whether a text says that something is not so, is not done, or is done no more."""
    return any(_is_negation(token) for token in _tokens(text))


@dataclass(frozen=True, slots=True)
class Signature:
    """What two statements are compared by."""

    stems: frozenset[str]
    figures: frozenset[str]
    negated: bool
    sources: frozenset[str]
    """What is left behind, as stems: `npm` of "from npm to pnpm", of "pnpm, not npm", of "pnpm instead of npm"."""

    def matches(self, other: Signature, overlap: float = 0.8) -> bool:
        """Whether both say the same: `overlap` of all their stems in common (Jaccard), and no figure, negation or
        direction that differs. A statement without any content word matches nothing."""
        if self.figures != other.figures or self.negated != other.negated:
            return False
        if self.sources and other.sources and not self.sources & other.sources:
            return False
        union = len(self.stems | other.stems)
        return union > 0 and len(self.stems & other.stems) >= overlap * union


def signature(text: str) -> Signature:
    """The signature of a statement."""
    return Signature(
        stems=frozenset(stems(text)),
        figures=figures(text),
        negated=is_negated(text),
        sources=frozenset(found for match in _SOURCE.finditer(text.lower()) for found in stems(match[1])),
    )
