"""What a statement claims, as far as two can be compared by it: what is used, what is left behind, what it is about.

Finer than `words.Signature`, on which tombstones stand, and never stored: it may change with every version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from learnchat.learning.language.words import figures, is_negated, stems

# Stems: one for what people call by several names. Only what is the same thing in every project.
_ALIASES = {
    "postgresql": "postgr",
    "js": "javascript",
    "ts": "typescript",
    "k8s": "kubernet",
    "db": "databas",
    "repo": "repositori",
    "config": "configur",
    "docs": "document",
    "doc": "document",
    "env": "environ",
    "auth": "authent",
    "prod": "product",
    "dev": "develop",
    "app": "applic",
}

_NAMED_TWICE = frozenset(_ALIASES) | frozenset(_ALIASES.values())

_TAKE = (
    r"us(?:e|es|ed|ing)|adopt(?:s|ed|ing)?|switch(?:es|ed|ing)?|mov(?:e|es|ed|ing)|migrat(?:e|es|ed|ing)|"
    r"cho(?:ose|oses|se|sen|osing)|pick(?:s|ed|ing)?|go(?:es|ing)?|went|stick(?:s|ing)?|settled?|standardi[sz]ed?|"
    r"runs?|running|rely|relies|built|written|hosted|stays?|decided|opted|now on"
)
_DROP = (
    r"drop(?:s|ped|ping)?|remov(?:e|es|ed|ing)|ditch(?:es|ed|ing)?|avoid(?:s|ed|ing)?|abandon(?:s|ed|ing)?|"
    r"retir(?:e|es|ed|ing)|reject(?:s|ed|ing)?|g[eo]t rid of|moved? (?:away|off)|done with|replac(?:e|es|ed|ing)"
)
# Stems of the verbs above, and of what only goes along with them.
_LIGHT = frozenset(
    re.findall(
        r"\w+",
        """
        use adopt switch move migrat choos chose pick go went stick settl standard standardis run reli built build
        written host stay decid opt choic drop remov ditch avoid abandon retir reject replac rid away longer anymor
        instead back exclus start done anyth els
        """,
    )
)
_ARTICLE = r"(?:(?:the|a|an|our|my|their|plain|only|just) )?"
_NAME = r"[\w@`][\w.+#/@`-]{0,60}"
# A thing is one to three words, up to where another part of the sentence begins.
_BOUNDARY = (
    r"(?!(?:for|in|on|at|as|with|from|to|of|because|since|when|while|where|until|and|or|but|so|if|is|are|was|were|by|"
    r"via|not|instead|rather|now|everywhere|anymore|any|again|over|across|during|only|here|there|please|too)\b)"
)
_THING = rf"{_BOUNDARY}({_NAME}(?: {_BOUNDARY}{_NAME}){{0,2}})"
_LEFT = re.compile(
    r"(?:,? instead of|,? rather than|,? and not|, not|\bover|, never(?= (?:using|through|via)\b| [\w@./-]+[.!]?$)) "
    rf"{_ARTICLE}(?:(?:using|through|via) )?{_THING}",
    re.I,
)
_FROM = re.compile(rf"\bfrom {_ARTICLE}(?:using )?{_THING}", re.I)
# "From" leaves something where somebody goes; a link from A to B leaves nothing.
_GOES = re.compile(
    r"\b(?:switch|mov|migrat|transition|convert|port|chang|upgrad|downgrad|go|going|went|shift|pivot|away)(?:\b|e|i)",
    re.I,
)
_REPLACED = re.compile(rf"\b(?:replac|swap)\w{{0,4}} (?:out )?{_ARTICLE}{_THING} (?:with|for|by) ", re.I)
_TAKEN = re.compile(
    rf"\b(?:{_TAKE})\b(?: (?:over|back|away|everything|it|fully|all))?(?: (?:to|on|with|onto|for))?"
    rf"(?: (?:use|using|go))?(?: with)? {_ARTICLE}{_THING}",
    re.I,
)
# "All emails are sent through Postmark."
_BY_WAY_OF = re.compile(rf"\b(?:is|are|gets?|goes?|runs?) (?:\w+ ){{0,3}}(?:through|via) {_ARTICLE}{_THING}", re.I)
_DROPPED = re.compile(rf"\b(?:{_DROP})\b(?: (?:using|support for|to use|on|with))? {_ARTICLE}{_THING}", re.I)
_IS_OURS = re.compile(rf"^{_ARTICLE}({_NAME}) is (?:our|the) ", re.I)
_NO_LONGER = re.compile(
    r"(?:\b(?:no longer|not|never|stop(?:ped|s)?|quit)|n't) (?:be )?(?:us(?:e|ing)|go(?:ing)? with|adopt|want|need|run)"
    rf"(?: on)? {_ARTICLE}{_THING}",
    re.I,
)
# "We don't use pip here, always uv."
_ALWAYS = re.compile(rf"(?:[,;:]|\bbut) (?:always|only|just) {_ARTICLE}{_THING}", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, read."""

    about: frozenset[str]
    """The stems of what it says, without what is left behind and without the verbs of using and leaving."""
    used: frozenset[str]
    """The stems of the thing it says is used; empty where it says no such thing."""
    left: frozenset[str]
    """The stems of what is not used any more, or shall not be."""
    figures: frozenset[str]
    negated: bool
    """Says that something is not so, apart from what is left behind."""
    takes: bool
    """Says that something is used, or is not."""
    drops: bool = False
    """Says of what is left that it is not used: "no longer X", where "from X to Y" says what comes in its place."""

    @property
    def area(self) -> frozenset[str]:
        """What it is used for, or where."""
        return self.about - self.used - self.left


@lru_cache(maxsize=4000)  # a profile's insights are compared with every message in which something was heard
def read_claim(statement: str) -> Claim:
    """Read a statement. Some 100 microseconds the first time."""
    text = " ".join(statement[:600].replace("’", "'").split())
    left: set[str] = set()
    for expression in (_REPLACED, _LEFT, *((_FROM,) if _GOES.search(text) else ())):
        for found in expression.finditer(text):
            left |= canonical(found[1])
        # "Replaced X with Y" takes Y; what is left behind is no part of what is claimed.
        text = " ".join(expression.sub(" use " if expression is _REPLACED else " ", text).split())
    dropped = [found for expression in (_NO_LONGER, _DROPPED) for found in expression.finditer(text)]
    for found in dropped:
        left |= canonical(found[1])
    # "No longer X, we went back to Y" takes Y; in "avoid using X" nothing is taken.
    rest = _without([found.span() for found in dropped], text)
    taken = _TAKEN.search(rest) or _BY_WAY_OF.search(rest) or (_ALWAYS.search(rest) if dropped else None)
    if taken is not None:
        text = rest
    ours = _IS_OURS.search(text)
    used = canonical(taken[1]) if taken else canonical(ours[1]) if ours else frozenset()
    about = canonical(text) - _LIGHT
    return Claim(
        about=about,
        used=used - _LIGHT,
        left=frozenset(left) - _LIGHT,
        figures=figures(text),
        negated=is_negated(text),
        takes=bool(taken or ours or dropped),
        drops=bool(dropped),
    )


def _without(spans: list[tuple[int, int]], text: str) -> str:
    """A text without some parts of it."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def canonical(text: str) -> frozenset[str]:
    """The stems of a text, one for things of several names."""
    return frozenset(_ALIASES.get(each, each) for each in stems(text))


def same_things(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two statements have a stem in common that says what they are about, verbs of using and leaving aside."""
    if shared := first & second:
        return not shared <= _LIGHT
    if _NAMED_TWICE.isdisjoint(first):
        return False
    return bool({_ALIASES.get(each, each) for each in first} & {_ALIASES.get(each, each) for each in second})


def same_words(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """The words of `first` that `second` has too, one slip of the keyboard in a long word forgiven."""
    shared = first & second
    rest = sorted(second - first)
    return shared | {word for word in first - shared if any(_is_slip(word, other) for other in rest)}


# Shorter words one letter apart are mostly two words: import and impart, upload and unload.
_LONG = 7


def _is_slip(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _LONG or word[0] != other[0] or not (word.isalpha() and other.isalpha()):
        return False
    if word.startswith(other) or other.startswith(word):
        # PostgREST is not Postgres, and Angular not AngularJS.
        return False
    # 3 ms: only where two statements are nearly the same.
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other, score_cutoff=1) <= 1
