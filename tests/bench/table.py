"""How the benches print: one table, aligned, with what was measured above it."""

from __future__ import annotations

from collections.abc import Sequence


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column is words, the others are figures."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    lines = [title, ""]
    for row in (heads, ["-" * width for width in widths], *rows):
        cells = [
            cell.ljust(width) if not index else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells))
    print("\n".join(lines), end="\n\n")  # noqa: T201 - it is what this is for


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
