"""Reads what ChatGPT and Claude give their users as an export: `conversations.json`, one array of conversations.

Neither has a specification. ChatGPT's: `mapping` holds nodes with a `message`, a `parent` and `children`, roots and
hidden ones without words among them; `current_node` is the end of what was seen last (as read by
github.com/mohamed-chs/chatgpt-history-export-to-md and by Open WebUI's import, which agree). Claude's: `chat_messages`
with a `sender`, `human` or `assistant`, and `text` or blocks of `content`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

from learnchat.learning.transcripts.branches import ROOT
from learnchat.learning.transcripts.imported import Conversation
from learnchat.learning.transcripts.json_array import NotAnArray, elements
from learnchat.learning.transcripts.json_lines import moment, text_of
from learnchat.learning.transcripts.session import Role, Utterance

CHATGPT = "chatgpt"
CLAUDE = "claude"
DESCRIPTIONS = "ChatGPT's and Claude's conversations.json"
_ROLES: dict[str, Role] = {"user": "user", "human": "user", "assistant": "assistant"}


def is_export(stream: BinaryIO) -> bool:
    """Whether a file is such an export: its first element tells. Reads as far as that one."""
    try:
        first = next(elements(stream), None)
    except NotAnArray:
        return False
    return _form(first) is not None


def read_export(stream: BinaryIO, advance: Callable[[int], None] | None = None) -> Iterator[Conversation]:
    """The conversations; elements that are none are left out.

    Raises:
        NotAnArray: the file is damaged; what came before was given.
    """
    for element in elements(stream, advance):
        form = _form(element)
        if form is not None:
            yield _chatgpt(element) if form == CHATGPT else _claude(element)


def _form(element: object) -> str | None:
    if not isinstance(element, dict):
        return None
    if isinstance(element.get("mapping"), dict):
        return CHATGPT
    return CLAUDE if isinstance(element.get("chat_messages"), list) else None


def _chatgpt(element: Mapping[str, Any]) -> Conversation:
    nodes = element["mapping"]
    said = {name: found for name, node in nodes.items() if (found := _spoken(node)) is not None}

    def above(name: str) -> str:
        """The nearest node above that has words."""
        seen: set[str] = set()
        while isinstance(node := nodes.get(name), dict) and name not in seen:
            seen.add(name)
            name = _word(node.get("parent"))
            if name in said:
                return name
        return ROOT

    messages = [
        Utterance(name, role, text, at, {"parent": above(name), **facts})
        for name, (role, text, at, facts) in said.items()
    ]
    never = datetime.max.replace(tzinfo=UTC)
    current = _word(element.get("current_node"))
    return Conversation(
        CHATGPT,
        str(element.get("conversation_id") or element.get("id") or ""),
        _word(element.get("title")),
        _seconds(element.get("create_time")),
        sorted(messages, key=lambda message: message.at or never),
        current if current in said else above(current),
    )


def _spoken(node: object) -> tuple[Role, str, datetime | None, dict[str, str]] | None:
    """Who said what in a node; None where nobody said anything that was seen."""
    message = node.get("message") if isinstance(node, dict) else None
    if not isinstance(message, dict):
        return None
    author, content, metadata = (
        value if isinstance(value, dict) else {} for value in map(message.get, ("author", "content", "metadata"))
    )
    role = _ROLES.get(_word(author.get("role")))
    parts = content.get("parts") if content.get("content_type") in ("text", "multimodal_text") else None
    # Other recipients are tools: what they are told is not part of the conversation.
    if role is None or message.get("recipient", "all") != "all" or not isinstance(parts, list):
        return None
    text = "\n\n".join(part for part in parts if isinstance(part, str) and part.strip())
    if not text or metadata.get("is_visually_hidden_from_conversation"):
        return None
    model = _word(metadata.get("model_slug"))
    return role, text, _seconds(message.get("create_time")), {"model": model} if model and role == "assistant" else {}


def _claude(element: Mapping[str, Any]) -> Conversation:
    messages = []
    for message in element["chat_messages"]:
        role = _ROLES.get(_word(message.get("sender"))) if isinstance(message, dict) else None
        if role is None:
            continue
        # The blocks have all of it; `text` may lack what stood between uses of tools.
        text = text_of(message.get("content")) or _word(message.get("text"))
        facts: dict[str, Any] = {}
        attached = [*_named(message.get("attachments")), *_named(message.get("files"))]
        if attached:
            facts["attached"] = [{"name": name, "kind": "file"} for name in attached]
        if text.strip():
            at = moment(message.get("created_at"))
            messages.append(Utterance(_word(message.get("uuid")), role, text, at, facts))
    started = moment(element.get("created_at"))
    return Conversation(CLAUDE, _word(element.get("uuid")), _word(element.get("name")), started, messages)


def _named(files: object) -> list[str]:
    if not isinstance(files, list):
        return []
    return [name for file in files if isinstance(file, dict) and (name := _word(file.get("file_name")))]


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _seconds(value: object) -> datetime | None:
    """A time in seconds since 1970."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
