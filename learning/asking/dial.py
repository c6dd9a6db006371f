"""The dial: how the user's answers move the gate's probabilities, one offset a kind.

The gate is trained on many people's messages; what one person wants remembered differs by kind. So each kind has one
number, added to the log-odds of what the gate says about it. It is the only thing learned from answers: no words, so
nothing can be over-learned that could not be said in a table of kinds.

The rule. An answer y (1 confirmed, 0 refused) to a detection with the gate's log-odds z is taken as a draw with
probability s(z + d), s the logistic function, d the offset. The prior on d is conjugate and worth `PRIOR_ANSWERS`
answers that came out exactly as expected before: with the offset c from above (see below), at the mean probability p
of what was asked. The offset is where the derivative of the log posterior is zero:

    sum(y - s(z + d))  +  PRIOR_ANSWERS * (p - s(z' + d))  =  0        p = mean s(z + c),  z' = logit(p) - c

The left side falls with d, so there is one solution. When everything was asked with the same probability p it is
s(z + d) = (confirmed + 10 p) / (answers + 10): the posterior mean of a Beta prior of ten answers, the m-estimate of
Cestnik (ECAI 1990). For differing probabilities it is the conjugate prior of a logistic model (Diaconis and Ylvisaker,
Annals of Statistics 7, 1979; Chen and Ibrahim, Statistica Sinica 13, 2003) with the gate's log-odds as a fixed part.
It does not depend on the order of the answers, so it is computed from all of them whenever one comes or is undone.

Two levels. The user's offset has the prior centre c = 0: the gate as shipped. In a project the centre is the user's
offset from all other projects, and the answers are the project's own. So every answer counts once, a new project
starts where the user stands, and a project's deviation grows with its own answers only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from learnchat.learning.kinds import Kind

if TYPE_CHECKING:
    # Deciding and listing need the figures only, not the gate and its weights.
    from learnchat.learning.detection import Detection, Message
    from learnchat.learning.hearing.gate import Gate

PRIOR_ANSWERS = 10.0
"""So many answers weigh as much as what the gate learned: one answer moves little, ten in a row move much."""

LARGEST_OFFSET = 1.5
"""In log-odds, either way. What the gate gives 80 % is never shown below 47 %: a kind that was refused ever so often is
still asked about where the gate is surest, and so can be confirmed and come back."""

_SUREST = 0.999
"""No probability is taken for certain: its log-odds would be infinite, and no answer could move it."""

_ROUNDS = 40
"""Halvings of the interval: 3 / 2**40 is below what any figure shows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one proposal. Expiry is none."""

    kind: Kind
    probability: float
    """The gate's, before the dial."""
    confirmed: bool
    """False: refused, by skip or for good."""
    place: str
    """Where it was given: the name of the project's folder in the user's data."""
    at: datetime
    message: str = ""
    """The id of the message that was answered about; empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the dial of one kind stands."""

    user: float = 0.0
    """The user's offset, from the answers of all projects: where a new project starts."""
    here: float = 0.0
    """The offset in force in this project."""
    confirmed: int = 0
    refused: int = 0
    """Answers in all projects."""

    @property
    def deviation(self) -> float:
        """How this project differs from the user."""
        return self.here - self.user


@dataclass(frozen=True, slots=True)
class Dial:
    """The offsets of one user in one project."""

    settings: Mapping[Kind, Setting] = field(default_factory=dict)

    def offset(self, kind: Kind) -> float:
        setting = self.settings.get(kind)
        return 0.0 if setting is None else setting.here

    @classmethod
    def learned(cls, answers: Iterable[Answer], place: str) -> Dial:
        """The dial that a user's answers come to, in one of the places where they were given."""
        by_kind: dict[Kind, list[Answer]] = {}
        for answer in answers:
            by_kind.setdefault(answer.kind, []).append(answer)
        return cls({kind: _setting(given, place) for kind, given in by_kind.items()})


class DialledGate:
    """A gate, moved by the user's answers.

    Args:
        gate: the gate as shipped.
        dial: gives the user's, as it stands now.
    """

    def __init__(self, gate: Gate, dial: Callable[[], Dial]) -> None:
        self.threshold = gate.threshold
        self._gate = gate
        self._dial = dial

    def weigh(self, message: Message, detections: Sequence[Detection]) -> Sequence[Detection]:
        weighed = self._gate.weigh(message, detections)
        if not weighed:
            return weighed
        dial = self._dial()
        return [_moved(one, dial.offset(one.kind)) for one in weighed]


def moved(probability: float, offset: float) -> float:
    """A probability with an offset added to its log-odds. Without one it stays as it is, to the last digit."""
    return probability if offset == 0 else _logistic(_log_odds(probability) + offset)


def learned_offset(answers: Sequence[Answer], centre: float = 0.0) -> float:
    """The offset that some answers to one kind come to, by the rule of this module.

    Args:
        answers: in any order.
        centre: the offset that the prior expects.

    Returns:
        Log-odds, within `LARGEST_OFFSET` of zero; the centre where there is no answer.
    """
    if not answers:
        return centre
    asked = [_log_odds(answer.probability) for answer in answers]
    confirmed = sum(answer.confirmed for answer in answers)
    expected = math.fsum(_logistic(each + centre) for each in asked) / len(asked)
    typical = _log_odds(expected) - centre

    def slope(offset: float) -> float:
        likelihood = confirmed - math.fsum(_logistic(each + offset) for each in asked)
        return likelihood + PRIOR_ANSWERS * (expected - _logistic(typical + offset))

    low, high = -LARGEST_OFFSET, LARGEST_OFFSET
    if slope(low) <= 0:
        return low
    if slope(high) >= 0:
        return high
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return (low + high) / 2


def refused_in_a_row(answers: Sequence[Answer], kind: Kind) -> int:
    """How many of the last answers to a kind were refusals, up to the last confirmation.

    Args:
        answers: oldest first.
        kind: which kind.
    """
    row = 0
    for answer in reversed(answers):
        if answer.kind is kind:
            if answer.confirmed:
                break
            row += 1
    return row


def _setting(answers: Sequence[Answer], place: str) -> Setting:
    ours = [answer for answer in answers if answer.place == place]
    elsewhere = [answer for answer in answers if answer.place != place]
    confirmed = sum(answer.confirmed for answer in answers)
    return Setting(
        user=learned_offset(answers),
        here=learned_offset(ours, learned_offset(elsewhere)),
        confirmed=confirmed,
        refused=len(answers) - confirmed,
    )


def _moved(detection: Detection, offset: float) -> Detection:
    if offset == 0:
        return detection
    return replace(detection, confidence=moved(detection.confidence, offset), offset=offset)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1 - _SUREST), _SUREST)
    return math.log(bounded / (1 - bounded))


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
