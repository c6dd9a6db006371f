"""A session as Markdown, JSON or HTML, for people and other programs.

What is exported leaves the user's hands: each text is looked at for secrets twice, and has their names in their place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from learnchat.app.sessions.page import page_of
from learnchat.learning.clock import local, timestamp
from learnchat.learning.text import neutralise, one_line
from learnchat.learning.transcripts.saved import SavedSession
from learnchat.learning.transcripts.session import Utterance


class ExportFormat(StrEnum):
    """What a session is exported as."""

    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


ENDINGS = {
    ".md": ExportFormat.MARKDOWN,
    ".markdown": ExportFormat.MARKDOWN,
    ".json": ExportFormat.JSON,
    ".html": ExportFormat.HTML,
    ".htm": ExportFormat.HTML,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A session as text."""

    text: str
    secrets: tuple[str, ...]
    """What was found and left out: "GitHub token"."""


def export(saved: SavedSession, form: ExportFormat) -> Exported:
    """The branch of a session that is looked at. 0.3 ms a KB, for the secrets: in a thread."""
    from learnchat.learning.secrets.finding import masked
    from learnchat.learning.secrets.scanner import find_all_secrets

    said: list[Utterance] = []
    names: list[str] = []
    for message in saved.branches.path():
        found = find_all_secrets(message.text)
        names += [each.name for each in found]
        said.append(replace(message, text=masked(message.text, found)))
    title = saved.title
    found = find_all_secrets(title)
    title = masked(title, found) or "Conversation"
    names += [each.name for each in found]
    if form is ExportFormat.JSON:
        text = _json(saved, title, said)
    elif form is ExportFormat.HTML:
        text = page_of(title, said)
    else:
        text = as_markdown(title, said)
    return Exported(text, tuple(dict.fromkeys(names)))


def as_markdown(title: str, said: Sequence[Utterance]) -> str:
    """Markdown with a heading for each message."""
    parts = [f"# {one_line(title)}"] if title else []
    for message in said:
        at = f", {local(message.at):%Y-%m-%d %H:%M}" if message.at is not None else ""
        stopped = ", stopped" if message.facts.get("stopped") else ""
        parts.append(f"## {speaker(message)}{at}{stopped}\n\n{neutralise(message.text).strip()}")
    return "\n\n".join(parts) + "\n"


def speaker(message: Utterance) -> str:
    """Who said it: "You", or the model's name."""
    return "You" if message.role == "user" else one_line(str(message.facts.get("model") or "Model"))


def _json(saved: SavedSession, title: str, said: Sequence[Utterance]) -> str:
    document = {
        "session": saved.id,
        "title": title,
        "started": timestamp(saved.file.started),
        "messages": [
            {
                "id": message.id,
                "role": message.role,
                "at": timestamp(message.at) if message.at is not None else None,
                "text": message.text,
                **({"model": message.facts["model"]} if message.facts.get("model") else {}),
                **({"stopped": True} if message.facts.get("stopped") else {}),
            }
            for message in said
        ],
    }
    # Half a surrogate pair, which a paste may have, can't be written as UTF-8.
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode() + "\n"


def free_name(folder: Path, title: str, ending: str) -> Path:
    """A file of that folder that is not there yet, called after a title."""
    stem = re.sub(r"[^\w]+", "-", title.casefold()).strip("-")[:60].rstrip("-") or "conversation"
    return beside(folder / f"{stem}{ending}")


def beside(path: Path) -> Path:
    """This path, or with a number where a file of that name is there."""
    number, found = 2, path
    while found.exists() or found.is_symlink():
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return found
