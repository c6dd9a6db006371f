"""Fits the opinion by meaning: a linear model, and a small network beside it for what words say only together."""

from __future__ import annotations

import warnings
from binascii import b2a_base64
from collections.abc import Sequence
from typing import Any

import numpy
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from learnchat.learning.hearing.meaning import NO_PULL
from learnchat.learning.training.vectors import Floats, word_vectors

# Inverse strength of the L2 penalty, of 256 numbers for each sentence: from 0.01 to 0.1 held-out figures are the same.
_PENALTY = 0.03
# With 8 units held-out average precision is 0.01 higher than with none, with 4 half of that; 16 take too much time.
_UNITS = 8
# L2 penalty on the network's weights: 3 and 10 are worse.
_UNIT_PENALTY = 30.0
# The network is fitted no further: it would only learn its sentences by heart.
_ITERATIONS = 80
# The largest pull of a word at a unit, in steps.
_MOST_STEPS = 127


class FittedMeanings:
    """The mean of both models, fitted on meanings: an array of shape (rows, dimensions)."""

    def __init__(self, meanings: Floats, labels: Sequence[float], weights: Sequence[float]) -> None:
        # Few columns, all of them full: this solver is the fastest by far.
        self._linear = LogisticRegression(C=_PENALTY, solver="newton-cholesky", max_iter=500)
        self._linear.fit(meanings, labels, weights)
        self._network = MLPClassifier(
            hidden_layer_sizes=(_UNITS,),
            activation="tanh",
            alpha=_UNIT_PENALTY,
            solver="lbfgs",
            max_iter=_ITERATIONS,
            random_state=0,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._network.fit(meanings, labels, sample_weight=weights)

    def decision_function(self, meanings: Floats) -> Floats:
        """The log-odds of each row."""
        (pulls, answers), (biases, bias) = self._network.coefs_, self._network.intercepts_
        together = numpy.tanh(meanings @ pulls + biases) @ answers[:, 0] + bias[0]
        found: Floats = (self._linear.decision_function(meanings) + together) / 2
        return found

    def weights(self, digits: int) -> dict[str, Any]:
        """The opinion as the model file has it: for each word what it adds, and how it pulls at each unit."""
        vectors = word_vectors()
        (pulls, answers), (biases, bias) = self._network.coefs_, self._network.intercepts_
        of_words = vectors.matrix @ pulls
        step = float(numpy.abs(of_words).max()) / _MOST_STEPS
        in_steps = (numpy.round(of_words / step) + NO_PULL).astype(numpy.uint8)
        adds = vectors.matrix @ self._linear.coef_[0] / 2

        def rounded(values: Floats) -> list[float]:
            return [round(float(value), digits) for value in values]

        return {
            "bias": round(float(self._linear.intercept_[0] + bias[0]) / 2, digits),
            "weights": dict(zip(vectors.row_of, rounded(adds), strict=True)),
            "units": {
                "biases": rounded(biases),
                "weights": rounded(answers[:, 0] / 2),
                # Of hundreds of steps: a digit less would be a step more.
                "step": round(step, digits + 4),
                "pulls": b2a_base64(in_steps.tobytes(), newline=False).decode(),
            },
        }
