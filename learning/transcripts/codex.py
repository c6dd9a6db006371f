"""Reads Codex's sessions, `~/.codex/sessions/<year>/<month>/<day>/rollout-*.jsonl`.

By its source (github.com/openai/codex, Apache 2.0, read in 2026: codex-rs/rollout/src/policy.rs and recorder.rs, the
`RolloutLine` of codex-rs/protocol, and codex-rs/core/src/context/contextual_user_message.rs). One record a line,
`{"timestamp", "type", "payload"}`; a `response_item` of type `message` is what the user or the model said. `event_msg`
repeats the same for the screen, and is left out but for `thread_rolled_back`: the user took back the last turns.
Sessions that are compressed (`.jsonl.zst`) are old ones, and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from learnchat.learning.transcripts.json_lines import moment, text_of
from learnchat.learning.transcripts.lines import USER_LIMIT, Line, Lines, record_in, records
from learnchat.learning.transcripts.session import Utterance
from learnchat.learning.transcripts.wrappers import own_words

_TYPES = ("session_meta", "response_item", "event_msg", "turn_context", "compacted")

# What Codex puts in the user's place: each is a block of its own, from its first mark to its last.
_FRAGMENTS = {
    "<environment_context>": "</environment_context>",
    "# agents.md instructions": "</instructions>",
    "<user_instructions>": "</user_instructions>",
    "<permissions instructions>": "</permissions instructions>",
    "<skill>": "</skill>",
    "<user_shell_command>": "</user_shell_command>",
    "<turn_aborted>": "</turn_aborted>",
    "<subagent_notification>": "</subagent_notification>",
    "<additional_context>": "</additional_context>",
    "<recommended_plugins>": "</recommended_plugins>",
    "<goal_context>": "</goal_context>",
    "<codex_internal_context": "</codex_internal_context>",
    "<hook_prompt": "</hook_prompt>",
    "<external_": ">",
    "warning: the maximum number of unified exec processes": "",
    "warning: apply_patch was requested via": "",
}
# What its editors put before the user's own words.
_BEFORE_THE_REQUEST = re.compile(r"\s*# (?:Context from my IDE setup|Files mentioned by the user):")
_REQUEST = "## My request for Codex:"


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that has these lines is such a session."""
    return any(_is_record(record_in(text)) for _, text in head if '"payload"' in text)


def _is_record(record: Mapping[str, Any] | None) -> bool:
    return record is not None and record.get("type") in _TYPES and isinstance(record.get("payload"), dict)


def read(lines: Lines) -> Iterator[Utterance]:
    """The messages that still hold, in order; none of a sub-agent's session. They have no ids: a message's is made of
    its time and its words."""
    session = ""
    found: list[Utterance] = []
    for number, record in records(lines):
        kind, payload = record.get("type"), record.get("payload")
        if not isinstance(payload, dict):
            continue
        if kind == "session_meta":
            session = str(payload.get("id") or "")
            if _is_of_an_agent(payload.get("source")):
                return
        elif kind == "event_msg" and payload.get("type") == "thread_rolled_back":
            _take_back(found, payload.get("num_turns"))
        elif kind == "response_item" and payload.get("type") == "message":
            facts = {"line": number, "session": session}
            if (message := _message(payload, record.get("timestamp"), facts, lines.reply_limit)) is not None:
                found.append(message)
    yield from found


def _message(payload: Mapping[str, Any], at: object, facts: Mapping[str, Any], reply_limit: int) -> Utterance | None:
    text = text_of(payload.get("content"))
    identifier = sha256(f"{at} {text}".encode("utf-8", "replace")).hexdigest()[:16]
    if payload.get("role") == "assistant" and (reply := text[-reply_limit:].strip()):
        return Utterance(identifier, "assistant", reply, moment(at), facts)
    if payload.get("role") == "user" and (said := _said(payload.get("content"))):
        return Utterance(identifier, "user", said, moment(at), facts)
    return None


def _said(content: object) -> str:
    """The user's own words in a message."""
    blocks = content if isinstance(content, list) else [content]
    said = "\n\n".join(text for block in blocks if (text := text_of([block])) and not _is_fragment(text))
    if _BEFORE_THE_REQUEST.match(said):
        said = said.partition(_REQUEST)[2]
    return own_words(said[:USER_LIMIT])


def _is_fragment(text: str) -> bool:
    plain = text.strip().lower()
    return any(plain.startswith(first) and plain.endswith(last) for first, last in _FRAGMENTS.items())


def _is_of_an_agent(source: object) -> bool:
    return isinstance(source, dict) and "subagent" in source


def _take_back(said: list[Utterance], turns: object) -> None:
    """Drop the user's last turns and all that followed."""
    left = turns if isinstance(turns, int) else 0
    while left > 0 and said:
        left -= said.pop().role == "user"
