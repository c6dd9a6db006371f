from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from learnchat.app import given
from learnchat.app.chat_session import Received
from learnchat.app.engine import Engine
from learnchat.app.locations import Locations
from learnchat.app.recording import receive
from learnchat.app.went_along import Given, WentAlong
from learnchat.learning.clock import SystemClock
from learnchat.learning.disk.user_data import UserData
from learnchat.learning.recall.giving import Recalled
from learnchat.learning.recall.misplaced import HeldBack, Misplaced
from learnchat.learning.transcripts.session import Utterance
from support.clock import FakeClock
from support.large import fill

SAID = Misplaced("act", "css", "CSS\nfor mails?", "earlier", FakeClock().now())


def replied(along: WentAlong, message: str, recalled: Recalled, ids: tuple[str, ...], used: tuple[str, ...]) -> Any:
    along.asked(Received(message, None, recalled, id=f"id of {message}"))
    return along.replied(
        cast(Any, SimpleNamespace(given=ids, used=used, model=SimpleNamespace(name="anthropic/claude-test")))
    )


def test_why_each_went_along_and_the_most_telling_first() -> None:
    along = WentAlong()
    replied(along, "first", Recalled("…", ("old",)), ("stable", "old"), ())

    reply = replied(along, "second", Recalled("…", ("new",)), ("stable", "old", "new"), ("old",))

    assert reply.ids == ("old", "new", "stable")
    assert reply.telling == ("old", "new")
    assert [reply.mark(name) for name in reply.ids] == ["●", "○", " "]
    assert reply.why("old") == "given because it bore on an earlier message of this conversation; the reply took it up"
    assert reply.why("new") == "given because it bears on your message"
    assert "pinned" in reply.why("stable")
    assert (reply.message, reply.message_id) == ("second", "id of second")


def test_what_was_held_back_is_listed_with_what_was_said_of_it() -> None:
    reply = replied(WentAlong(), "m", Recalled(held_back=(HeldBack("css", SAID, 0.71),)), (), ())

    assert reply.listed == ("css",)
    assert reply.mark("css") == "×"
    assert reply.why("css") == "not given: on 2026-04-01 you said “not here” of “CSS for mails?”, 71% alike"


def test_where_nothing_went_along_there_is_nothing_to_show() -> None:
    assert replied(WentAlong(), "m", Recalled(), (), ()) is None


def test_not_here_holds_in_another_conversation_until_it_is_called_useful_there(tmp_path: Path) -> None:
    fill(tmp_path / "shop", UserData(tmp_path / "data"), 100)
    engine = Engine(tmp_path / "shop", Locations(tmp_path / "configuration", tmp_path / "data"), SystemClock())
    message = "which port does the invoice service listen on in the staging cluster?"

    def recalled(parts: Any) -> Recalled:
        parts.begin_session()
        parts.finder.update()
        return receive(parts, Received(message, None, Recalled(), id="m"), {}, "").recalled

    def reply(found: Recalled) -> Given:
        return Given(found.ids, frozenset(), frozenset(found.ids), frozenset(), found.held_back, message, "m")

    try:
        first = engine.call_now(recalled)
        name = first.ids[0]
        engine.call_now(lambda parts: parts.decide(lambda these: given.not_here(these, name, reply(first))))
        second = engine.call_now(recalled)
        assert name not in second.ids
        assert [each.insight for each in second.held_back] == [name]
        engine.call_now(lambda parts: parts.decide(lambda these: given.useful(these, name, reply(second))))
        assert name in engine.call_now(recalled).ids
    finally:
        engine.close()


def test_what_went_with_a_reply_is_known_after_resuming() -> None:
    along = WentAlong()
    along.take_up(
        [
            Utterance("q", "user", "in which currency?"),
            Utterance("a", "assistant", "In cents.", facts={"parent": "q", "recalled": ["cents", 7, "css"]}),
            Utterance("q2", "user", "thanks"),
            Utterance("a2", "assistant", "Gladly.", facts={"parent": "q2", "recalled": []}),
        ]
    )

    [reply] = along.replies
    assert (reply.ids, reply.message, reply.message_id) == (("cents", "css"), "in which currency?", "q")
    assert reply.why("css") == "given with this reply, before the conversation was resumed"


def test_what_became_known_meanwhile_says_so() -> None:
    along = WentAlong()
    reply = replied(along, "m", Recalled("…", ("new", "bears"), joined=("new",)), ("new", "bears"), ())
    assert reply.why("new") == "given because it became known, or was changed, while this conversation went on"
    assert reply.why("bears") == "given because it bears on your message"
