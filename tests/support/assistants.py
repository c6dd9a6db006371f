"""Sessions of other assistants, as they write them."""

from __future__ import annotations

import json
from collections.abc import Sequence
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


def codex_lines(talk: Sequence[tuple[str, str]]) -> str:
    """Codex's."""
    moment = "2026-04-01T09:00:00.000Z"
    records: list[tuple[str, dict[str, Any]]] = [("session_meta", {"id": "c1", "cwd": "/home/dev/shop"})]
    before = "<environment_context>\n  <cwd>/home/dev/shop</cwd>\n</environment_context>"
    for role, text in [("user", before), *talk]:
        kind = "input_text" if role == "user" else "output_text"
        content = [{"type": kind, "text": text}]
        records.append(("response_item", {"type": "message", "role": role, "content": content}))
        records.append(("event_msg", {"type": f"{role}_message", "message": text}))
    records.append(("response_item", {"type": "function_call", "name": "shell", "arguments": "{}"}))
    return "".join(
        json.dumps({"timestamp": moment, "type": type, "payload": payload}) + "\n" for type, payload in records
    )


def gemini_session(talk: Sequence[tuple[str, str]]) -> str:
    """Gemini CLI's."""
    messages = [
        {
            "id": f"g{number}",
            "timestamp": "2026-04-01T09:00:00.000Z",
            "type": "user" if role == "user" else "gemini",
            "content": text if number % 2 else [{"text": text}],
            **({"toolCalls": [{"name": "shell", "result": [{"output": "{\n}"}]}]} if role != "user" else {}),
        }
        for number, (role, text) in enumerate(talk)
    ]
    whole = {"sessionId": "g-1", "projectHash": "abc", "startTime": "2026-04-01T09:00:00.000Z", "messages": messages}
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
