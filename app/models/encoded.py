"""A conversation as a service is sent it, in JSON: each message is encoded once.

All of a conversation goes along with each message. After 1,000 exchanges that is a megabyte, and making it anew took
10 ms of each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnchat.app.models.model import Request, Turn
from learnchat.app.models.turns import Utterance, alternate


@dataclass(frozen=True, slots=True)
class _Sent:
    """The last request."""

    stable: str
    turns: tuple[Turn, ...]
    utterances: list[Utterance]
    messages: list[bytes]


class EncodedMessages:
    """The messages of one request after the other. Threads may ask at once.

    Args:
        encode: one message as the service has it.
    """

    def __init__(self, encode: Callable[[Utterance], object]) -> None:
        self._encode = encode
        self._last = _Sent("", (), [], [])

    def of(self, request: Request) -> list[bytes]:
        """The messages of a request, in their order, as JSON."""
        last, known = self._last, 0
        utterances = _alternate_after(last, request)
        if utterances is None:
            utterances = alternate(request)
        else:
            # What was added to the last one made it another.
            known = len(last.utterances) - (last.utterances[-1:] != utterances[len(last.utterances) - 1 :][:1])
        messages = [*last.messages[:known], *(to_json(self._encode(each)) for each in utterances[known:])]
        self._last = _Sent(request.stable, request.turns, utterances, messages)
        return list(messages)


def _alternate_after(last: _Sent, request: Request) -> list[Utterance] | None:
    """The utterances of a request that goes on where the last one ends; None where it does not."""
    count = len(last.turns)
    if not last.utterances or request.stable != last.stable or len(request.turns) < count:
        return None
    if any(one is not other and one != other for one, other in zip(last.turns, request.turns, strict=False)):
        return None
    return alternate(Request(request.turns[count:]), last.utterances)


def to_json(value: object) -> bytes:
    """JSON as both SDKs encode it: UTF-8, no blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


def body(fields: Mapping[str, Any], messages: Sequence[bytes]) -> bytes:
    """A request's body: its fields, of which there is at least one, and its messages."""
    return b'{"messages":[' + b",".join(messages) + b"]," + to_json(dict(fields))[1:]
