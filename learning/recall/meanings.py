"""Finding by meaning: static embeddings of model2vec, the optional extra `semantic`, fused with what words find.

A model is a folder on this machine that the user named; nothing is ever fetched. It is loaded in a thread of its own,
and until it is there, or where the extra or the folder is not, words alone find: nobody is told, since nothing fails.
The two orders are fused by reciprocal rank (Cormack, Clarke and Büttcher, 2009, whose constant is 60).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from learnchat.learning.profile.insight import Insight
from learnchat.learning.recall.bearing import BEARS, Bearing, Bearings

FUSION_CONSTANT = 60
# From which cosine on a meaning alone is enough for an insight to be given: with WordLlama's vectors 1 of 150 foreign
# questions of LoCoMo comes so near to a single sentence, and one own question in four. Silence matters more than one
# insight more. `python -m tests.bench.recall FILE --semantic MODEL` prints what it comes to.
ALIKE = 0.6
# Of what is alike, so many take part in the fusion.
MOST = 20


class Meanings:
    """The embeddings of insights.

    Args:
        folder: of a model2vec model.
        known: the insights, as they are now.
    """

    def __init__(self, folder: Path, known: Callable[[], Iterable[Insight]]) -> None:
        self._folder = folder
        self._known = known
        self._model: Any = None
        self._ids: list[str] = []
        self._vectors: Any = None
        self._lock = threading.Lock()

    def load(self) -> bool:
        """Load the model, if there is one: half a second, most of it to import numpy. Returns whether it is there."""
        try:
            from model2vec import StaticModel

            # What is no folder of a model is taken for the name of one to be fetched.
            there = (self._folder / "model.safetensors").is_file() and (self._folder / "config.json").is_file()
            model = StaticModel.from_pretrained(self._folder, force_download=False) if there else None
        except Exception:
            # Not installed, or no model: anything that its libraries raise means the same here.
            return False
        self._model = model
        return model is not None

    def load_in_background(self) -> None:
        """The same, while nobody waits."""
        threading.Thread(target=self.load, name="meanings", daemon=True).start()

    def update(self) -> None:
        """Embed the insights as they are now: 30 microseconds each."""
        self._vectors = None

    def find(self, text: str) -> list[tuple[str, float]]:
        """The insights whose meaning is nearest to that of a text, with their cosines; none while there is no model."""
        if self._model is None or not text.strip():
            return []
        with self._lock:
            if self._vectors is None:
                self._embed()
        if not self._ids:
            return []
        cosines = self._vectors @ self.unit([text])[0]
        nearest = cosines.argsort()[::-1][:MOST]
        return [(self._ids[place], float(cosines[place])) for place in nearest if cosines[place] > 0]

    def _embed(self) -> None:
        insights = list(self._known())
        self._ids = [insight.id for insight in insights]
        self._vectors = self.unit([" ".join((each.statement, *each.tags)) for each in insights]) if insights else ()

    def unit(self, texts: Sequence[str]) -> Any:
        """The embeddings of some texts, each of length 1, one a row."""
        import numpy

        # In this process: a pool of workers costs more than it saves on sentences, and forks a program with threads.
        vectors = self._model.encode(texts, use_multiprocessing=False)
        lengths = numpy.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / numpy.where(lengths == 0, 1, lengths)


class FusedBearings:
    """What words find and what meanings find, in one order.

    Args:
        words: finds by words.
        meanings: finds by meaning.
    """

    def __init__(self, words: Bearings, meanings: Meanings) -> None:
        self._words = words
        self._meanings = meanings

    def find(self, text: str) -> list[Bearing]:
        by_words = self._words.find(text)
        by_meaning = self._meanings.find(text)
        if not by_meaning:
            return by_words
        sure = {each.id: each.confidence for each in by_words}
        score: dict[str, float] = {}
        for order in ([each.id for each in by_words], [name for name, _ in by_meaning]):
            for place, name in enumerate(order, 1):
                # One where both put it first.
                score[name] = score.get(name, 0.0) + (FUSION_CONSTANT + 1) / (2 * (FUSION_CONSTANT + place))
        for name, cosine in by_meaning:
            sure[name] = max(sure.get(name, 0.0), cosine / ALIKE * BEARS)
        found = [Bearing(name, sure[name], value) for name, value in score.items()]
        return sorted(found, key=lambda each: -each.score)
