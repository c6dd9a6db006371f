from __future__ import annotations

import pytest

pytest.importorskip("sklearn")

import numpy

from learnchat.learning.hearing.evidence import evidence
from learnchat.learning.hearing.gate import TrainedGate
from learnchat.learning.hearing.meaning import read_meanings
from learnchat.learning.hearing.model_file import GateModel, Opinion
from learnchat.learning.training import vectors
from learnchat.learning.training.corpus import Example, Labelled, Said
from learnchat.learning.training.fitting import Fitted, whole

TEXTS = {
    "from now on always run the tests": True,
    "we use postgres. our users are dentists": True,
    "never commit generated files": True,
    "fix the button": False,
    "can you look at the test?": False,
    "the build fails again": False,
}


def labelled(text: str, worth: bool, group: str) -> Labelled:
    said = [Said(one, True, False, False, vectors.meaning(one.words)) for one in evidence(text)]
    return Labelled(text, group, "yes" if worth else "no", (), text if worth else "", False, True, said)


@pytest.fixture(scope="module")
def messages() -> list[Labelled]:
    return [labelled(text, worth, f"author {number}") for text, worth in TEXTS.items() for number in range(3)]


def test_words_of_like_meaning_lie_near_each_other() -> None:
    found = vectors.word_vectors()

    def likeness(one: str, other: str) -> float:
        left, right = (found.matrix[found.row_of[word]] for word in (one, other))
        return float(left @ right / numpy.linalg.norm(left) / numpy.linalg.norm(right))

    assert likeness("postgres", "mysql") > likeness("postgres", "button")


def test_words_without_a_vector_mean_nothing() -> None:
    assert not vectors.meaning(["qqxzv"]).any()
    assert (vectors.meaning(["postgres", "qqxzv"]) == vectors.meaning(["postgres"])).all()


def test_plain_python_says_what_was_fitted(messages: list[Labelled]) -> None:
    fitted = Fitted(messages, [Example(True, said.sentence, said.meaning) for said in messages[0].sentences])
    weights = fitted.weights(6)
    gate = TrainedGate(
        GateModel(
            provenance={},
            evidence=Opinion(**weights["evidence"]),
            words=Opinion(**weights["words"]),
            meanings=read_meanings(weights["meanings"]),
            slope=1.0,
            offset=0.0,
            threshold=0.0,
            beginnings={},
        )
    )
    for message, opinions in zip(messages, fitted.opinions(messages), strict=True):
        expected = 1 / (1 + numpy.exp(-whole(opinions)))
        assert max(gate.probabilities([one.sentence for one in message.sentences])) == pytest.approx(expected, abs=1e-3)
