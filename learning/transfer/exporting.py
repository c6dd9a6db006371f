"""Insights as JSON, JSON lines and Markdown, for other programs and for people.

What is exported leaves the user's hands: so no sessions, messages and offsets are in it, and no insight with a secret.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from learnchat.learning.clock import timestamp
from learnchat.learning.disk.files import Record, render_json
from learnchat.learning.kinds import Kind
from learnchat.learning.profile.insight import Entry, Insight
from learnchat.learning.profile.markdown import block


class Format(StrEnum):
    """The form of an exported file."""

    JSON = "json"
    LINES = "jsonl"
    MARKDOWN = "markdown"


def insight_record(insight: Insight) -> Record:
    """An insight with all that may leave this machine."""
    entry = insight.entry
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "scope": insight.scope.value,
        "statement": entry.statement,
        "quote": entry.quote,
        "tags": list(entry.tags),
        "because": entry.because,
        "confirmed": timestamp(entry.confirmed),
        "expires": timestamp(entry.expires) if entry.expires is not None else None,
        "replaces": entry.replaces,
        "pinned": entry.pinned,
    }


def without_secrets(insights: Iterable[Insight]) -> tuple[list[Insight], list[Insight]]:
    """Insights without and with a secret in them. One with a secret can only have come by a hand edit."""
    clean: list[Insight] = []
    withheld: list[Insight] = []
    for insight in insights:
        (withheld if has_secret(insight.entry) else clean).append(insight)
    return clean, withheld


def has_secret(entry: Entry) -> bool:
    """Whether there is a secret in any text of an entry."""
    from learnchat.learning.secrets.scanner import find_all_secrets

    return any(find_all_secrets(text) for text in (entry.statement, entry.quote, entry.because, *entry.tags))


def render(insights: Sequence[Insight], form: Format) -> str:
    """The text of the exported file."""
    return _RENDERERS[form](insights)


def _json(insights: Sequence[Insight]) -> str:
    return json.dumps([insight_record(insight) for insight in insights], ensure_ascii=False, indent=2) + "\n"


def _lines(insights: Sequence[Insight]) -> str:
    return "".join(render_json(insight_record(insight)) + "\n" for insight in insights)


def _markdown(insights: Sequence[Insight]) -> str:
    """By kinds, each insight as in LEARNED_INSIGHTS.md, so that it is read back in full."""
    parts = ["# Learned insights\n"]
    for kind in Kind:
        group = [insight.entry for insight in insights if insight.kind is kind]
        if group:
            parts.append(f"\n## {kind.label}\n\n" + "".join(map(block, group)))
    return "".join(parts)


_RENDERERS: dict[Format, Callable[[Sequence[Insight]], str]] = {
    Format.JSON: _json,
    Format.LINES: _lines,
    Format.MARKDOWN: _markdown,
}
