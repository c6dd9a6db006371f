"""Reads Codex's sessions, `~/.codex/sessions/<year>/<month>/<day>/rollout-*.jsonl`.

The form has no specification. This rests on readers of others that agree with each other, and say to have it from
Codex's source: github.com/kvsankar/agent-history (docs/codex-format.md, verified December 2025) and
github.com/jnarowski/agentcmd (.agent/research/codex). One record a line, `{"timestamp", "type", "payload"}`; a
`response_item` of type `message` is what the user or the model said. What Codex puts in the user's place begins with a
tag or a heading of its own. `event_msg` repeats the same for the screen, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from learnchat.learning.transcripts.json_lines import moment, text_of
from learnchat.learning.transcripts.lines import USER_LIMIT, Line, Lines, record_in, records
from learnchat.learning.transcripts.session import Utterance
from learnchat.learning.transcripts.wrappers import own_words

_TYPES = ("session_meta", "response_item", "event_msg", "turn_context", "compacted")
_NOT_SAID = (
    "<environment_context>",
    "<user_instructions>",
    "<turn_aborted>",
    "<permissions instructions>",
    "<skill>",
    "# AGENTS.md instructions for",
)


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that has these lines is such a session."""
    return any(_is_record(record_in(text)) for _, text in head if '"payload"' in text)


def _is_record(record: Mapping[str, Any] | None) -> bool:
    return record is not None and record.get("type") in _TYPES and isinstance(record.get("payload"), dict)


def read(lines: Lines) -> Iterator[Utterance]:
    """The messages, in order. They have no ids: a message's is made of its time and its words."""
    session = ""
    for number, record in records(lines):
        payload = record.get("payload")
        if not isinstance(payload, dict):
            continue
        if record.get("type") == "session_meta":
            session = str(payload.get("id") or "")
        if record.get("type") != "response_item" or payload.get("type") != "message":
            continue
        text, at = text_of(payload.get("content")), record.get("timestamp")
        facts = {"line": number, "session": session}
        identifier = sha256(f"{at} {text}".encode("utf-8", "replace")).hexdigest()[:16]
        if payload.get("role") == "assistant":
            if text := text[-lines.reply_limit :].strip():
                yield Utterance(identifier, "assistant", text, moment(at), facts)
        elif payload.get("role") == "user" and (text := _said(text)):
            yield Utterance(identifier, "user", text, moment(at), facts)


def _said(text: str) -> str:
    return "" if text.lstrip().startswith(_NOT_SAID) else own_words(text[:USER_LIMIT])
