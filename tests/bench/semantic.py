"""What finding by meaning adds to the silence: which cosine parts own from foreign questions, with a given model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from learnchat.learning.recall.bearing import BEARS, rank
from learnchat.learning.recall.meanings import ALIKE, Meanings

if TYPE_CHECKING:
    from tests.bench.recall import Conversation


def semantic_silence(conversations: Sequence[Conversation], model: Path, adversarial: int) -> dict[str, float]:
    """Percent of questions for which one of the observations surfaces, by words or by meaning, of the own conversation
    and of the next one."""
    meanings = Meanings(model, lambda: [])
    if not meanings.load():
        raise SystemExit(f"There is no model in {model}, or model2vec is not installed.")
    vectors = [meanings.unit(each.sentences) for each in conversations]
    surfaces: dict[str, list[bool]] = {"own": [], "foreign": []}
    for index, own in enumerate(conversations):
        texts = [own.without_names(each.text) for each in own.questions if each.category != adversarial]
        asked = meanings.unit(texts)
        for name, other in (("own", index), ("foreign", (index + 1) % len(conversations))):
            cosines = (asked @ vectors[other].T).max(axis=1)
            for text, cosine in zip(texts, cosines, strict=True):
                best = max(rank(text, conversations[other].observations).values(), default=0.0)
                surfaces[name].append(best >= BEARS or cosine >= ALIKE)
    return {name: round(100 * fmean(values), 1) for name, values in surfaces.items()}
