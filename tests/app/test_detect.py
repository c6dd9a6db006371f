from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from typing import Any

import pytest

from learnchat.app.commands.detect import detect
from learnchat.learning.detection import Message
from learnchat.learning.hearing.analysis import default_analyser
from learnchat.learning.hearing.model_file import shipped
from learnchat.learning.kinds import Kind
from learnchat.learning.profile.insight import Means
from support.commands import CommandLine
from support.proposals import make_proposal

THRESHOLD = shipped().threshold
MODULES_TOO_HEAVY = ("textual", "tinydb", "rapidfuzz", "pydantic", "litellm", "anthropic", "httpx", "rich.markdown")


def answer(given: bytes | str, *, jsonl: bool = False, explain: bool = False) -> str:
    stdout = io.StringIO()
    data = given.encode() if isinstance(given, str) else given
    assert detect(jsonl=jsonl, explain=explain, stdin=io.BytesIO(data), stdout=stdout) == 0
    return stdout.getvalue()


def lines(given: bytes | str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer(given, jsonl=True).splitlines()]


def test_a_text_gives_one_object() -> None:
    text = "ok so We're switching from Bootstrap to Tailwind CSS for the dashboard\n"
    statement = text.strip().removeprefix("ok so ")
    found = json.loads(answer(text))
    confidence = found["confidence"]
    assert THRESHOLD <= confidence < 1
    assert found == {
        "id": None,
        "prompt": True,
        "confidence": confidence,
        "detections": [
            {
                "kind": "switching",
                "statement": statement,
                "quote": statement,
                "start": 6,
                "end": 6 + len(statement),
                "confidence": confidence,
                "slots": {"from": "Bootstrap", "to": "Tailwind CSS"},
            }
        ],
    }


def test_nothing_heard_is_an_object_too() -> None:
    assert json.loads(answer("")) == {"id": None, "prompt": False, "confidence": 0.0, "detections": []}


def test_offsets_are_in_characters() -> None:
    text = "🙂 日本語. We moved from npm to pnpm."
    (detection,) = json.loads(answer(text))["detections"]
    assert text[detection["start"] : detection["end"]] == detection["quote"] == "We moved from npm to pnpm"


def test_each_line_gives_one_line_with_its_id() -> None:
    ids: list[Any] = [7, "x", None, [1, {"a": 2.5}], True, 10**300]
    given = "".join(json.dumps({"id": one, "text": "avoid MongoDB", "context": "hm"}) + "\n" for one in ids)
    found = lines(given)
    assert [one["id"] for one in found] == ids
    assert all(one["prompt"] for one in found)


def test_a_missing_id_is_null_and_a_missing_last_newline_no_matter() -> None:
    (found,) = lines('{"text": "avoid MongoDB"}')
    assert found["id"] is None
    assert found["prompt"]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"hello",
        b"[1]",
        b'"text"',
        b"null",
        b'{"id": 1}',
        b'{"id": 1, "text": null}',
        b'{"id": 1, "text": 5}',
        b'{"id": 1, "text": ["a"]}',
        b'{"id": 1, "text": "a", "context": 5}',
        b'{"id": NaN, "text": "a"}',
        b'{"id": -Infinity, "text": "a"}',
        b'{"id": 1e999, "text": "a"}',
        b'{"id": ' + b"9" * 5000 + b', "text": "a"}',
        b'{"id": ' + b"[" * 100_000,
        b'{"id": 1, "text": "a"} {"id": 2, "text": "b"}',
        b"\xff\xfe",
        b"\x00",
    ],
)
def test_a_line_that_is_no_such_object_is_answered_and_the_stream_goes_on(line: bytes) -> None:
    bad, good = lines(line + b'\n{"id": 2, "text": "avoid MongoDB"}\n')
    assert bad["id"] is None
    assert bad["error"]
    assert set(bad) == {"id", "error"}
    assert (good["id"], good["prompt"]) == (2, True)


def test_half_a_surrogate_pair_and_broken_utf_8_do_no_harm() -> None:
    found = lines(b'{"id": "\\ud800", "text": "avoid MongoDB \\udc00"}\n{"id": 2, "text": "avoid MongoDB \xff"}\n')
    assert [one["prompt"] for one in found] == [True, True]
    assert found[0]["id"] == "\ud800"
    assert json.loads(answer(b"avoid MongoDB \xff\xfe"))["prompt"]


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    (found,) = lines(b'\xef\xbb\xbf{"id": 1, "text": "avoid MongoDB"}\r\n')
    assert (found["id"], found["prompt"]) == (1, True)


def test_beside_a_secret_nothing_would_be_asked() -> None:
    found = json.loads(answer("We moved from npm to pnpm. password = 'x7Kq29pLm4'"))
    assert found["detections"]
    assert not found["prompt"]


def test_each_answer_is_flushed() -> None:
    class Watched(io.StringIO):
        flushed: list[int]

        def flush(self) -> None:
            self.flushed.append(self.getvalue().count("\n"))

    stdout = Watched()
    stdout.flushed = []
    given = b'{"text": "a"}\n' * 3
    detect(jsonl=True, explain=False, stdin=io.BytesIO(given), stdout=stdout)
    assert stdout.flushed == [1, 2, 3]


def test_explain_says_why_in_words() -> None:
    heard = answer("We moved from npm to pnpm. Should we switch to Vue?", explain=True)
    assert re.search(rf"^Would be asked: confidence 0.\d\d, asked from {THRESHOLD:.2f} on\.$", heard, re.MULTILINE)
    assert re.search(
        r"Heard switching with confidence 0.\d\d \(from npm, to pnpm\): “We moved from npm to pnpm”\.", heard
    )
    assert "“Should we switch to Vue” is a question." in heard
    assert "None of the detectors heard anything: switching, decided_to_use" in answer("hello", explain=True)


def test_explain_never_repeats_a_secret() -> None:
    secret = "ghp_" + "a1B2" * 9
    said = answer(
        f"we deploy with {secret}. We moved from npm to pnpm with {secret}. Did we drop Jest {secret}?", explain=True
    )
    assert "what stands at 15 to 55 contains a secret: GitHub token." in said
    assert re.search(r"Heard switching with confidence 0.\d\d \(from npm, to pnpm\): words that hold a secret\.", said)
    assert secret not in said


def test_explain_draws_no_escape_sequences() -> None:
    assert "\x1b" not in answer("We moved from npm to pnpm \x1b[31mred", explain=True)


def run(*code: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", "\n".join(code)], input=given, capture_output=True, check=False)


def test_nothing_heavy_is_loaded() -> None:
    result = run(
        "import sys, io",
        "from learnchat.app.commands.detect import detect",
        "detect(jsonl=False, explain=False, stdin=io.BytesIO(b'avoid MongoDB'), stdout=sys.stderr)",
        f"print([name for name in {MODULES_TOO_HEAVY!r} if name in sys.modules])",
    )
    assert result.stdout.strip() == b"[]"


def test_a_closed_pipe_is_a_quiet_end() -> None:
    command = (
        "import sys; from learnchat.app.commands.detect import detect; "
        "sys.exit(detect(jsonl=True, explain=False, stdin=sys.stdin.buffer, stdout=sys.stdout))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b'{"text": "avoid MongoDB"}\n' * 5)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_a_text_may_stand_in_the_command_line(learnchat: CommandLine) -> None:
    text = "We're switching from Bootstrap to Tailwind CSS for the dashboard"
    said = learnchat("detect", *text.split())
    assert (said.code, said.json) == (0, json.loads(answer(text)))
    both = learnchat("detect", "--jsonl", text)
    assert (both.code, both.out) == (2, "")
    assert "--jsonl reads standard input" in both.err


def test_explain_says_what_the_chat_would_say_and_how_far_answers_moved_it(learnchat: CommandLine) -> None:
    text = "We moved from npm to pnpm"
    plain = learnchat("detect", "--explain", text)
    assert plain.out.startswith("Would be asked: confidence ")
    assert "Your answers" not in plain.out
    profiles = learnchat.profiles()
    for number in range(12):
        proposal = make_proposal(f"Rule {number}", id=f"rule{number}", kind=Kind.SWITCHING, confidence=0.9)
        profiles.add([proposal])
        profiles.inbox.mark_asked(proposal.id)
        profiles.skip(proposal, Means.TOAST)
    dialled = default_analyser(dial=lambda: profiles.answers.dial(profiles.name)).analyse(Message(text))
    (offset,) = {one.offset for one in dialled.detections if one.kind is Kind.SWITCHING}

    verdict, answers, *_ = learnchat("detect", "--explain", text).lines

    assert f"confidence {dialled.confidence:.2f}, asked from {dialled.threshold:.2f} on" in verdict
    assert answers.startswith(f"  Your answers moved it by {offset:+.2f} in log-odds, from ")
    assert json.loads(learnchat("detect", text).out)["prompt"] is True


def test_explain_knows_what_is_switched_off(learnchat: CommandLine) -> None:
    learnchat("detectors", "off", "switching")
    assert "switching with" not in learnchat("detect", "--explain", "We moved from npm to pnpm").out
