"""`learnchat tune`: what your answers come to, computed anew from the journals."""

from __future__ import annotations

from learnchat.app.commands.detectors import signed
from learnchat.app.commands.workplace import JsonOption, ProjectOption, open_workplace
from learnchat.app.printing import Column, Form, choose_form, print_json, print_lines, print_table, say

# What the offset does is shown on a detection of which the gate says this.
EXAMPLE = 0.8


def tune_command(as_json: JsonOption = False, project: ProjectOption = ".") -> None:
    """Compute the dial anew from your decisions in the journals of all projects, and show it."""
    from learnchat.learning.asking.dial import LARGEST_OFFSET, PRIOR_ANSWERS, Dial, moved

    profiles = open_workplace(project).profiles
    before = len(profiles.answers.all())
    answers = profiles.answers.rebuild()
    settings = Dial.learned(answers, profiles.name).settings
    kinds = sorted(settings, key=lambda kind: (-settings[kind].confirmed - settings[kind].refused, kind))
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json(
            {
                "answers": len(answers),
                "prior_answers": PRIOR_ANSWERS,
                "largest_offset": LARGEST_OFFSET,
                "kinds": [
                    {
                        "kind": kind.value,
                        "confirmed": settings[kind].confirmed,
                        "refused": settings[kind].refused,
                        "offset": round(settings[kind].user, 4),
                        "offset_here": round(settings[kind].here, 4),
                    }
                    for kind in kinds
                ],
            }
        )
        return
    cells = [
        (
            kind.value,
            str(settings[kind].confirmed),
            str(settings[kind].refused),
            signed(settings[kind].user),
            signed(settings[kind].here),
            f"{moved(EXAMPLE, settings[kind].here):.0%}",
        )
        for kind in kinds
    ]
    if form is Form.LINES:
        print_lines(cells)
        return
    titles = ("kind", "confirmed", "refused", "offset", "here", f"{EXAMPLE:.0%} here")
    if cells:
        print_table([Column(title, fixed=True) for title in titles], cells)
    difference = len(answers) - before
    found = f" ({difference:+} since the last time)" if difference else ""
    say(f"{len(answers)} answers count{found}. The gate's own word weighs as much as {PRIOR_ANSWERS:.0f} of them.")
