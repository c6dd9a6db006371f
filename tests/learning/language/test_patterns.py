from __future__ import annotations

import json
import re

import pytest

from learnchat.learning.language.patterns import PatternIndex, packed, unpacked
from learnchat.learning.language.statements import token_spans
from learnchat.learning.training.beginnings import beginnings_of

SOURCES = {
    "always": r"\b(?:always|at all times)\b",
    "we_use": r"\b(?:we|i) (?:\w+ )?(?:use|run)\b",
    "file": r"(?<=\w)\.(?:py|ts)\b",
    "plural": r"^(?:the )?\w{3,}s (?:are|must)\b",
    "arrow": r"(?:→|->)",
    "don_t": r"\bdon'?t (?:use|add)\b",
    "instead": r"\binstead of \w",
    "value": r"[a-z_]+ ?= ?\S",
}
INDEX = PatternIndex(SOURCES, beginnings_of(SOURCES))


def read(text: str) -> tuple[set[str], set[str]]:
    spans = token_spans(text)
    return INDEX.read(text, spans, [text[start:end] for start, end in spans])


@pytest.mark.parametrize(
    "text",
    [
        "we always use tabs",
        "at all times we run it, i run app.py",
        "the tests are slow -> don't add more",
        "dont use it; don't run",
        "instead of x we now use y",
        "instead",
        "port=80 and _name_ = 3",
        "tests must pass",
        "(always) re-always alwaysly",
        "at all",
        "we",
        "we-use, we 'use, i run",
        "i run, don't use; i. we use",
        "über-we use émigré.ts",
        "",
    ],
)
def test_the_index_finds_what_searching_for_each_pattern_finds(text: str) -> None:
    names, _ = read(text)
    assert names | set(INDEX.at_start(text)) == {name for name, source in SOURCES.items() if re.search(source, text)}


def test_words_are_plain_ones() -> None:
    assert read("we don't use a.py, v2 or `x`?")[1] == {
        "we",
        "don't",
        "use",
        "or",
        "?",
    }


def test_what_was_packed_for_a_file_is_unpacked_as_it_was() -> None:
    beginnings = beginnings_of(SOURCES)
    assert unpacked(json.loads(json.dumps(packed(beginnings)))) == beginnings
