"""How a large paste stands in the prompt."""

from __future__ import annotations

from collections.abc import Mapping


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
