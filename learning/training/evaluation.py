"""Nested cross-validation by group: what the gate would do with authors it has not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy
from threadpoolctl import threadpool_limits

from learnchat.learning.training.calibration import Calibration, folds, held_out_opinions, outcome_of
from learnchat.learning.training.corpus import Labelled, digest, read_corpus, read_examples
from learnchat.learning.training.figures import Outcome, averaged, bands, figures, intervals
from learnchat.learning.training.fitting import Fitted
from learnchat.learning.training.prospects import as_shown

OUTER_FOLDS = 8
INNER_FOLDS = 5
DEALS = 2
"""Figures are averaged over this many ways of dealing the groups out."""

LEAST_OF_A_KIND = 20
"""A kind with fewer yes messages says too little to be listed."""

STEPS = DEALS * OUTER_FOLDS * (INNER_FOLDS + 1)
"""How often a model is fitted: what a progress bar counts."""


def evaluated(path: Path, fitted: Callable[[], None]) -> dict[str, Any]:
    """Everything `learnchat evaluate` shows, as plain values.

    Args:
        path: the corpus.
        fitted: told each time a model is fitted, `STEPS` times.

    Raises:
        OSError: the corpus can't be read.
        ValueError: it is no corpus, or has too few groups to hold any out.
    """
    messages = read_corpus(path)
    groups = {message.group for message in messages}
    if len(groups) < OUTER_FOLDS * 2 or not any(message.label == "yes" for message in messages):
        raise ValueError(
            f"{path}: {len(groups)} groups with {len(messages)} messages are too few to hold any out, or none is yes"
        )
    # The matrices are small: several threads for one would mostly wait for each other.
    with threadpool_limits(1):
        outcomes = [_deal(messages, seed, fitted) for seed in range(DEALS)]
    mean = averaged([figures(outcome) for outcome in outcomes])
    spread = intervals(outcomes)
    shown = {name: {"mean": mean[name], "low": low, "high": high} for name, (low, high) in spread.items()}
    labels = Counter(message.label for message in messages)
    return {
        "corpus": {
            "sha256": digest(path),
            "messages": len(messages),
            "groups": len(groups),
            **{label: labels[label] for label in ("yes", "maybe", "no")},
        },
        "cross_validation": {"outer_folds": OUTER_FOLDS, "inner_folds": INNER_FOLDS, "deals": DEALS},
        "figures": shown,
        "prospects": as_shown(outcomes),
        "calibration": [asdict(band) for band in bands(outcomes[0])],
        "kinds": _kinds(messages, outcomes),
    }


def _deal(messages: Sequence[Labelled], seed: int, fitted: Callable[[], None]) -> Outcome:
    """What is predicted of each message by a model, a curve and a threshold that have not seen its author."""
    examples = read_examples()
    fold = folds([message.group for message in messages], OUTER_FOLDS, seed)
    probabilities, thresholds = numpy.zeros(len(messages)), numpy.zeros(len(messages))
    for number in range(OUTER_FOLDS):
        inside = [message for message, each in zip(messages, fold, strict=True) if each != number]
        outside = [message for message, each in zip(messages, fold, strict=True) if each == number]
        inner = held_out_opinions(inside, examples, INNER_FOLDS, seed + 1, fitted)
        calibration = Calibration(inner, inside)
        opinions = Fitted(inside, examples).opinions(outside)
        fitted()
        probabilities[fold == number] = calibration.probabilities(opinions, outside)
        thresholds[fold == number] = calibration.threshold
    return outcome_of(probabilities, thresholds, messages)


def _kinds(messages: Sequence[Labelled], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Recall per kind, for kinds with enough yes messages. A false ask has no kind, so precision is of all."""
    found: dict[str, Any] = {}
    counted = Counter(kind for message in messages if message.label == "yes" for kind in message.kinds)
    for kind, count in counted.most_common():
        if count >= LEAST_OF_A_KIND:
            of_kind = numpy.array([message.label == "yes" and kind in message.kinds for message in messages])
            recall = numpy.mean([outcome.asks[of_kind].mean() for outcome in outcomes])
            found[kind] = {"yes": count, "recall": float(recall)}
    return found
