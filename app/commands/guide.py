"""`learnchat guide`: what is known that bears on a task, before it is begun."""

from __future__ import annotations

from typing import Annotated

import typer

from learnchat.app.commands.searching import open_finder, percent
from learnchat.app.commands.workplace import JsonOption, ProjectOption
from learnchat.app.printing import Form, choose_form, complain, print_json, print_lines, say
from learnchat.learning.errors import LearnchatError
from learnchat.learning.recall.guidance import Guidance
from learnchat.learning.text import one_line

NOTHING = "Nothing known bears on this."


def guide_command(
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="The task, in a sentence or two.")],
    as_json: JsonOption = False,
    project: ProjectOption = ".",
) -> None:
    """Say what is known that bears on a task: rules, past causes and fixes, workarounds, procedures.

    With a confidence; and plainly that nothing is known, where nothing is.
    """
    if not " ".join(text).strip():
        raise LearnchatError(
            "There is no task: the text is empty.", 'learnchat guide "fix the rounding in the checkout"'
        )
    with open_finder(project) as finder:
        guidance = finder.guide(" ".join(text))
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json(_facts(guidance))
    elif not guidance and form is Form.LINES:
        complain(f"learnchat: {NOTHING}")
    elif form is Form.LINES:
        print_lines(
            (section.heading, each.id, f"{each.confidence:.2f}", each.insight.statement)
            for section in guidance.sections
            for each in section.found
        )
    elif not guidance:
        say(NOTHING)
    else:
        for section in guidance.sections:
            say(f"{section.heading}")
            for each in section.found:
                say(f"  {each.id}  {percent(each.confidence):>4}  {one_line(each.insight.statement)}")
                if each.insight.entry.because:
                    say(f"                    because {one_line(each.insight.entry.because)}")
            say("")
        say(f"Confidence {percent(guidance.confidence)}.")


def _facts(guidance: Guidance) -> dict[str, object]:
    return {
        "known": bool(guidance),
        "confidence": round(guidance.confidence, 3),
        "sections": [
            {
                "heading": section.heading.value,
                "insights": [
                    {
                        "id": each.id,
                        "kind": each.insight.kind.value,
                        "scope": each.insight.scope.value,
                        "statement": each.insight.statement,
                        "because": each.insight.entry.because,
                        "match": round(each.confidence, 3),
                    }
                    for each in section.found
                ],
            }
            for section in guidance.sections
        ],
    }
