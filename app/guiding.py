"""Guidance before a task, in lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from learnchat.learning.text import one_line, shorten

if TYPE_CHECKING:
    from learnchat.learning.recall.guidance import Guidance

# Of the task, in the line that says what the guidance is for.
TASK_LENGTH = 80


def in_words(guidance: Guidance, task: str) -> str:
    """What is known before a task, or plainly that nothing is."""
    task = shorten(task, TASK_LENGTH)
    if not guidance:
        return f"Nothing known bears on “{task}”."
    lines = [f"Before “{task}” (confidence {guidance.confidence:.0%}):"]
    for section in guidance.sections:
        lines += ["", section.heading.value]
        for found in section.found:
            entry = found.insight.entry
            because = f" (because {one_line(entry.because)})" if entry.because else ""
            lines.append(f"  • {one_line(entry.statement)}{because}")
    return "\n".join(lines)
