"""From opinions to a probability and a threshold, on messages whose authors the opinions have not seen."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

import numpy
from sklearn.linear_model import LogisticRegression

from learnchat.learning.hearing.gate import LISTED, logistic
from learnchat.learning.hearing.marks import listed_from
from learnchat.learning.training.corpus import Example, Labelled, labels_of
from learnchat.learning.training.fitting import SHARES, Fitted, Floats, whole

AIMED_PRECISION = 0.66
"""The threshold is the lowest that held-out predictions put at this precision."""

# Fewer asks than this say nothing about precision.
_LEAST_ASKS = 20
# Authors with more messages than this are dealt out first, so that folds come out even; small ones fill up.
_LARGE_GROUP = 60

Progress = Callable[[], None]


def folds(groups: Sequence[str], count: int, seed: int) -> Floats:
    """A fold for each message: whole groups, in an order that depends on the seed, to the fold with fewest messages."""
    sizes = Counter(groups)
    order = sorted(sizes, key=lambda group: hashlib.sha256(f"{seed} {group}".encode()).hexdigest())
    order.sort(key=lambda group: sizes[group] < _LARGE_GROUP)
    load = [0] * count
    fold_of: dict[str, int] = {}
    for group in order:
        fold = min(range(count), key=lambda number: load[number])
        fold_of[group] = fold
        load[fold] += sizes[group]
    return numpy.array([fold_of[group] for group in groups])


def held_out_opinions(
    messages: Sequence[Labelled], examples: Sequence[Example], count: int, seed: int, done: Progress = lambda: None
) -> list[Floats]:
    """Opinions on the sentences of each message by models that have not seen its author."""
    fold = folds([message.group for message in messages], count, seed)
    result: list[Floats] = [numpy.zeros((0, len(SHARES)))] * len(messages)
    for number in range(count):
        inside = [message for message, each in zip(messages, fold, strict=True) if each != number]
        outside = [int(each) for each in numpy.flatnonzero(fold == number)]
        opinions = Fitted(inside, examples).opinions([messages[each] for each in outside])
        for each, opinion in zip(outside, opinions, strict=True):
            result[each] = opinion
        done()
    return result


class Calibration:
    """The curve from opinions to probability, and the threshold for asking."""

    def __init__(
        self, opinions: Sequence[Floats], messages: Sequence[Labelled], aimed: float = AIMED_PRECISION
    ) -> None:
        labels = numpy.array(labels_of(messages))
        known = labels >= 0
        log_odds = numpy.array([whole(each) for each in opinions])
        curve = LogisticRegression(C=1e6).fit(log_odds[known, None], labels[known])
        self.slope, self.offset = float(curve.coef_[0, 0]), float(curve.intercept_[0])
        # Not known yet: of what hangs on it everything is listed, nothing raised.
        self.threshold = 0.0
        probabilities = self.probabilities(opinions, messages)
        self.threshold = _threshold(probabilities[known], labels[known], aimed)

    def probabilities(self, opinions: Sequence[Floats], messages: Sequence[Labelled]) -> Floats:
        """What the product would say of each message: its best detection's probability, 0 where there is none."""
        return numpy.array([self._probability(*each) for each in zip(opinions, messages, strict=True)])

    def _probability(self, opinions: Floats, message: Labelled) -> float:
        if not len(opinions):
            return 0.0
        mixed = opinions @ numpy.array(SHARES)
        log_odds = self.slope * (mixed + whole(opinions) - mixed.max()) + self.offset
        found = 0.0
        for said, each in zip(message.sentences, log_odds, strict=True):
            probability = max(logistic(float(each)), LISTED if said.spoken else 0.0)
            if said.plain:
                probability = max(probability, self.threshold)
            least = LISTED if said.spoken else listed_from(said.sentence, self.threshold)
            if said.heard and probability >= least:
                found = max(found, probability)
        return found


def _threshold(probabilities: Floats, labels: Floats, aimed: float) -> float:
    order = numpy.argsort(-probabilities)
    precision = numpy.cumsum(labels[order]) / numpy.arange(1, len(order) + 1)
    good = numpy.flatnonzero(precision[_LEAST_ASKS - 1 :] >= aimed)
    last = good[-1] + _LEAST_ASKS - 1 if len(good) else _LEAST_ASKS - 1
    return float(probabilities[order[last]])
