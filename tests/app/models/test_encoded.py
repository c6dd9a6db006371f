from __future__ import annotations

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from learnchat.app.models.encoded import EncodedMessages, body, to_json
from learnchat.app.models.model import Request, Turn
from learnchat.app.models.turns import Utterance, alternate

TURNS = st.lists(
    st.builds(
        Turn, st.sampled_from(["user", "assistant"]), st.sampled_from(["", "a", "b\n", "é😀"]), st.sampled_from("mn")
    )
    | st.builds(Turn, st.sampled_from(["user", "assistant"]), st.sampled_from(["", "a"])),
    max_size=6,
).map(tuple)


@given(st.lists(st.builds(Request, TURNS, stable=st.sampled_from(["", "known"])), max_size=5), st.booleans())
def test_whatever_was_sent_before_a_request_is_encoded_as_if_nothing_had_been(
    requests: list[Request], goes_on: bool
) -> None:
    messages = EncodedMessages(asdict)
    said: tuple[Turn, ...] = ()
    for request in requests:
        said = (*said, *request.turns) if goes_on else request.turns
        sent = Request(said, stable=requests[0].stable if goes_on else request.stable)
        assert messages.of(sent) == [to_json(asdict(each)) for each in alternate(sent)]


def test_a_message_is_encoded_once() -> None:
    encoded: list[Utterance] = []
    messages = EncodedMessages(lambda each: encoded.append(each) or {"text": each.parts})
    turns = (Turn("user", "one", "memory"), Turn("assistant", "two"), Turn("user", "three"))
    messages.of(Request(turns[:1]))
    # As it is when what was recalled is looked at again.
    again = (Turn("user", "one", "memory"), *turns[1:])
    assert messages.of(Request(again)) == [b'{"text":["memory","one"]}', b'{"text":["two"]}', b'{"text":["three"]}']
    assert [each.parts[-1] for each in encoded] == ["one", "two", "three"]


def test_what_is_given_can_be_changed() -> None:
    messages = EncodedMessages(lambda each: each.parts)
    request = Request((Turn("user", "one"),))
    messages.of(request).clear()
    assert messages.of(request) == [b'["one"]']


def test_a_body_is_json_whatever_stands_in_it() -> None:
    sent = body({"model": "m", "stream": True}, [to_json({"text": 'a "b"\n\ud800é'})])
    assert json.loads(sent) == {"messages": [{"text": 'a "b"\n?é'}], "model": "m", "stream": True}
    assert json.loads(body({"model": "m"}, [])) == {"messages": [], "model": "m"}
