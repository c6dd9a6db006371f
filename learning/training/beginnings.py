"""Reads off patterns what they can begin with, for the index that finds them at run time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from learnchat.learning.language.patterns import INDEXED_LETTERS, Beginnings

# A set such as [abc123] is spelled out up to this size; a larger one counts as "any letter".
_LARGEST_SET = 12
# Letters, and whether they are complete: then they are not extended further.
_Beginnings = set[tuple[str, bool]]
_LIST = re.compile(r"\\b\(\?:(?P<alternatives>.*)\)\\b\Z")
_ONE = re.compile(r"\\b(?P<word>[a-z][a-z']*)\\b\Z")
_WORD = re.compile(r"[a-z][a-z']*\Z")
_LETTERS = re.compile(r"[a-z']*\Z")
_GROUP = re.compile(r"(?P<before>[a-z']*)\(\?:(?P<inner>[a-z'|]*)\)(?P<optional>\??)(?P<after>.*)\Z")
_OPTIONAL = re.compile(r"(?P<before>[a-z']*)(?P<last>[a-z'])\?(?P<after>.*)\Z")
# Stands for the place where a word begins or ends.
_EDGE = "\0"
_INNER = re.compile(rf"(?<=[ {_EDGE}])[a-z]+(?:'[a-z]+)?(?=[ {_EDGE}])|=")
# A part of a pattern is spelled out up to so many texts, or it would multiply without end; then the next part begins.
_MOST_TEXTS = 2_000


def first_letters(source: str, at_start: bool = False) -> set[str]:
    """The beginnings a match of *source* can have, at the start of a statement or elsewhere; "" means any beginning."""
    from re import _constants as constants  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

    def joined(left: _Beginnings, right: _Beginnings) -> _Beginnings:
        result: _Beginnings = set()
        for letters, complete in left:
            if complete:
                result.add((letters, True))
                continue
            for more, closed in right:
                both = (letters + more)[:INDEXED_LETTERS]
                result.add((both, closed or len(both) == INDEXED_LETTERS))
        return result

    def one(kind: object, value: object) -> _Beginnings:
        if kind is constants.LITERAL:
            return {(chr(value), False)}  # type: ignore[arg-type]
        if kind is constants.IN:
            literal = all(each is constants.LITERAL for each, _ in value)  # type: ignore[attr-defined]
            if literal and len(value) <= _LARGEST_SET:  # type: ignore[arg-type]
                return {(chr(letter), False) for _, letter in value}  # type: ignore[attr-defined]
            if value == [(constants.CATEGORY, constants.CATEGORY_DIGIT)]:
                return {(digit, True) for digit in "0123456789"}
            return {("", True)}
        if kind is constants.BRANCH:
            return set().union(*(sequence(branch) for branch in value[1]))  # type: ignore[index]
        if kind is constants.SUBPATTERN:
            return sequence(value[-1])  # type: ignore[index]
        if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            repeat: tuple[int, int, Iterable[tuple[object, object]]] = value  # type: ignore[assignment]
            once = sequence(repeat[2])
            if repeat[1] != 1:
                once = {(letters, True) for letters, _ in once}
            return once if repeat[0] else once | {("", False)}
        if kind is constants.AT and value is constants.AT_BEGINNING:
            return {("", False)} if at_start else set()
        if kind in (constants.AT, constants.ASSERT, constants.ASSERT_NOT):
            return {("", value is constants.AT_END)}
        return {("", True)}

    def sequence(items: Iterable[tuple[object, object]]) -> _Beginnings:
        found: _Beginnings = {("", False)}
        for kind, value in items:
            if all(complete for _, complete in found):
                break
            found = joined(found, one(kind, value))
        return found

    return {letters for letters, _ in sequence(parser.parse(source))}


def beginnings_of(sources: Mapping[str, str]) -> Beginnings:
    """The single words that patterns consist of, and the letters that anything else in them can begin with."""
    words: dict[str, list[str]] = {}
    anywhere: dict[str, list[str]] = {}
    at_start: dict[str, list[str]] = {}
    within: dict[str, list[str]] = {}
    for name, source in sources.items():
        single, rest = apart(source)
        for word in single:
            words.setdefault(word, []).append(name)
        for letters in sorted(first_letters(rest)) if rest else ():
            anywhere.setdefault(letters, []).append(name)
        if "^" in source:
            openings = first_letters(source, at_start=True)
            for letters in sorted(openings):
                at_start.setdefault(letters, []).append(name)
            for word in sorted(words_within(source)) if "" in openings else ():
                within.setdefault(word, []).append(name)
    return Beginnings(words, anywhere, at_start, within)


def apart(source: str) -> tuple[list[str], str]:
    r"""The single words of a pattern such as ``\b(?:always|at all times)\b``, and the pattern without them."""
    single: list[str] = []
    rest: list[str] = []
    for part in alternatives(source):
        listed = _LIST.match(part)
        if listed and _balanced(listed["alternatives"]):
            spelled = {each: spellings(each) for each in alternatives(listed["alternatives"])}
            single += [word for words in spelled.values() for word in words]
            others = [each for each, words in spelled.items() if not words]
            if others:
                rest.append(r"\b(?:" + "|".join(others) + r")\b")
        else:
            one = _ONE.match(part)
            (single if one else rest).append(one["word"] if one else part)
    return single, "|".join(rest)


def alternatives(source: str) -> list[str]:
    """A pattern, cut at the bars that stand outside groups and sets."""
    parts = [""]
    depth = 0
    in_set = escaped = False
    for letter in source:
        if letter == "|" and not (depth or in_set or escaped):
            parts.append("")
            continue
        parts[-1] += letter
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif in_set:
            in_set = letter != "]"
        elif letter == "[":
            in_set = True
        else:
            depth += (letter == "(") - (letter == ")")
    return parts


def _balanced(source: str) -> bool:
    depth = 0
    for letter in source:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0


def spellings(source: str) -> list[str]:
    """The words that a simple pattern stands for: of "fail(?:s|ed)?" fails, failed, fail; none if it is not simple."""
    found = _spelled(source)
    return found if all(_WORD.match(word) for word in found) else []


def _spelled(source: str) -> list[str]:
    group = _GROUP.match(source)
    if group:
        inner = group["inner"].split("|") + ([""] if group["optional"] else [])
        return [group["before"] + each + after for after in _spelled(group["after"]) for each in inner]
    letter = _OPTIONAL.match(source)
    if letter:
        return [letter["before"] + each + rest for rest in _spelled(letter["after"]) for each in (letter["last"], "")]
    return [source] if _LETTERS.match(source) else []


def words_within(source: str) -> set[str]:
    """Words and marks of which every match of what must begin a statement holds one; none where there are no such.

    Such a word stands by itself: between blanks, or where the pattern says that a word ends.
    """
    found: set[str] = set()
    for part in alternatives(source):
        if "^" in part:
            choices = [words for words in map(_inner_words, _runs(part)) if words]
            if not choices:
                return set()
            found |= min(choices, key=len)
    return found


def _inner_words(texts: Collection[str]) -> set[str]:
    """The first word of each text; none where one has none."""
    found = [_INNER.search(text) for text in texts]
    return {match.group() for match in found if match} if all(found) else set()


def _runs(source: str) -> list[set[str]]:
    """The parts of a pattern that can be spelled out, one after the other: all that each of them stands for."""
    from re import _constants as constants  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

    def texts(kind: object, value: object) -> set[str] | None:
        if kind is constants.LITERAL:
            return {chr(value)}  # type: ignore[arg-type]
        if kind is constants.AT and value is constants.AT_BOUNDARY:
            return {_EDGE}
        if kind is constants.BRANCH:
            return united([joined(branch) for branch in value[1]])  # type: ignore[index]
        if kind is constants.SUBPATTERN:
            return joined(value[-1])  # type: ignore[index]
        if kind is constants.MAX_REPEAT and value[:2] == (0, 1):  # type: ignore[index]
            return united([joined(value[2]), {""}])  # type: ignore[index]
        return None

    def united(several: Iterable[set[str] | None]) -> set[str] | None:
        found: set[str] = set()
        for each in several:
            if each is None:
                return None
            found |= each
        return found

    def joined(items: Iterable[tuple[object, object]]) -> set[str] | None:
        found = {""}
        for kind, value in items:
            more = texts(kind, value)
            if more is None or len(found) * len(more) > _MOST_TEXTS:
                return None
            found = {before + after for before in found for after in more}
        return found

    runs: list[set[str]] = [{""}]
    for kind, value in parser.parse(source):
        more = texts(kind, value)
        if more is None:
            runs.append({""})
        elif len(runs[-1]) * len(more) <= _MOST_TEXTS:
            runs[-1] = {before + after for before in runs[-1] for after in more}
        else:
            runs.append(more)
    return runs
