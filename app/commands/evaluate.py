"""`learnchat evaluate`: how well the gate asks, on labelled messages of authors it has not seen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from learnchat.app.commands.evaluate_judge import judge_figures, tables_of
from learnchat.app.commands.workplace import JsonOption
from learnchat.app.printing import Column, Form, choose_form, print_json, print_lines, print_table, say
from learnchat.app.progress import ProgressBar
from learnchat.learning.errors import LearnchatError

FIGURES = {
    "precision": "precision: of the asks, how many are right",
    "recall": "recall: of what is worth asking, how much is asked",
    "f05": "F0.5",
    "average_precision": "average precision",
    "calibration_error": "calibration error",
    "asks": "asks, of the messages labelled yes or no",
    "asks_per_100": "asks per 100 natural messages",
    "false_asks_per_100": "false asks per 100 natural messages",
    "maybe_asks_per_100": "asks on maybe per 100 natural messages",
}
"""What people read for each figure."""

BOUNDS = {
    "precision": "precision at least",
    "recall": "recall at least",
    "false_asks_per_100": "false asks per 100 natural messages at most",
}
"""What people read for each bound."""


def evaluate_command(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Labelled messages, as JSON lines.")],
    judge: Annotated[
        str | None, typer.Option("--judge", metavar="MODEL", help="Measure a model as the judge, not the gate.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="FILE", help="With --judge: write its answers down.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option("--replay", metavar="FILE", help="Measure answers that were written down.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="With --judge: don't ask before a service is paid.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Train and measure the gate anew on labelled messages, cross-validated by author; the shipped gate stays.

    Nested: curve and threshold come from inner folds alone. Each interval holds 95 % of bootstrap samples over
    groups. A line of the corpus is {"text": …, "group": …, "label": "yes|no|maybe", "kinds": […], "span": …,
    "passes": 1, "sample": "natural"}. Needs the extra: pip install 'learnchat[train]'.
    """
    if judge is None and replay is None and record is not None:
        raise LearnchatError("--record needs a model.", "--judge ollama/qwen2.5:3b names one.")
    of_judge = judge is not None or replay is not None
    found = judge_figures(corpus, judge, record, replay, yes) if of_judge else _evaluated(corpus)
    form = choose_form(as_json)
    if form is Form.JSON:
        print_json(found)
        return
    for title, columns, rows in tables_of(found, FIGURES) if of_judge else _tables(found):
        if form is Form.TABLE:
            say(f"{title}\n")
            print_table([Column(name, fixed=True) for name in columns], rows)
            say("")
        else:
            print_lines([columns, *rows])


def _evaluated(corpus: Path) -> dict[str, Any]:
    try:
        # A second, and half the memory of everything else.
        from learnchat.learning.training.evaluation import STEPS, evaluated
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("learnchat"):
            raise
        raise LearnchatError(
            f"Measuring needs {error.name}, which is not installed.", "pip install 'learnchat[train]' brings it."
        ) from None
    try:
        with ProgressBar("Fitting", STEPS, counts=True) as bar:
            return evaluated(corpus, lambda: bar.advance(1))
    except (ValueError, UnicodeDecodeError) as error:
        raise LearnchatError(f"Not a labelled corpus: {error}.", "`learnchat evaluate --help` shows a line.") from None


def _tables(found: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[str]]]]:
    corpus = found["corpus"]
    held = found["cross_validation"]
    title = (
        f"{corpus['messages']} messages of {corpus['groups']} groups: {corpus['yes']} yes, {corpus['maybe']} maybe, "
        f"{corpus['no']} no. {held['outer_folds']} folds by group, {held['inner_folds']} within, dealt "
        f"{held['deals']} times."
    )
    figures = [
        [words, f"{found['figures'][name]['mean']:.2f}", _interval(found["figures"][name])]
        for name, words in FIGURES.items()
    ]
    kinds = [[kind, str(each["yes"]), f"{each['recall']:.2f}"] for kind, each in found["kinds"].items()]
    prospects = found["prospects"]
    bounds = [
        [f"{words} {prospects['bounds'][name]:.2f}", f"{prospects['kept'][name]:.2f}"] for name, words in BOUNDS.items()
    ]
    bounds.append(["all at once", f"{prospects['kept']['all_at_once']:.2f}"])
    bands = [
        [
            f"{band['low']:.2f} to {band['high']:.2f}",
            str(band["messages"]),
            f"{band['mean_probability']:.2f}",
            f"{band['share_of_yes']:.2f}",
        ]
        for band in found["calibration"]
    ]
    return [
        (title, ["figure", "mean", "95 % over groups"], figures),
        (f"{prospects['authors']} authors drawn again and again: how many draws keep", ["bound", "share"], bounds),
        ("Kinds of 20 yes and more.", ["kind", "yes", "recall"], kinds),
        ("Is it as sure as it says?", ["probability", "messages", "mean probability", "share of yes"], bands),
    ]


def _interval(figure: Mapping[str, float]) -> str:
    return f"{figure['low']:.2f} to {figure['high']:.2f}"
