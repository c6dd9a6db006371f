"""A draft that is left in the prompt is kept until the chat is opened again in its project.

All of it in the engine's thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnchat.app.parts import Parts
    from learnchat.learning.transcripts.session import Utterance

# A draft is typed by hand or pasted; what is longer than a message may be is not brought back.
DRAFT_LIMIT = 1_000_000


def keep_draft(parts: Parts, text: str, pastes: Iterable[str] = ()) -> None:
    """Keep what was written and not sent, for the next time the chat is opened in this project; nothing keeps nothing.

    Secrets in it are written down nowhere.

    Args:
        parts: the engine's.
        text: what was written.
        pastes: what of it is somebody else's words.

    Raises:
        OSError: it can't be written.
    """
    from learnchat.learning.disk.files import make_private_directory, replace_file
    from learnchat.learning.hearing.own_words import pasted_spans
    from learnchat.learning.secrets.finding import find_secrets, masked, masked_places

    if parts.temporary:
        return
    if not text.strip():
        parts.data.draft.unlink(missing_ok=True)
        return
    secrets = find_secrets(text)
    kept = masked(text, secrets)[:DRAFT_LIMIT]
    places = masked_places(pasted_spans(text, pastes), secrets)
    pasted = [(start, min(end, DRAFT_LIMIT)) for start, end in places if start < DRAFT_LIMIT]
    make_private_directory(parts.data.draft.parent)
    record = json.dumps({"text": kept, "pasted": pasted}, ensure_ascii=False)
    replace_file(parts.data.draft, record.encode("utf-8", "replace"))


def take_draft(parts: Parts) -> Utterance | None:
    """The draft that was left, as a message that never was; it is then the prompt's, and not kept any more."""
    from learnchat.learning.transcripts.session import Utterance

    if parts.temporary:
        return None
    try:
        raw = parts.data.draft.read_text(encoding="utf-8", errors="replace")
        parts.data.draft.unlink()
    except OSError:
        return _take_older(parts)
    try:
        record = json.loads(raw)
    except ValueError:
        return None
    text = record.get("text") if isinstance(record, dict) else None
    return Utterance("", "user", text, facts=record) if isinstance(text, str) and text else None


def _take_older(parts: Parts) -> Utterance | None:
    """A draft that was left while nobody wrote down what of it was pasted: what looks like a paste is taken for one."""
    from learnchat.learning.transcripts.session import Utterance
    from learnchat.widgets.paste_label import is_foreign

    try:
        text = parts.data.older_draft.read_text(encoding="utf-8", errors="replace")
        parts.data.older_draft.unlink()
    except OSError:
        return None
    pasted = [[0, len(text)]] if is_foreign(text) else []
    return Utterance("", "user", text, facts={"pasted": pasted}) if text else None
