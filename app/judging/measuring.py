"""How well a judge asks: labelled messages, read one by one, and the figures that the gate is measured by."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learnchat.app.judging.asking_model import LOCAL_PATIENCE_SECONDS, expected_tokens
from learnchat.app.judging.chain import Ask
from learnchat.app.models.model import ModelError
from learnchat.learning.judging.answer import Unreadable, read_answer
from learnchat.learning.judging.evidence import check
from learnchat.learning.judging.reading import MESSAGE_LIMIT, REPLY_LIMIT, USER_LIMIT, Depth, Passage, Reading
from learnchat.learning.judging.request import question_about
from learnchat.learning.transcripts.session import Utterance

AT_ONCE = 4
"""Requests under way at a time: services take that, and a local model takes them one after the other."""

LEAST_OF_A_KIND = 20
_LABELS = {"yes": 1, "no": 0, "maybe": -1}


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled message."""

    reading: Reading
    label: int
    kinds: tuple[str, ...]
    natural: bool
    group: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge made of a message."""

    asks: bool
    failure: str = ""
    dropped: int = 0
    """Events whose evidence was not found."""
    input_tokens: int = 0
    output_tokens: int = 0


def read_rows(path: Path) -> list[Row]:
    """The messages of a corpus: JSON lines as `learnchat evaluate` reads them, and the `context` before each.

    Raises:
        OSError: it can't be read.
        ValueError: a line is no labelled message; names the line.
    """
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            rows.append(_row(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}, line {number}: no labelled message ({error})") from None
    return rows


def _row(record: dict[str, Any]) -> Row:
    passages = [Passage(Utterance("user", "user", record["text"]), min(USER_LIMIT, len(record["text"])))]
    if context := (record.get("context") or "")[-REPLY_LIMIT:]:
        passages.insert(0, Passage(Utterance("context", "assistant", context), min(MESSAGE_LIMIT, len(context))))
    return Row(
        Reading(Depth.SINGLE, tuple(passages)),
        _LABELS[record["label"]],
        tuple(record.get("kinds") or ()),
        record.get("sample", "natural") == "natural",
        str(record.get("group", "")),
    )


def tokens_of(rows: Sequence[Row]) -> int:
    """What reading them takes at most, estimated."""
    return sum(expected_tokens(question_about(each.reading)) for each in rows)


async def judged(model: str, rows: Sequence[Row], ask: Ask, done: Callable[[], None]) -> list[Verdict]:
    """Have each message read, some at a time.

    Args:
        model: who is asked.
        rows: the messages.
        ask: how; a recording works too.
        done: is called after each.
    """
    places = asyncio.Semaphore(AT_ONCE)

    async def one(row: Row) -> Verdict:
        async with places:
            verdict = await _verdict(model, row, ask)
        done()
        return verdict

    return list(await asyncio.gather(*(one(row) for row in rows)))


async def _verdict(model: str, row: Row, ask: Ask) -> Verdict:
    question = question_about(row.reading)
    try:
        answer = await ask(model, question, LOCAL_PATIENCE_SECONDS)
        checked = check(read_answer(answer.text), row.reading)
    except ModelError as error:
        return Verdict(False, error.title)
    except Unreadable as error:
        return Verdict(False, str(error), 0, answer.input_tokens, answer.output_tokens)
    return Verdict(bool(checked.events), "", len(checked.dropped), answer.input_tokens, answer.output_tokens)


def figures_of(rows: Sequence[Row], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Everything that is shown, as plain values. Needs the extra `train`.

    Raises:
        ModuleNotFoundError: it is not installed.
    """
    import numpy

    from learnchat.learning.training.figures import Outcome, averaged, figures, intervals

    asks = numpy.array([each.asks for each in verdicts], dtype=bool)
    outcome = Outcome(
        asks.astype(float),
        asks,
        numpy.array([row.label for row in rows]),
        numpy.array([row.natural for row in rows]),
        [row.group for row in rows],
    )
    mean, spread = averaged([figures(outcome)]), intervals([outcome])
    failures = Counter(each.failure for each in verdicts if each.failure)
    kinds = Counter(kind for row in rows if row.label == 1 for kind in row.kinds)
    return {
        "messages": len(rows),
        # A judge says yes or no: nothing is to be calibrated or ranked.
        "figures": {
            name: {"mean": mean[name], "low": low, "high": high}
            for name, (low, high) in spread.items()
            if name not in ("calibration_error", "average_precision")
        },
        "kinds": {
            kind: {"yes": count, "recall": _recall(kind, rows, verdicts)}
            for kind, count in kinds.most_common()
            if count >= LEAST_OF_A_KIND
        },
        "unanswered": sum(failures.values()),
        "failures": dict(failures.most_common(5)),
        "dropped_events": sum(each.dropped for each in verdicts),
        "input_tokens": sum(each.input_tokens for each in verdicts),
        "output_tokens": sum(each.output_tokens for each in verdicts),
    }


def _recall(kind: str, rows: Sequence[Row], verdicts: Sequence[Verdict]) -> float:
    of_kind = [each.asks for row, each in zip(rows, verdicts, strict=True) if row.label == 1 and kind in row.kinds]
    return sum(of_kind) / len(of_kind)
