"""Labelled messages and our own example sentences, with the evidence in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learnchat.learning.detection import Message
from learnchat.learning.detectors.phrases import PhraseDetector
from learnchat.learning.detectors.registry import built_in_detectors
from learnchat.learning.hearing.evidence import Sentence, gathered, sources
from learnchat.learning.language.patterns import PatternIndex
from learnchat.learning.language.plain_forms import is_bare, is_plain
from learnchat.learning.training.beginnings import beginnings_of
from learnchat.learning.training.vectors import Floats, meaning

EXAMPLES = Path(__file__).parent
"""Where the example sentences lie: in the repository, not in the installed program."""

# What the corpus calls a kind where we have another name.
_KINDS = {
    "decision": "decided_to_use",
    "switch": "switching",
    "rejected": "rejected_idea",
    "bug_cause": "bug_fixed",
    "performance": "performance_issue",
    "architecture": "architecture_change",
}


@dataclass(frozen=True)
class Said:
    """One sentence of a labelled message."""

    sentence: Sentence
    heard: bool
    """It is not only overheard: it can be asked about."""
    spoken: bool
    """A phrase of a detector hears it: it is listed in any case."""
    plain: bool
    """It is asked about in any case."""
    meaning: Floats


@dataclass(frozen=True)
class Labelled:
    """A message of the corpus."""

    text: str
    group: str
    label: str
    kinds: tuple[str, ...]
    span: str
    twice: bool
    """Labelled twice, independently."""
    natural: bool
    """Drawn at random: rates are taken from these."""
    sentences: Sequence[Said]


@dataclass(frozen=True)
class Example:
    """One of our own sentences."""

    worth_asking: bool
    sentence: Sentence
    meaning: Floats


def new_index() -> PatternIndex:
    """The patterns as the tables have them now."""
    return PatternIndex(sources(), beginnings_of(sources()))


def read_corpus(path: Path) -> list[Labelled]:
    """The messages of a corpus: JSON lines with text, group, label (yes, no, maybe), kinds, span, passes, sample.

    Raises:
        OSError: it can't be read.
        ValueError: a line is no such object; names the line.
    """
    index = new_index()
    messages: list[Labelled] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            messages.append(_labelled(json.loads(line), index))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: no labelled message ({error})") from None
    return messages


def _labelled(row: dict[str, Any], index: PatternIndex) -> Labelled:
    if row["label"] not in ("yes", "no", "maybe"):
        raise ValueError(f"label is {row['label']!r}")
    sentences = gathered(row["text"], index)
    return Labelled(
        text=row["text"],
        group=row["group"],
        label=row["label"],
        kinds=tuple(_KINDS.get(kind, kind) for kind in row["kinds"] or ()),
        span=row["span"] or "",
        twice=row["passes"] == 2,
        natural=row["sample"] == "natural",
        sentences=_as_heard(row["text"], sentences),
    )


def _as_heard(text: str, sentences: Sequence[Sentence]) -> list[Said]:
    hearings = [one.phrases(Message(text))[0] for one in built_in_detectors() if isinstance(one, PhraseDetector)]
    heard = [one for hearing in hearings for one in hearing.detections]
    overheard = [one for hearing in hearings for one in hearing.remarks]

    def said(one: Sentence) -> Said:
        inside = [each for each in heard if each.start < one.end and one.start < each.end]
        barred = any(each.start < one.end and one.start < each.end for each in overheard)
        plain = is_plain(one.features) or any(map(is_bare, inside))
        return Said(one, bool(inside) or not barred, bool(inside), plain, meaning(one.words))

    return [said(one) for one in sentences]


def read_examples(folder: Path = EXAMPLES) -> list[Example]:
    """Our own sentences: `examples_yes.txt` and `examples_no.txt`, one a line."""
    index = new_index()
    examples: list[Example] = []
    for name, worth in (("examples_yes.txt", True), ("examples_no.txt", False)):
        path = folder / name
        for line in path.read_text(encoding="utf-8").splitlines():
            # As one sentence, whatever marks are in it: it was written as one.
            sentences = gathered(line.strip(), index)
            if sentences:
                examples.append(Example(worth, sentences[0], meaning(sentences[0].words)))
    return examples


def digest(path: Path) -> str:
    """What tells one corpus from another: the SHA-256 of the file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def labels_of(messages: Iterable[Labelled]) -> list[int]:
    """1 for yes, 0 for no, -1 for maybe."""
    return [{"yes": 1, "no": 0, "maybe": -1}[message.label] for message in messages]
