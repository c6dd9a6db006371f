from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnchat.learning.language.clauses import clauses
from learnchat.learning.language.statements import split


def parts(text: str) -> list[str]:
    return [text[one.start : one.statement.end] for sentence in split(text) for one in clauses(sentence)]


def test_a_clause_stands_between_commas_and_conjunctions() -> None:
    assert parts("tests must never hit the network, and we store all prices in cents") == [
        "tests must never hit the network",
        "we store all prices in cents",
    ]


def test_the_conjunction_tells_what_a_clause_is_but_is_not_offered() -> None:
    text = "please retry the upload job because the storage service drops every first request"
    (last,) = [one for sentence in split(text) for one in clauses(sentence)][1:]
    assert last.statement.words[0].lower == "because"
    assert text[last.start :].startswith("the storage service")


def test_a_short_sentence_is_one_thought() -> None:
    assert parts("we use uv, and not pip") == []


@given(st.text(alphabet=st.sampled_from('ab cd, .;:()—→’`"İé\u00a0\n'), max_size=300), st.integers(0, 3))
def test_clauses_lie_in_their_sentence_in_order(text: str, conjunctions: int) -> None:
    text = (text + ", and we keep all of it the same ") * conjunctions
    for sentence in split(text):
        position = sentence.start
        for clause in clauses(sentence):
            assert position <= clause.statement.start <= clause.start <= clause.statement.end <= sentence.end
            position = clause.statement.end
