from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learnchat.learning.detection import CONTEXT_CHARACTERS, Detection, Message
from learnchat.learning.hearing.analysis import Analyser
from learnchat.learning.kinds import Kind
from learnchat.learning.replay import Found, Played, Replay
from learnchat.learning.transcripts.lines import Lines
from learnchat.learning.transcripts.session import Transcript
from support.clock import FakeClock


class Marked:
    """Hears each line that begins with "NOTE": of kind fact, or decided_to_use where it says "we"."""

    name = "marked"

    def __init__(self) -> None:
        self.heard: list[Message] = []

    def detect(self, message: Message) -> Iterator[Detection]:
        self.heard.append(message)
        at = 0
        for line in message.text.split("\n"):
            if line.startswith("NOTE "):
                start, end = at + len("NOTE "), at + len(line)
                kind = Kind.DECIDED_TO_USE if " we " in line else Kind.FACT
                confidence = 0.8 if "maybe" in line else 0.9
                quote = message.text[start:end]
                yield Detection(kind, quote, quote, start, end, confidence, detector=self.name)
            at += len(line) + 1


class Trusting:
    threshold = 0.75

    def weigh(self, message: Message, detections: list[Detection]) -> list[Detection]:
        return list(detections)


class Knows:
    def __init__(self, **objections: str) -> None:
        self._objections = objections

    def objection(self, detection: Detection) -> str | None:
        return next((why for word, why in self._objections.items() if word in detection.statement), None)

    def replaces(self, detection: Detection) -> str | None:
        return None


class Heard:
    """A replay of histories made of what is said in them."""

    def __init__(self, knowledge: Knows | None = None) -> None:
        self.detector = Marked()
        self.clock = FakeClock()
        self.replay = Replay(Analyser([self.detector], Trusting()), knowledge or Knows(), self.clock)  # type: ignore[arg-type]

    def said(self, *texts: str, name: str = "talk.jsonl", **facts: object) -> Played:
        return self.records(*({"role": "user", "content": text, **facts} for text in texts), name=name)

    def records(self, *records: dict[str, object], name: str = "talk.jsonl") -> Played:
        data = "".join(json.dumps(record) + "\n" for record in records).encode()
        return self.replay.play(name, Lines(io.BytesIO(data)))

    def statements(self) -> list[str]:
        return [each.proposal.statement for each in self.replay.found()]

    def only(self) -> Found:
        [found] = self.replay.found()
        return found


def test_what_would_have_been_asked_is_found_with_its_source() -> None:
    heard = Heard()
    played = heard.said("hello", "NOTE the queue is durable")

    found = heard.only()
    assert (played.format, played.messages, played.asks) == ("json-lines", 2, 1)
    assert (found.history, found.line, found.times) == ("talk.jsonl", 2, 1)
    source = found.proposal.source
    assert (source.session, source.message) == ("json-lines: talk.jsonl", "line 2")
    assert (source.quote, source.start) == ("the queue is durable", 5)
    assert found.proposal.created == heard.clock.now()


def test_rates_are_per_hundred_messages_of_the_user() -> None:
    heard = Heard()
    heard.records({"role": "assistant", "content": "NOTE not the user's"})
    heard.said("one", "two", "NOTE the port is 80", "NOTE we keep queues in Redis", "NOTE the port is 443")

    assert heard.replay.messages == 5
    assert heard.replay.kinds() == [(Kind.FACT, 2), (Kind.DECIDED_TO_USE, 1)]
    assert heard.replay.rate(3) == 60.0
    assert Heard().replay.rate(0) == 0.0


def test_all_that_is_heard_in_a_message_is_one_toast() -> None:
    heard = Heard()
    heard.said("NOTE the port is 80\nNOTE we keep queues in Redis", "NOTE the port is 80", "NOTE the disk is full")

    assert (len(heard.replay.found()), heard.replay.toasts) == (3, 2)


def test_the_most_certain_comes_first_and_of_equals_the_last_said() -> None:
    heard = Heard()
    heard.said("NOTE maybe the cache is cold", at="2026-03-03T00:00:00Z")
    heard.said("NOTE the oldest fact here", at="2026-01-01T00:00:00Z")
    heard.said("NOTE some undated remark stands")
    heard.said("NOTE a newer thing altogether", at="2026-02-01T00:00:00Z")

    assert heard.statements() == [
        "a newer thing altogether",
        "the oldest fact here",
        "some undated remark stands",
        "maybe the cache is cold",
    ]


def test_the_same_in_other_words_is_found_once_and_counted() -> None:
    heard = Heard()
    heard.said("NOTE the API returns cents", "NOTE The API is returning cents!", name="a.jsonl")
    heard.said("NOTE the API returns cents", "NOTE the API returns dollars", name="b.jsonl")

    found = {each.proposal.statement: each.times for each in heard.replay.found()}
    assert found == {"the API returns cents": 3, "the API returns dollars": 1}
    assert heard.replay.withheld == {"said before": 2}


def test_the_search_for_the_same_overlooks_nothing_that_shares_most_words() -> None:
    from learnchat.learning.language.words import signature

    words = ["queue", "cache", "port", "table", "index", "shard", "token", "route"]
    heard = Heard()
    heard.said(
        *(
            "NOTE " + " ".join(words[(start + step) % 8] for step in range(length))
            for start in range(8)
            for length in range(1, 9)
        )
    )

    found = [signature(statement) for statement in heard.statements()]
    assert len(found) > 8
    assert not any(one.matches(other) for one in found for other in found if one is not other)


def test_what_is_known_or_refused_is_counted_apart_whatever_the_day() -> None:
    heard = Heard(Knows(Redis="already known", Java="skipped on 2026-03-01", Perl="skipped on 2026-04-01"))
    played = heard.said("NOTE we use Redis", "NOTE no more Java", "NOTE no more Perl", "NOTE we use Go")

    assert heard.statements() == ["we use Go"]
    assert played.asks == 1
    assert heard.replay.withheld == {"already known": 1, "skipped": 2}


def test_secrets_are_never_found() -> None:
    token = "ghp_" + "a1B2" * 9
    heard = Heard()
    heard.said(f"NOTE the token is {token}", f"NOTE the port is 80\nmy key: {token}")

    assert heard.replay.found() == []
    assert heard.replay.withheld == {"beside a secret": 2}


def test_the_models_text_before_a_message_is_its_context() -> None:
    heard = Heard()
    heard.records(
        {"role": "user", "content": "a"},
        {"role": "assistant", "content": "First option."},
        {"role": "assistant", "content": "Second option."},
        {"role": "user", "content": "b"},
        {"role": "assistant", "content": "x" * 5000 + "the end"},
        {"role": "user", "content": "c"},
        {"role": "user", "content": "d", "session": "another"},
    )

    a, b, c, d = (message.context for message in heard.detector.heard)
    assert (a, b, d) == ("", "First option.\n\nSecond option.", "")
    assert len(c) == CONTEXT_CHARACTERS
    assert c.endswith("xxthe end")


def test_a_copied_message_of_claude_code_is_heard_once() -> None:
    record = {"type": "user", "uuid": "u1", "sessionId": "s", "message": {"role": "user", "content": "NOTE we use Go"}}
    heard = Heard()
    heard.records(record, name="a.jsonl")
    played = heard.records(record, record | {"uuid": "u2"}, name="b.jsonl")

    assert (played.messages, played.asks) == (1, 0)
    assert heard.replay.messages == 2


def test_our_own_sessions_keep_their_ids_as_the_source(tmp_path: Path) -> None:
    transcript = Transcript.create(tmp_path, tmp_path, FakeClock())
    message = transcript.append("user", "NOTE we use Go")
    heard = Heard()
    with transcript.path.open("rb") as stream:
        heard.replay.play(str(transcript.path), Lines(stream))

    source = heard.only().proposal.source
    assert (source.session, source.message) == (transcript.session, message)


def test_days_are_counted_from_when_it_was_said() -> None:
    heard = Heard()
    said = heard.clock.now() - timedelta(days=400)
    heard.said("NOTE we use the old API until Friday", at=said.isoformat())
    heard.said("NOTE we use the new API until Friday", at=heard.clock.now().isoformat())

    found = heard.only()
    assert found.proposal.statement == "we use the new API until Friday"
    assert found.proposal.expires is not None
    assert heard.replay.withheld == {"over by now": 1}


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z"])
def test_a_time_that_cannot_be_is_none(at: str) -> None:
    heard = Heard()
    heard.said("NOTE we use Go", at=at)
    assert heard.only().at is None


def test_what_the_model_had_just_said_is_counted_apart() -> None:
    heard = Heard()
    heard.records(
        {"role": "assistant", "content": "You could say: the queue of the shop is durable and ordered."},
        {"role": "user", "content": "NOTE the queue of the shop is durable and ordered"},
    )
    assert heard.replay.found() == []
    assert heard.replay.withheld == {"repeats what you were told": 1}


def test_an_empty_history_has_no_messages() -> None:
    assert Heard().records() == Played("talk.jsonl", "", 0, 0, 0)


def test_thousands_of_finds_are_compared_in_seconds() -> None:
    heard = Heard()
    begun = time.process_time()
    heard.said(*(f"NOTE the service of shop{number} listens to queue{number} here" for number in range(1500)))
    assert len(heard.replay.found()) == 1500
    assert time.process_time() - begun < 3
    assert heard.clock.now() >= datetime(2000, 1, 1, tzinfo=UTC)
