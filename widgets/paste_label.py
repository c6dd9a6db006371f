"""How a large paste stands in the prompt, and whose words a paste is."""

from __future__ import annotations

from collections.abc import Mapping

# Five times what the prompt shows at once: nobody reads over so much before sending it.
MOST_PASTED_LINES = 40
# What is shorter, on one line, the user might as well have typed: a name, an address, a sentence from elsewhere.
LONG_PASTE = 200


def is_many_lines(paste: str) -> bool:
    """Whether it has more lines than should stand in the prompt."""
    return paste.count("\n") >= MOST_PASTED_LINES


def is_foreign(paste: str) -> bool:
    """Whether it is taken for somebody else's words: long, or of several lines."""
    return len(paste) >= LONG_PASTE or "\n" in paste.strip()


def paste_label(paste: str, taken: Mapping[str, str]) -> str:
    """The chip of a paste: "[pasted 812 lines, 40 KB]", with a number where another paste has the same.

    Args:
        paste: the text.
        taken: the pastes that have a chip already, by it.
    """
    lines = paste.removesuffix("\n").count("\n") + 1
    size = f"{lines:,} line{'s' if lines > 1 else ''}"
    if len(paste) >= 1000:
        size += f", {len(paste) // 1000:,} KB"
    label, number = f"[pasted {size}]", 2
    while label in taken and taken[label] != paste:
        label = f"[pasted {size}, no. {number}]"
        number += 1
    return label
