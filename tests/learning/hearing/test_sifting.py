from __future__ import annotations

from itertools import pairwise

from learnchat.learning.detection import Detection, Message
from learnchat.learning.hearing.analysis import default_analyser
from learnchat.learning.hearing.evidence import CLAUSES_UP_TO, evidence
from learnchat.learning.hearing.sifting import without_clause
from learnchat.learning.kinds import Kind

ANALYSER = default_analyser(plugins=False)


def asked(text: str) -> list[tuple[Kind, str]]:
    analysis = ANALYSER.analyse(Message(text))
    return [(one.kind, one.statement) for one in analysis.detections if one.confidence >= analysis.threshold]


def test_two_decisions_in_one_sentence_are_two_insights() -> None:
    assert asked("tests must never hit the network, and all prices are stored in cents") == [
        (Kind.PREFERENCE, "tests must never hit the network"),
        (Kind.FACT, "all prices are stored in cents"),
    ]


def test_a_phrase_ends_where_the_next_clause_says_something_else() -> None:
    assert asked("we no longer use redis, and our users are nurses in hospitals") == [
        (Kind.NO_LONGER, "we no longer use redis"),
        (Kind.FACT, "our users are nurses in hospitals"),
    ]


def test_a_reason_stays_with_what_it_is_the_reason_of() -> None:
    ((_, statement),) = asked("never commit the generated client, the build makes it anew each time")
    assert statement == "never commit the generated client, the build makes it anew each time"


def test_a_rule_within_a_request_is_offered_without_it() -> None:
    assert asked("all our users are nurses in hospitals, can you make the wording simpler?") == [
        (Kind.FACT, "all our users are nurses in hospitals"),
    ]


def test_detections_of_one_sentence_never_overlap() -> None:
    for text in (
        "from now on always run the linter, and never push to main, because the deploy starts by itself",
        "we switched from yarn to pnpm last week, and the staging server runs on port 8081",
    ):
        spans = sorted((one.start, one.end) for one in ANALYSER.analyse(Message(text)).detections)
        assert all(before[1] <= after[0] or before == after for before, after in pairwise(spans))


def test_long_messages_are_read_by_sentences() -> None:
    sentence = "tests must never hit the network, and all prices are stored in cents. "
    assert any(one.is_clause for one in evidence(sentence * CLAUSES_UP_TO))
    assert not any(one.is_clause for one in evidence(sentence * (CLAUSES_UP_TO + 1)))


def test_a_clause_that_holds_a_slot_is_a_part_of_what_was_heard() -> None:
    text = "we use uv, not pip, and the API returns cents"
    spoken = Detection(Kind.NOW_USING, text, text, 0, len(text), 0.7, {"subject": "uv"}, "now_using")
    start = text.index("the API")
    clause = Detection(Kind.FACT, text[start:], text[start:], start, len(text), 0.7, {}, "fact")
    cut = without_clause(spoken, clause)
    assert cut
    assert (cut.statement, cut.end) == ("we use uv, not pip", len("we use uv, not pip"))
    assert without_clause(Detection(Kind.FACT, text, text, 0, len(text), 0.7, {"what": "cents"}), clause) is None
