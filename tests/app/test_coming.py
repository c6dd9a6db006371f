from __future__ import annotations

from learnchat.app.coming import Coming
from learnchat.app.models.model import Done, Event, ReasoningPiece, Request, TextPiece, Turn, Usage

REQUEST = Request((Turn("user", "x" * 300, memory="y" * 30, attached="z" * 3),), system="s" * 30, stable="t" * 3)


def came(*events: Event, name: str = "a/model") -> Coming:
    coming = Coming(REQUEST, name)
    for event in events:
        coming.take(event)
    return coming


def test_what_came_is_put_together() -> None:
    coming = came(TextPiece("a"), TextPiece("b"))
    assert (coming.text, coming.whole) == ("ab", False)
    coming.take(Done("stop"))
    assert coming.whole


def test_what_the_service_counted_is_what_it_took() -> None:
    assert came(TextPiece("a"), Usage(5, 1), Done("stop")).took() == Usage(5, 1)
    assert came(TextPiece("a"), Usage(5, 1)).took() == Usage(5, 1)


def test_what_was_stopped_is_estimated_by_all_that_was_sent_and_came() -> None:
    assert came(ReasoningPiece("r" * 30), TextPiece("a" * 30)).took() == Usage(122, 20, estimated=True)


def test_nothing_is_estimated_where_nothing_came_or_nothing_is_counted() -> None:
    assert came().took() is None
    assert came(TextPiece("a"), Done("stop")).took() is None
    assert came(TextPiece("a"), name="offline").took() is None


def test_what_was_thought_is_kept() -> None:
    assert came(TextPiece("a")).thoughts() == {}
    assert came(ReasoningPiece("Let me "), ReasoningPiece("see. "), TextPiece("a")).thoughts() == {
        "thought": "Let me see.",
        "thought_seconds": 0,
    }
