from __future__ import annotations

import json
import re

import pytest

from learnchat.learning.language.patterns import PatternIndex, packed, unpacked
from learnchat.learning.language.statements import tokenised
from learnchat.learning.training.beginnings import beginnings_of

SOURCES = {
    "always": r"\b(?:always|at all times)\b",
    "we_use": r"\b(?:we|i) (?:\w+ )?(?:use|run)\b",
    "file": r"(?<=\w)\.(?:py|ts)\b",
    "plural": r"^(?:the )?\w{3,}s (?:are|must)\b",
    "answer": r"^(?:yes|no)\b",
    "arrow": r"(?:→|->)",
    "don_t": r"\bdon'?t (?:use|add)\b",
    "instead": r"\binstead of \w",
    "value": r"[a-z_]+ ?= ?\S",
}
INDEX = PatternIndex(SOURCES, beginnings_of(SOURCES))


def read(text: str) -> set[str]:
    return INDEX.read(text, tokenised(text))


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
        "must tests pass? the tests, must. tests-must",
        "yes, the files are",
        "a, b; c -> d",
        "files.are .py .ts, -",
        "(always) re-always alwaysly",
        "at all",
        "we",
        "we-use, we 'use, i run",
        "i run, don't use; i. we use",
        "über-we use émigré.ts",
        "`we use it` and `a = b`",
        "``` = ` we use",
        "w" * 81 + " we use = 3",
        "w" * 79 + "-always use",
        "=" * 600 + " always",
        "",
    ],
)
def test_the_index_finds_what_searching_for_each_pattern_finds(text: str) -> None:
    assert read(text) == {name for name, source in SOURCES.items() if re.search(source, text)}


@pytest.mark.parametrize("text", ["the tests must pass", "tests must", "port=80", "i run", "must tests"])
def test_what_must_begin_a_statement_is_found_at_the_start_of_what_follows_filler(text: str) -> None:
    assert {*INDEX.at_start(text)} == {name for name in ("plural", "answer") if re.match(SOURCES[name], text)}


def test_what_was_compiled_at_once_is_not_compiled_when_it_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    index = PatternIndex(SOURCES, beginnings_of(SOURCES))
    index.compile()
    monkeypatch.setattr(re, "compile", None)
    assert index.read("instead of x", tokenised("instead of x")) == {"instead"}


def test_what_was_packed_for_a_file_is_unpacked_as_it_was() -> None:
    beginnings = beginnings_of(SOURCES)
    assert unpacked(json.loads(json.dumps(packed(beginnings)))) == beginnings
