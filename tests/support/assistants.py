"""Sessions of other assistants, as they write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def claude_lines(talk: Sequence[tuple[str, str]], *, session: str = "s1", at: datetime | None = None) -> str:
    """Claude Code's, of pairs of role and text."""
    moment = (at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    lines = []
    for number, (role, text) in enumerate(talk):
        content: Any = text if role == "user" else [{"type": "text", "text": text}]
        lines.append(
            {
                "type": role,
                "uuid": f"m{number}",
                "sessionId": session,
                "timestamp": moment,
                "message": {"role": role, "content": content},
            }
        )
    return "".join(json.dumps(line) + "\n" for line in lines)


MOMENT = "2026-04-01T09:00:00.000Z"


def codex_record(type: str, payload: Mapping[str, Any]) -> str:
    """One line of a session of Codex's."""
    return json.dumps({"timestamp": MOMENT, "type": type, "payload": payload}) + "\n"


def codex_message(role: str, *texts: str) -> str:
    """What is said in one, of one block of text or several."""
    kind = "input_text" if role == "user" else "output_text"
    content = [{"type": kind, "text": text} for text in texts]
    return codex_record("response_item", {"type": "message", "role": role, "content": content})


def codex_lines(talk: Sequence[tuple[str, str]]) -> str:
    """Codex's."""
    environment = "<environment_context>\n  <cwd>/home/dev/shop</cwd>\n</environment_context>"
    agents = "# AGENTS.md instructions for /home/dev/shop\n\n<INSTRUCTIONS>\nWe use make.\n</INSTRUCTIONS>"
    lines = [
        codex_record("session_meta", {"id": "c1", "cwd": "/home/dev/shop", "source": "cli", "originator": "codex-tui"}),
        codex_message("developer", "<permissions instructions>Ask first.</permissions instructions>"),
        codex_message("user", agents, environment),
        codex_record("turn_context", {"cwd": "/home/dev/shop", "model": "gpt-6.1"}),
    ]
    for role, text in talk:
        lines.append(codex_message(role, text))
        lines.append(codex_record("event_msg", {"type": f"{role}_message", "message": text}))
        lines.append(codex_record("event_msg", {"type": "token_count", "info": None}))
    lines.append(codex_record("response_item", {"type": "reasoning", "summary": [], "encrypted_content": "x"}))
    lines.append(codex_record("response_item", {"type": "function_call", "name": "shell", "arguments": "{}"}))
    return "".join(lines)


def gemini_record(number: int, role: str, text: str, **more: Any) -> dict[str, Any]:
    """One message of a session of Gemini CLI's."""
    type = "user" if role == "user" else "gemini"
    return {"id": f"g{number}", "timestamp": MOMENT, "type": type, "content": [{"text": text}], **more}


def gemini_lines(talk: Sequence[tuple[str, str]]) -> str:
    """Gemini CLI's: a message is written anew when its tools are done, and the history when it is made shorter."""
    call = {"id": "t", "name": "shell", "args": {}, "status": "success", "result": [{"text": "{\n}"}]}
    records: list[dict[str, Any]] = [
        {"sessionId": "g-1", "projectHash": "abc", "startTime": MOMENT, "lastUpdated": MOMENT, "kind": "main"}
    ]
    for number, (role, text) in enumerate(talk):
        message = gemini_record(number, role, text)
        if role != "user":
            message["content"].insert(0, {"text": "Let me think.", "thought": True})
            records.append(message)
            message = {**message, "toolCalls": [call], "tokens": {"total": 12}}
        records += [message, {"$set": {"lastUpdated": MOMENT}}]
    summary = gemini_record(900, "user", "<state_snapshot>We use make.</state_snapshot>")
    records.append({"$set": {"messages": [summary], "lastUpdated": MOMENT}})
    records.append({"id": "i1", "timestamp": MOMENT, "type": "info", "content": "Request cancelled."})
    return "".join(json.dumps(record, separators=(",", ":")) + "\n" for record in records)


def gemini_session(talk: Sequence[tuple[str, str]]) -> str:
    """Gemini CLI's, as it wrote them until 2025."""
    messages = [
        {
            "id": f"g{number}",
            "timestamp": MOMENT,
            "type": "user" if role == "user" else "gemini",
            "content": text if number % 2 else [{"text": text}],
            **({"toolCalls": [{"name": "shell", "result": [{"output": "{\n}"}]}]} if role != "user" else {}),
        }
        for number, (role, text) in enumerate(talk)
    ]
    whole = {"sessionId": "g-1", "projectHash": "abc", "startTime": MOMENT, "messages": messages}
    return json.dumps(whole, indent=2)


def write_large(path: Path, talk: Sequence[tuple[str, str]], size: int) -> None:
    """A session of Claude Code's with so many bytes of tools' output before what is said."""
    output = {
        "type": "user",
        "uuid": "t",
        "sessionId": "s1",
        "message": {"role": "user", "content": [{"type": "tool_result", "content": "a line of output\n" * 600}]},
    }
    line = (json.dumps(output) + "\n").encode()
    with path.open("wb") as file:
        for _ in range(size // len(line) + 1):
            file.write(line)
        file.write(claude_lines(talk).encode())
