from __future__ import annotations

from pathlib import Path

import pytest

from learnchat.learning.recall.conversations import number, rank
from learnchat.learning.recall.feedback import TERMS_AT_MOST, sessions_with_feedback
from learnchat.learning.recall.finding import Finder
from learnchat.learning.recall.postings import MemoryPostings
from learnchat.learning.recall.query import Query
from learnchat.learning.recall.terms import terms, wanted
from learnchat.learning.transcripts.session import Transcript
from support.memory import Place, make_place

# The third says nothing that is asked for, but what goes with it; the others neither.
SAID = (
    ("Which books did you read?", "A novel by Woolf, the first chapter twice"),
    ("The crane is stuck", "Grease the motor"),
    ("I began the novel", "Which chapter?", "It is by Woolf"),
    ("Lunch was late", "The soup was cold"),
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make_place(tmp_path)


def postings() -> MemoryPostings:
    return MemoryPostings(
        (number(session, place), terms(text)) for session, texts in enumerate(SAID) for place, text in enumerate(texts)
    )


def found(text: str, documents: MemoryPostings) -> dict[int, float]:
    looked_for = wanted(text)
    ranked = rank(looked_for, documents, {})
    return dict(sessions_with_feedback(ranked, {each.term for each in looked_for}, documents))


def test_a_session_is_found_by_what_goes_with_the_words() -> None:
    ranked = found("books", postings())

    assert sorted(ranked, key=lambda session: -ranked[session]) == [0, 2]


def test_where_nothing_is_found_nothing_goes_with_it() -> None:
    assert found("zeppelins", postings()) == {}
    assert found("", MemoryPostings()) == {}


def test_of_a_long_message_only_the_beginning_is_looked_up() -> None:
    documents = postings()
    words = [f"word{place}" for place in range(TERMS_AT_MOST + 50)]
    documents.add(number(9, 0), ["book", *words])
    documents.add(number(10, 0), [words[5]])
    documents.add(number(11, 0), [words[-1]])

    ranked = found("books", documents)

    assert 10 in ranked
    assert 11 not in ranked


def test_on_the_disk_and_in_memory_sessions_are_found_alike(place: Place) -> None:
    for texts in SAID:
        place.clock.advance(60)
        transcript = Transcript.create(place.data.sessions, place.root, place.clock)
        for text in texts:
            transcript.append("user", text)
    profiles = place.open()
    orders = []
    for in_memory in (False, True):
        searches = Finder(profiles, place.data, place.user_data, in_memory=in_memory)
        orders.append([each.session for each in searches.sessions(Query("books"))])
        searches.close()

    assert orders[0] == orders[1]
    assert len(orders[0]) == 2
