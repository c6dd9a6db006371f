"""The gate: decides whether a detection is worth the user's attention.

Three opinions are mixed. *Evidence* weighs what cues and forms heard in and around a statement, summed over the
message's statements (log-sum-exp: the best one counts most). *Words* weighs the plain words of a statement; the best
statement's counts. *Meanings* weighs them by what they mean, one by one and together, learned from words of like
meaning, so that it knows words that nobody in the corpus used; summed like the evidence. A logistic curve fitted on
held-out messages turns the mix into the probability that a toast after this message is welcome. Plain Python: the model
is a small file of weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Protocol

from learnchat.learning.detection import Detection, Message
from learnchat.learning.detectors.registry import BUILT_IN
from learnchat.learning.hearing.evidence import Sentence, evidence, shipped_index
from learnchat.learning.hearing.lexicon import Lexicon
from learnchat.learning.hearing.model_file import GateModel, Opinion, shipped
from learnchat.learning.kinds import Kind
from learnchat.learning.language.plain_forms import is_bare, is_plain
from learnchat.learning.language.statements import split

LISTED = 0.05
"""A statement less probable is not listed at all, unless a phrase of a detector was heard in it."""

LOWEST = -12.0
"""A log-odds below this is as good as no evidence; it bounds what a message without statements gets."""

LENGTH_DISCOUNT = 0.3
"""Share of log(statements) taken off the sum: 0.2 to 0.4 are equal in average precision, 1 (the mean) is much worse;
above 0 helps the short plain message against the long one."""

# So many words tell a language. Of those of a message in English nearly all are known, of others a third at most.
_TELLING_WORDS = 3
_ENGLISH_SHARE = 0.5
_OURS = frozenset(BUILT_IN)
# Beyond these log-odds a float's exponential says nothing more.
_SURE = 30.0


class Gate(Protocol):
    """Weighs detections against the message they were heard in."""

    threshold: float
    """A detection of this confidence and above would be asked about."""

    def weigh(self, message: Message, detections: Sequence[Detection]) -> Sequence[Detection]:
        """The same detections in the same order, each with the gate's confidence (0 to 1)."""
        ...


class TrainedGate:
    """The gate as trained.

    Args:
        model: the shipped one, if none is given.
    """

    def __init__(self, model: GateModel | None = None) -> None:
        self._model = model or shipped()
        self.threshold = self._model.threshold
        self._probabilities = lru_cache(maxsize=4)(self._of_text) if model else shipped_probabilities

    def weigh(self, message: Message, detections: Sequence[Detection]) -> Sequence[Detection]:
        """Our own detections get the probability of the statement they are in.

        A plugin's detection keeps its own confidence: nothing is known of it that could be weighed.
        """
        if not any(one.detector in _OURS for one in detections):
            return detections
        probabilities = self._probabilities(message.text)
        return [self._weighed(one, probabilities) if one.detector in _OURS else one for one in detections]

    def _weighed(self, detection: Detection, probabilities: Sequence[tuple[Sentence, float]]) -> Detection:
        if not detection.slots:
            # A form has its own statement or clause.
            found = 0.0
            for sentence, probability in probabilities:
                if sentence.start == detection.start and sentence.end == detection.end:
                    found = max(found, probability)
        else:
            # Where a phrase was heard, the statement is listed in any case.
            found = self.threshold if is_bare(detection) else LISTED
            for sentence, probability in probabilities:
                if sentence.start < detection.end and detection.start < sentence.end:
                    found = max(found, probability)
        return detection if found == detection.confidence else replace(detection, confidence=found)

    def _of_text(self, text: str) -> list[tuple[Sentence, float]]:
        sentences = evidence(text)
        return list(zip(sentences, self.probabilities(sentences), strict=True))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words it knows; read when they are first needed."""
        return Lexicon(self._model.words, self._model.meanings)

    def probabilities(self, sentences: Sequence[Sentence]) -> list[float]:
        """How probable it is that a toast about each statement is welcome; the highest is the whole message's."""
        if not sentences:
            return []
        model = self._model
        by_evidence = [opinion_of(one, model.evidence) for one in sentences]
        by_words, by_meaning = zip(*[self.lexicon.opinions(one.words) for one in sentences], strict=True)
        of_evidence, of_words, of_meaning = model.evidence.share, model.words.share, model.meanings.share
        whole = of_evidence * max(LOWEST, summed(by_evidence))
        whole += of_words * max(by_words) + of_meaning * max(LOWEST, summed(by_meaning))
        own = [
            of_evidence * heard + of_words * said + of_meaning * meant
            for heard, said, meant in zip(by_evidence, by_words, by_meaning, strict=True)
        ]
        offset = model.slope * (whole - max(own)) + model.offset
        probabilities = [logistic(model.slope * each + offset) for each in own]
        for place, one in enumerate(sentences):
            if is_plain(one.features):
                probabilities[place] = max(self.threshold, probabilities[place])
        return probabilities


@lru_cache(maxsize=4)  # the detectors leave out what this finds hopeless, then the gate weighs the rest
def shipped_probabilities(text: str) -> Sequence[tuple[Sentence, float]]:
    """The statements of a message and what the gate as shipped says of each."""
    sentences = evidence(text)
    return tuple(zip(sentences, _shipped_gate().probabilities(sentences), strict=True))


@lru_cache(maxsize=4)  # each detector asks for its own
def shipped_by_kind(text: str) -> Mapping[Kind | None, Sequence[tuple[Sentence, float]]]:
    """The same, under each kind whose forms a statement has; under None those that have no form."""
    found: dict[Kind | None, list[tuple[Sentence, float]]] = {}
    for one in shipped_probabilities(text):
        for kind in one[0].kinds or (None,):
            found.setdefault(kind, []).append(one)
    return found


def is_understood(text: str) -> bool:
    """Whether a message is in English, as far as its words tell: of a few almost anything can be a name."""
    words = {token for one in split(text) for token in one.tokens.texts if token.isalpha()}
    return len(words) < _TELLING_WORDS or _shipped_gate().lexicon.share_known(words) > _ENGLISH_SHARE


def warm() -> None:
    """Read what the first message needs, 50 ms. Not on the event loop."""
    shipped_index().compile()
    _ = _shipped_gate().lexicon


@cache
def _shipped_gate() -> TrainedGate:
    return TrainedGate()


def opinion_of(sentence: Sentence, opinion: Opinion) -> float:
    """The log-odds of a statement by its evidence."""
    weights = opinion.weights
    return opinion.bias + sum([weights[name] * value for name, value in sentence.features.items() if name in weights])


def summed(log_odds: Sequence[float]) -> float:
    """Log-sum-exp, a little discounted for length: the best statement counts most, others raise it a little."""
    best = max(log_odds)
    return (
        best + math.log(sum([math.exp(each - best) for each in log_odds])) - LENGTH_DISCOUNT * math.log(len(log_odds))
    )


def logistic(log_odds: float) -> float:
    """The probability that log-odds stand for."""
    if -_SURE < log_odds < _SURE:
        return 1.0 / (1.0 + math.exp(-log_odds))
    return 1.0 / (1.0 + math.exp(-math.copysign(_SURE, log_odds)))
