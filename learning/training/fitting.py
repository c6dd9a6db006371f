"""Fits the gate's three opinions to labelled statements. Needs scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from learnchat.learning.hearing.evidence import NEIGHBOURS, Sentence, kind_features, sources
from learnchat.learning.hearing.gate import LENGTH_DISCOUNT, LOWEST
from learnchat.learning.hearing.lexicon import LOWEST_OF_WORDS
from learnchat.learning.training.corpus import Example, Labelled, Said
from learnchat.learning.training.meanings import FittedMeanings
from learnchat.learning.training.vectors import is_plain_word

SHARES = (0.6, 0.2, 0.2)
"""How much evidence, words and meanings have to say. Fixed beforehand, not chosen within the folds: between 0.15
and 0.25 for words, 0.2 and 0.3 for meanings, held-out figures are the same; without either they are lower."""

# A statement carries its message's label when it covers at least half of the labelled quote, or is covered to half.
_COVERS = 0.5
# The quote of a `maybe` is like that of a yes, only less clear; held-out precision grows up to 0.9 and stays.
_MAYBE_IS_YES = 0.9
# Statements of a yes outside its quote may be yes too, those of a maybe may be anything.
_UNSURE_WEIGHT = 0.3
# A label given twice independently counts more.
_LABELLED_TWICE = 1.3
# Our own example sentences count as one corpus statement, their yes half of that: of the examples half are yes, in
# life few. 1, 2 and 4 gave the same held-out average precision.
_EXAMPLE_WEIGHT = 1.0
_EXAMPLE_YES = 0.5
# Evidence seen with fewer authors than this is chance, and would carry their words.
LEAST_GROUPS = 3
# Inverse strength of the L2 penalty on evidence; on words it is stronger, there are ten times as many of them.
_PENALTY = 2.0
_WORD_PENALTY = 0.3

Floats = numpy.ndarray[Any, Any]


class _Columns:
    """Names, numbered as columns of a matrix."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self._number = {name: number for number, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> Any:
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for row in rows:
            for name, value in row.items():
                if name in self._number:
                    columns.append(self._number[name])
                    data.append(value)
            ends.append(len(columns))
        return sparse.csr_matrix((data, columns, ends), shape=(len(rows), len(self.names)))


def _all_names() -> list[str]:
    own = [*sources(), *sorted(set(kind_features().values()))]
    return own + [prefix + name for prefix in ("n:", "s:") for name in sorted(NEIGHBOURS)]


def _seen_by_enough(rows: Sequence[Mapping[str, float]], groups: Sequence[str]) -> list[str]:
    """The names seen with enough authors; an example has none."""
    seen: dict[str, set[str]] = {}
    for row, group in zip(rows, groups, strict=True):
        if group:
            for name in row:
                seen.setdefault(name, set()).add(group)
    return sorted(name for name, by in seen.items() if len(by) >= LEAST_GROUPS)


def covered(message: Labelled, sentence: Sentence) -> float:
    """How much of a sentence is in the labelled quote, or of the quote in it; the greater of the two, 0 to 1."""
    begin = message.text.find(message.span) if message.span else -1
    if begin < 0:
        return 0.0
    shared = min(sentence.end, begin + len(message.span)) - max(sentence.start, begin)
    return max(0.0, shared / max(1, sentence.end - sentence.start), shared / len(message.span))


class _Rows:
    """The training rows of some messages and examples: evidence, words, label and weight of each sentence."""

    def __init__(self, messages: Sequence[Labelled], examples: Sequence[Example]) -> None:
        self.features: list[Mapping[str, float]] = []
        self.words: list[Mapping[str, float]] = []
        self.meanings: list[Floats] = []
        self.labels: list[float] = []
        self.weights: list[float] = []
        self.groups: list[str] = []
        for message in messages:
            self._add_message(message)
        for example in examples:
            weight = _EXAMPLE_WEIGHT * (_EXAMPLE_YES if example.worth_asking else 1.0)
            self._add(example, float(example.worth_asking), weight, "")

    def _add_message(self, message: Labelled) -> None:
        overlap = [covered(message, one.sentence) for one in message.sentences]
        carrying = sum(share >= _COVERS for share in overlap) if message.label != "no" else 0
        for one, share in zip(message.sentences, overlap, strict=True):
            carries = message.label != "no" and share >= _COVERS
            weight = _LABELLED_TWICE if message.twice else 1.0
            # A message of many statements counts more than one of few, but not in proportion.
            weight /= (carrying if carries else len(overlap)) ** 0.5
            if not carries and message.label != "no":
                weight *= 0.0 if message.label == "yes" and share else _UNSURE_WEIGHT
            if carries and message.label == "maybe":
                self._add(one, 1.0, weight * _MAYBE_IS_YES, message.group)
                self._add(one, 0.0, weight * (1 - _MAYBE_IS_YES), message.group)
            else:
                self._add(one, float(carries), weight, message.group)

    def _add(self, said: Said | Example, label: float, weight: float, group: str) -> None:
        if weight > 0:
            self.features.append(said.sentence.features)
            self.words.append(_plain(said.sentence))
            self.meanings.append(said.meaning)
            self.labels.append(label)
            self.weights.append(weight)
            self.groups.append(group)


def _plain(sentence: Sentence) -> dict[str, float]:
    """The words whose weights are learned: what is no plain word would carry the names of somebody's project."""
    return dict.fromkeys(filter(is_plain_word, sentence.words), 1.0)


class Fitted:
    """The three opinions, fitted on some messages and examples."""

    def __init__(self, messages: Sequence[Labelled], examples: Sequence[Example]) -> None:
        rows = _Rows(messages, examples)
        common = set(_seen_by_enough(rows.features, rows.groups))
        self._evidence = _Columns([name for name in _all_names() if name in common])
        self._words = _Columns(_seen_by_enough(rows.words, rows.groups))
        self._by_evidence = _regression(self._evidence.matrix(rows.features), rows, _PENALTY)
        self._by_words = _regression(self._words.matrix(rows.words), rows, _WORD_PENALTY)
        self._by_meaning = FittedMeanings(numpy.array(rows.meanings), rows.labels, rows.weights)

    def opinions(self, messages: Sequence[Labelled]) -> list[Floats]:
        """For each message the opinions on each of its sentences: an array of shape (sentences, 3)."""
        all_said = [one for message in messages for one in message.sentences]
        sentences = [one.sentence for one in all_said]
        if not sentences:
            return [numpy.zeros((0, len(SHARES))) for _ in messages]
        words = self._words.matrix([_plain(one) for one in sentences])
        together = numpy.stack(
            [
                self._by_evidence.decision_function(self._evidence.matrix([one.features for one in sentences])),
                numpy.maximum(self._by_words.decision_function(words), LOWEST_OF_WORDS),
                self._by_meaning.decision_function(numpy.array([one.meaning for one in all_said])),
            ],
            axis=1,
        )
        ends = numpy.cumsum([len(message.sentences) for message in messages])
        return numpy.split(together, ends[:-1])

    def weights(self, digits: int) -> dict[str, dict[str, Any]]:
        """The opinions as the model file has them."""
        linear = {
            "evidence": (self._by_evidence, self._evidence.names),
            "words": (self._by_words, self._words.names),
        }
        opinions: dict[str, dict[str, Any]] = {
            opinion: {
                "bias": round(float(model.intercept_[0]), digits),
                "weights": {
                    name: round(float(weight), digits) for name, weight in zip(names, model.coef_[0], strict=True)
                },
            }
            for opinion, (model, names) in linear.items()
        }
        opinions["meanings"] = self._by_meaning.weights(digits)
        for opinion, share in zip(opinions.values(), SHARES, strict=True):
            opinion["share"] = share
        return opinions


def _regression(matrix: Any, rows: _Rows, penalty: float) -> Any:
    model = LogisticRegression(C=penalty, solver="liblinear", max_iter=500)
    return model.fit(matrix, numpy.array(rows.labels), numpy.array(rows.weights))


def whole(opinions: Floats) -> float:
    """A message's log-odds before calibration, from the opinions on its sentences: shape (sentences, 3)."""
    if not len(opinions):
        return (SHARES[0] + SHARES[2]) * LOWEST + SHARES[1] * LOWEST_OF_WORDS
    summed = [max(_summed(opinions[:, column]), LOWEST) for column in (0, 2)]
    return float(SHARES[0] * summed[0] + SHARES[1] * opinions[:, 1].max() + SHARES[2] * summed[1])


def _summed(opinions: Floats) -> float:
    best = opinions.max()
    return float(best + numpy.log(numpy.exp(opinions - best).sum()) - LENGTH_DISCOUNT * numpy.log(len(opinions)))
