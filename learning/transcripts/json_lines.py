"""Reads plain JSON lines: `{"role": "user", "content": "…"}`, or `text` in place of `content`.

The roles and the form of `content` (a string, or blocks with a `text`) are those of the common chat APIs:
platform.openai.com/docs/api-reference/chat and docs.anthropic.com/en/api/messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from learnchat.learning.clock import parse_timestamp
from learnchat.learning.transcripts.lines import USER_LIMIT, Line, Lines, record_in, records
from learnchat.learning.transcripts.session import Role, Utterance
from learnchat.learning.transcripts.wrappers import own_words

# `human` and `ai` as some libraries write them, `model` as Gemini does.
_ROLES: dict[object, Role] = {
    "user": "user",
    "human": "user",
    "assistant": "assistant",
    "ai": "assistant",
    "model": "assistant",
}
# Further roles of the same records: nobody's words, and still the same format.
_OTHERS = ("system", "developer", "tool", "function")
_TEXT_BLOCKS = ("text", "input_text", "output_text")


def recognises(head: Sequence[Line]) -> bool:
    """Whether a file that begins like this holds such messages."""
    return any(_is_message(record_in(text)) for _, text in head if '"role"' in text)


def _is_message(record: Mapping[str, Any] | None) -> bool:
    if record is None or not ("content" in record or "text" in record):
        return False
    role = record.get("role")
    return isinstance(role, str) and (role in _ROLES or role in _OTHERS)


def read(lines: Lines) -> Iterator[Utterance]:
    """The user's and the model's messages, in order; records of other roles are left out."""
    for number, record in records(lines):
        role = record.get("role")
        speaker = _ROLES.get(role) if isinstance(role, str) else None
        if speaker is None:
            continue
        text = text_of(record["content"] if "content" in record else record.get("text"))
        text = own_words(text[:USER_LIMIT]) if speaker == "user" else text[-lines.reply_limit :].strip()
        if text:
            facts = {"line": number, "session": str(record.get("session") or "")}
            at = moment(record.get("at") or record.get("timestamp") or record.get("created_at"))
            yield Utterance(str(record.get("id") or ""), speaker, text, at, facts)


def text_of(content: object) -> str:
    """The text in the content of a message: a string, or the blocks of text among others. Blocks are paragraphs."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    return "\n\n".join(text for block in content if (text := _text_in(block)))


def _text_in(block: object) -> str:
    if isinstance(block, str):
        return block
    if not isinstance(block, dict) or block.get("type", "text") not in _TEXT_BLOCKS:
        return ""
    text = block.get("text")
    return text if isinstance(text, str) else ""


def moment(value: object) -> datetime | None:
    """The time in a record, ISO 8601; None where there is none that can be read."""
    try:
        return parse_timestamp(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None
