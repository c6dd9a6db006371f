"""`learnchat evaluate --judge`: how well a model asks, by the figures that the gate is measured by."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from learnchat.app.commands.agreeing import agreed
from learnchat.app.printing import complain
from learnchat.app.progress import ProgressBar
from learnchat.learning.errors import LearnchatError


def judge_figures(
    corpus: Path, model: str | None, record: Path | None, replay: Path | None, yes: bool
) -> dict[str, Any]:
    """Have a model read labelled messages, and measure what it would have proposed.

    Args:
        corpus: JSON lines, as `learnchat evaluate` reads them.
        model: who is asked; None for the one whose answers are replayed.
        record: where the answers are written down.
        replay: answers that were written down, in place of a model.
        yes: what it takes was agreed to.

    Raises:
        LearnchatError: the input is wrong, or a service would be paid and nobody said yes.
        OSError: a file can't be read or written.
    """
    from learnchat.app.judging.asking_model import ask
    from learnchat.app.judging.chain import Ask
    from learnchat.app.judging.measuring import figures_of, judged, read_rows
    from learnchat.app.judging.recording import Recorder, Replayer
    from learnchat.app.models.providers import split_name

    if record is not None and replay is not None:
        raise LearnchatError("--record and --replay exclude each other.", "What is replayed is recorded already.")
    try:
        rows = read_rows(corpus)
    except (ValueError, UnicodeDecodeError) as error:
        raise LearnchatError(f"Not a labelled corpus: {error}.", "`learnchat evaluate --help` shows a line.") from None
    if not rows:
        raise LearnchatError(f"{corpus} holds no message.")
    asked: Ask = ask
    if replay is not None:
        replayer = Replayer(replay)
        asked, model = replayer, model or replayer.model
    else:
        if model is None:
            raise LearnchatError("Which model is to judge?", "--judge ollama/qwen2.5:3b, or --replay FILE.")
        split_name(model)
        _agree(model, rows, yes)
        if record is not None:
            asked = Recorder(ask, record)
    with ProgressBar("Judging", len(rows), counts=True) as bar:
        verdicts = asyncio.run(judged(model, rows, asked, lambda: bar.advance(1)))
    try:
        found = figures_of(rows, verdicts)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("learnchat"):
            raise
        raise LearnchatError(
            f"Measuring needs {error.name}, which is not installed.", "pip install 'learnchat[train]' brings it."
        ) from None
    return {"judge": model, **found}


def _agree(model: str, rows: Any, yes: bool) -> None:
    """A service is paid for it: say how much, and ask."""
    from learnchat.app.judging.measuring import tokens_of
    from learnchat.app.judging.prices import UNKNOWN, price_of
    from learnchat.app.judging.telling import dollars
    from learnchat.app.models.remote import is_remote

    if not is_remote(model, os.environ):
        return
    tokens = tokens_of(rows)
    price = price_of(model)
    amount = dollars((price or UNKNOWN).input * tokens)
    complain(
        f"{len(rows):,} messages go to {model}: about {tokens:,} tokens, {amount} or so"
        + ("." if price else ", if it is a dear one: its price is not known here.")
    )
    if not yes and not agreed("Send them?", "Nothing was sent"):
        raise LearnchatError("Nothing was sent.")


def tables_of(found: Mapping[str, Any], figures: Mapping[str, str]) -> list[tuple[str, list[str], list[list[str]]]]:
    """What people read of it.

    Args:
        found: as `judge_figures` gives it.
        figures: what people read for each figure.
    """
    title = (
        f"{found['judge']}: {found['messages']:,} messages, {found['unanswered']:,} of them not answered, "
        f"{found['dropped_events']:,} events dropped for their evidence; {found['input_tokens']:,} tokens in, "
        f"{found['output_tokens']:,} out."
    )
    rows = [
        [figures[name], f"{each['mean']:.2f}", f"{each['low']:.2f} to {each['high']:.2f}"]
        for name, each in found["figures"].items()
    ]
    kinds = [[kind, str(each["yes"]), f"{each['recall']:.2f}"] for kind, each in found["kinds"].items()]
    failures = [[reason, str(count)] for reason, count in found["failures"].items()]
    tables = [
        (title, ["figure", "mean", "95 % over groups"], rows),
        ("Kinds of 20 yes and more.", ["kind", "yes", "recall"], kinds),
        ("Why some were not answered.", ["reason", "messages"], failures),
    ]
    return [each for each in tables if each[2]]
