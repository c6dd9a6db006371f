from __future__ import annotations

from pathlib import Path

from learnchat.learning.language.words import stems
from learnchat.learning.recall.bearing import rank
from learnchat.learning.recall.postings import MemoryPostings
from learnchat.learning.recall.terms import terms


def read(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line]


PAIRS = read("paraphrases.tsv")
HELD_OUT = read("paraphrases_held_out.tsv")


def among_five(*, tags: bool, synonyms: bool) -> float:
    postings = MemoryPostings(
        (place, terms(f"{statement} {more}" if tags else statement)) for place, (statement, more, _) in enumerate(PAIRS)
    )
    hits = 0
    for place, (_, _, question) in enumerate(PAIRS):
        found = rank(question, postings, synonyms=synonyms)
        hits += place in sorted(found, key=lambda each: -found[each])[:5]
    return hits / len(PAIRS)


def test_there_are_enough_pairs_each_of_its_own() -> None:
    assert len(PAIRS) >= 100
    assert len({statement for statement, _, _ in PAIRS}) == len({question for _, _, question in PAIRS}) == len(PAIRS)


def test_no_pair_has_a_content_word_in_common() -> None:
    shared = {question: set(stems(statement)) & set(stems(question)) for statement, _, question in PAIRS + HELD_OUT}

    assert not {question: words for question, words in shared.items() if words}
    assert all(stems(statement) and stems(question) for statement, _, question in PAIRS + HELD_OUT)


def test_without_a_word_in_common_words_alone_find_nothing() -> None:
    assert among_five(tags=False, synonyms=False) == 0


def test_synonyms_and_tags_find_some_and_more_together() -> None:
    synonyms, tags = among_five(tags=False, synonyms=True), among_five(tags=True, synonyms=False)

    assert synonyms > 0
    assert tags > 0
    assert among_five(tags=True, synonyms=True) > max(synonyms, tags)
