"""Reads Claude Code's sessions, `~/.claude/projects/<folder>/<session>.jsonl`.

Where they lie is documented (code.claude.com/docs/en/sessions), and that their form is internal and may change. So
this rests on readers of others that agree with each other: github.com/skillsynchq/txcript
(docs/formats/claude-code.md, verified 2026-08-10) and github.com/specstoryai/getspecstory
(specstory-cli/pkg/providers/claudecode). One record a line; `user` and `assistant` records carry a message of
Anthropic's Messages API, its content a string or blocks. Not the user's, though of type `user`: tool results, and
what is marked as `isMeta`, `isSidechain` (a sub-agent's), `isCompactSummary`, `isVisibleInTranscriptOnly` or with an
`origin` that is not `human`. What the user typed while the agent worked is an `attachment` of type `queued_command`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from learnchat.learning.transcripts.json_lines import moment, text_of
from learnchat.learning.transcripts.lines import USER_LIMIT, Line, Lines, record_in, records
from learnchat.learning.transcripts.session import Utterance
from learnchat.learning.transcripts.wrappers import own_words

_NOT_THE_CONVERSATION = (
    "isMeta",
    "isSidechain",
    "isCompactSummary",
    "isVisibleInTranscriptOnly",
    "isApiErrorMessage",
)


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that begins like this is such a session. Bookkeeping may stand before the first message."""
    return any(_is_record(record_in(text)) for _, text in head if '"type"' in text)


def _is_record(record: Mapping[str, Any] | None) -> bool:
    if record is None:
        return False
    of_session = isinstance(record.get("sessionId"), str) and isinstance(record.get("type"), str)
    return of_session or (record.get("type") in ("user", "assistant") and isinstance(record.get("message"), dict))


def read(lines: Lines) -> Iterator[Utterance]:
    """The messages, in order; a model's turn of several records is several messages."""
    for number, record in records(lines):
        if any(record.get(mark) is True for mark in _NOT_THE_CONVERSATION):
            continue
        facts = {"line": number, "session": str(record.get("sessionId") or "")}
        identifier, at = str(record.get("uuid") or ""), moment(record.get("timestamp"))
        if record.get("type") == "assistant":
            if text := text_of(_content(record))[-lines.reply_limit :].strip():
                yield Utterance(identifier, "assistant", text, at, facts)
        elif text := own_words(_typed(record)[:USER_LIMIT]):
            yield Utterance(identifier, "user", text, at, facts)


def _typed(record: Mapping[str, Any]) -> str:
    """What the user typed; empty when the record is nothing of the kind."""
    if record.get("type") == "user":
        return text_of(_content(record)) if _is_human(record) else ""
    attachment = record.get("attachment")
    if record.get("type") != "attachment" or not isinstance(attachment, dict):
        return ""
    if attachment.get("type") != "queued_command" or attachment.get("commandMode", "prompt") != "prompt":
        return ""
    return text_of(attachment.get("prompt")) if _is_human(attachment) and not attachment.get("isMeta") else ""


def _is_human(record: Mapping[str, Any]) -> bool:
    # Older sessions name no origin.
    origin = record.get("origin")
    return not isinstance(origin, dict) or origin.get("kind", "human") == "human"


def _content(record: Mapping[str, Any]) -> object:
    message = record.get("message")
    return message.get("content") if isinstance(message, dict) else None
