"""What the gate sees of a statement: named evidence, nothing of the text itself but its plain words.

``c:`` cues, ``d:`` forms of detectors and ``k:`` their kinds, ``plain:`` plain forms that are heard in the statement;
``n:`` some of them in the statement after it ("make a rule for it", "remember that"); ``s:`` the share of the message's
other statements that hold them (a list of screen tweaks speaks against each of its lines).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import NamedTuple

from learnchat.learning.detectors.registry import built_in_detectors
from learnchat.learning.hearing import model_file
from learnchat.learning.kinds import Kind
from learnchat.learning.language.clauses import clauses
from learnchat.learning.language.filler import OPENERS, trimmed_start
from learnchat.learning.language.patterns import PatternIndex, unpacked
from learnchat.learning.language.plain_forms import PLAIN_FORMS, PREFIX, RULES
from learnchat.learning.language.slips import SLIPS, regular
from learnchat.learning.language.statements import Statement, split, tokenised

CUES = ("sentence", "task", "lasting", "person", "detail", "generic")
"""The modules of `learnchat.learning.cues`."""

# A pasted document of hundreds of statements is not a message; the first and last ones are enough to judge it.
MOST_STATEMENTS = 48
CLAUSES_UP_TO = 6
"""In a message of more statements clauses are not read by themselves: up to 3, 4, 6 and 10 statements, 6 gave the best
held-out figures, and long messages take the most time."""

MOST_CLAUSES = 8
"""So many are read in a message: it bounds the time, and few messages have more."""

# Evidence whose presence in the rest of the message changes what a statement means.
NEIGHBOURS = frozenset(
    [
        "c:question_mark",
        "c:task_imperative",
        "c:trouble",
        "c:names_a_place_on_screen",
        "c:go_ahead",
        "c:remember",
        "c:getting_trouble",
        "c:hedges",
        "c:asks_for_something",
        "c:past_report",
        "c:demonstrative_object",
        "c:see_reference",
        "c:first_person_report",
        "c:thanks_or_praise",
        "c:wants_to_do",
        "c:correction",
        "d:make_a_rule",
        "k:preference",
        "k:decided_to_use",
        "k:fact",
    ]
)


_ORDER = (
    Kind.SWITCHING,
    Kind.NO_LONGER,
    Kind.CORRECTION,
    Kind.REJECTED_IDEA,
    Kind.WORKAROUND,
    Kind.BUG_FIXED,
    Kind.PREFERENCE,
    Kind.PROCEDURE,
    Kind.DECIDED_TO_USE,
    Kind.NOW_USING,
    Kind.ARCHITECTURE_CHANGE,
    Kind.PERFORMANCE_ISSUE,
    Kind.EDGE_CASE,
    Kind.FACT,
    Kind.IMPLEMENT_CHANGE,
)
NAMING = {kind: place for place, kind in enumerate(_ORDER)}
"""Whose form names a statement that has several: the lowest, in the order in which they were most often right."""

_SLIPS = frozenset(SLIPS)
# What a sentence is about, and that it only repeats what others say or wonders about it, holds for each of its clauses.
_OF_THE_WHOLE = frozenset(["c:everyday_life", "c:reported", "c:holds_quotation", "c:asks_whether"])
_AMONG_OTHERS = {name: "s:" + name for name in NEIGHBOURS}
_IN_THE_NEXT = {name: "n:" + name for name in NEIGHBOURS}
_KINDS = {f"k:{kind}": kind for kind in NAMING}
# Marks that stand loosely after a statement.
_LOOSE = " \t\r\n.!?;:,…—–-("


class Sentence(NamedTuple):
    """A statement with the named evidence in and around it. A tuple, because there are dozens in a message."""

    number: int
    """Which of the message's statements, as `split` gives them."""
    start: int
    end: int
    """What would be offered: without filler before it and marks after it. Offsets into the text, in characters."""
    features: Mapping[str, float]
    """A value is 1 or a share."""
    words: Collection[str]
    """Its words and marks in small letters, each once."""
    kinds: tuple[Kind, ...]
    """Whose forms it has, in the order in which they name a statement."""
    is_clause: bool = False
    """It is a part of the statement of the same number, read by itself too."""


@cache
def sources() -> dict[str, str]:
    """Every pattern under the name of the evidence it gives."""
    tables = {name: import_module(f"learnchat.learning.cues.{name}").CUES for name in CUES}
    found = {f"c:{name}": pattern for table in tables.values() for name, pattern in table.items()}
    for detector in built_in_detectors():
        found.update({f"d:{name}": pattern for name, pattern in detector.forms.items()})
    return found | {PREFIX + name: pattern for name, pattern in PLAIN_FORMS.items()}


@cache
def kind_features() -> dict[str, str]:
    """The ``k:`` evidence that each form gives besides its own."""
    forms = {f"d:{name}": f"k:{one.name}" for one in built_in_detectors() for name in one.forms}
    return forms | dict.fromkeys(RULES, f"k:{Kind.PREFERENCE}")


@cache
def shipped_index() -> PatternIndex:
    """The patterns, with what the model file knows of their beginnings."""
    return PatternIndex(sources(), unpacked(model_file.shipped().beginnings))


@lru_cache(maxsize=4)  # the detectors and the gate read the same message one after the other
def evidence(text: str) -> tuple[Sentence, ...]:
    """The statements of a message with their evidence. Linear."""
    return gathered(text, shipped_index())


def gathered(text: str, index: PatternIndex) -> tuple[Sentence, ...]:
    """The same by an index of one's own: training has none yet."""
    numbered = [(number, each) for number, each in enumerate(split(text)) if _is_said(each)]
    if len(numbered) > MOST_STATEMENTS:
        numbered = numbered[: MOST_STATEMENTS // 2] + numbered[-MOST_STATEMENTS // 2 :]
    heard = [_hear(text, each, index) for _, each in numbered]
    around = _Around([one.names for one in heard])
    found: list[Sentence] = []
    left = MOST_CLAUSES
    for position, ((number, statement), one) in enumerate(zip(numbered, heard, strict=True)):
        features = around.features(position)
        found.append(_sentence(number, one, features))
        if len(numbered) <= CLAUSES_UP_TO and left > 0:
            for clause in clauses(statement)[:left]:
                if _is_said(clause.statement):
                    left -= 1
                    part = _hear(text, clause.statement, index)
                    part = part._replace(start=min(max(part.start, clause.start), part.end - 1))
                    part.names.update(one.names & _OF_THE_WHOLE)
                    found.append(_sentence(number, part, features, is_clause=True))
    return tuple(found)


def _sentence(number: int, heard: _Heard, around: Mapping[str, float], *, is_clause: bool = False) -> Sentence:
    features = {**dict.fromkeys(heard.names, 1.0), **around}
    return Sentence(number, heard.start, heard.end, features, heard.words, heard.kinds, is_clause)


def _is_said(statement: Statement) -> bool:
    """Whether there is a word in it, and not only code or marks."""
    # Most begin with one.
    tokens = statement.tokens.texts
    return tokens[0][0].isalpha() or any(token[0].isalpha() for token in tokens)


class _Heard(NamedTuple):
    start: int
    end: int
    names: set[str]
    words: Collection[str]
    kinds: tuple[Kind, ...]


def _hear(text: str, statement: Statement, index: PatternIndex) -> _Heard:
    """What is heard in a statement, and the part of it that would be offered."""
    begin, small, tokens = statement.start, statement.small, statement.tokens
    start = begin
    if tokens.texts[0] in OPENERS:
        start += tokens.starts[trimmed_start(statement.lowers)]
    end = start + len(text[start : statement.end].rstrip(_LOOSE))
    opening = start - begin
    words: Collection[str] = statement.vocabulary if tokens.texts is statement.lowers else {*tokens.texts}
    if not _SLIPS.isdisjoint(statement.vocabulary):
        opening = len(regular(small[:opening]))
        small = regular(small)
        tokens = tokenised(small)
        words = {*tokens.texts}
    names = index.read(small, tokens)
    if opening:
        names.update(index.at_start(small[opening:]))
    formed = {*filter(None, map(kind_features().get, names))}
    names |= formed
    kinds = tuple(sorted(map(_KINDS.__getitem__, formed), key=NAMING.__getitem__)) if formed else ()
    return _Heard(start, end, names, words, kinds) if end > start else _Heard(begin, statement.end, names, words, kinds)


class _Around:
    """What the other statements of a message hold."""

    def __init__(self, names: Sequence[set[str]]) -> None:
        self._near = [one & NEIGHBOURS for one in names]
        self._others = len(names) - 1
        self._counts = Counter([name for one in self._near for name in one])
        self._of_others = (
            {_AMONG_OTHERS[name]: count / self._others for name, count in self._counts.items()} if self._others else {}
        )

    def features(self, position: int) -> dict[str, float]:
        """The ``s:`` and ``n:`` evidence of one statement."""
        found = self._of_others.copy()
        for name in self._near[position] if self._others else ():
            rest = self._counts[name] - 1
            if rest:
                found[_AMONG_OTHERS[name]] = rest / self._others
            else:
                del found[_AMONG_OTHERS[name]]
        if position < self._others:
            found.update(dict.fromkeys([_IN_THE_NEXT[name] for name in self._near[position + 1]], 1.0))
        return found
