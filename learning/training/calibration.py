"""From opinions to a probability and a threshold, on messages whose authors the opinions have not seen."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import copy

import numpy
from sklearn.linear_model import LogisticRegression

from learnchat.learning.hearing.gate import LISTED, logistic
from learnchat.learning.hearing.marks import listed_from
from learnchat.learning.training.corpus import Example, Labelled, labels_of
from learnchat.learning.training.figures import Outcome
from learnchat.learning.training.fitting import SHARES, Fitted, Floats, whole
from learnchat.learning.training.prospects import safest_threshold

DEALS = 5
"""The curve and the threshold that are shipped are the mean of those from this many ways to hold authors out: of one
way alone the threshold wanders between 0.44 and 0.47, with the few asks that happen to lie there."""

# The curve is fitted to what is listed, and what is listed hangs on the curve: after so many rounds both hold still.
_ROUNDS = 4
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

    def __init__(self, opinions: Sequence[Floats], messages: Sequence[Labelled]) -> None:
        labels = numpy.array(labels_of(messages))
        known = labels >= 0
        log_odds = numpy.array([whole(each) for each in opinions])
        # Not known yet: of what hangs on it everything is listed, nothing raised.
        self.threshold = 0.0
        # Of all messages first, then of those of which something is shown: of the improbable ones most are not, and
        # those that are deserve more than the rest.
        shown = known
        for _ in range(_ROUNDS):
            curve = LogisticRegression(C=1e6).fit(log_odds[shown, None], labels[shown])
            self.slope, self.offset = float(curve.coef_[0, 0]), float(curve.intercept_[0])
            self.threshold = 0.0
            probabilities = self.probabilities(opinions, messages)
            self.threshold = safest_threshold(outcome_of(probabilities, self.threshold, messages))
            log_odds = numpy.array([self._best(*each) for each in zip(opinions, messages, strict=True)])
            shown = known & numpy.isfinite(log_odds)
            if len(set(labels[shown])) < 2:
                break

    def probabilities(self, opinions: Sequence[Floats], messages: Sequence[Labelled]) -> Floats:
        """What the product would say of each message: its best detection's probability, 0 where there is none."""
        return numpy.array([self._probability(*each) for each in zip(opinions, messages, strict=True)])

    def _probability(self, opinions: Floats, message: Labelled) -> float:
        return max([probability for probability, _ in self._listed(opinions, message)], default=0.0)

    def _best(self, opinions: Floats, message: Labelled) -> float:
        """The log-odds, before the curve, of the best that is listed; minus infinity where nothing is."""
        return max([log_odds for _, log_odds in self._listed(opinions, message)], default=-numpy.inf)

    def _listed(self, opinions: Floats, message: Labelled) -> Iterator[tuple[float, float]]:
        """Probability, and log-odds before the curve, of each statement that the product would list."""
        if not len(opinions):
            return
        mixed = opinions @ numpy.array(SHARES)
        for said, log_odds in zip(message.sentences, mixed + whole(opinions) - mixed.max(), strict=True):
            probability = logistic(self.slope * float(log_odds) + self.offset)
            probability = max(probability, LISTED if said.spoken else 0.0, self.threshold if said.plain else 0.0)
            least = LISTED if said.spoken else listed_from(said.sentence, self.threshold)
            if said.heard and probability >= least:
                yield probability, float(log_odds)


def mean_of(calibrations: Sequence[Calibration]) -> Calibration:
    """The curve and the threshold between several."""
    mean = copy(calibrations[0])
    for name in ("slope", "offset", "threshold"):
        setattr(mean, name, float(numpy.mean([getattr(one, name) for one in calibrations])))
    return mean


def outcome_of(probabilities: Floats, threshold: float | Floats, messages: Sequence[Labelled]) -> Outcome:
    """What was predicted of messages, asked from a threshold on: one for all, or one for each."""
    natural = numpy.array([message.natural for message in messages])
    groups = [message.group for message in messages]
    return Outcome(probabilities, probabilities >= threshold, numpy.array(labels_of(messages)), natural, groups)
