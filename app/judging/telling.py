"""What people are told about the judge: who reads along, what it takes, and what it would cost."""

from __future__ import annotations

from dataclasses import dataclass

from learnchat.app.judging.candidates import Candidate
from learnchat.app.judging.ledger import Ledger, Spent
from learnchat.app.judging.opening import Judging
from learnchat.app.judging.prices import price_of
from learnchat.learning.judging.reading import DEEP_EVERY, Depth

RECORDED = {Depth.SINGLE: (1_005, 75), Depth.DEEP: (2_633, 153)}
"""Tokens in and out of a reading, until readings here are measured. Requests: the mean over the labelled messages, a
reply of 1,000 characters with each. Answers: the mean of the recorded ones that hold one event, and two. Most hold
none, so it is rather less. `python -m tests.bench.judging CORPUS` prints both."""

A_DAY = 100
"""Messages of a long day of work: what a price is told for."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Tokens, on an average."""

    reading: float
    """Of a reading of one exchange, request and answer."""
    day_in: float
    """Of all requests of a day of messages."""
    day_out: float
    """Of all answers to them."""
    measured: bool
    """By readings here; else by recorded ones."""


def sizes(ledger: Ledger) -> Sizes:
    """What readings take."""
    single, deep = (ledger.per_reading(depth) or RECORDED[depth] for depth in (Depth.SINGLE, Depth.DEEP))
    into, out = (A_DAY * one + A_DAY / DEEP_EVERY * several for one, several in zip(single, deep, strict=True))
    return Sizes(sum(single), into, out, ledger.per_reading(Depth.SINGLE) is not None)


def price_sentence(candidate: Candidate, ledger: Ledger) -> str:
    """What a model would take. Reads the list of prices: in a thread."""
    found = sizes(ledger)
    tokens = (
        f"A reading takes about {round(found.reading, -1):,.0f} tokens, {A_DAY} messages "
        f"{round((found.day_in + found.day_out) / 1000):,} thousand "
        f"({'measured here' if found.measured else 'by recorded requests and answers'})"
    )
    if not candidate.remote:
        return f"{tokens}, on this machine."
    price = price_of(candidate.name)
    if price is None:
        return f"{tokens}; its price is not known here."
    return f"{tokens}: {dollars(price.of(found.day_in, found.day_out))}."


def status(judging: Judging) -> list[str]:
    """What there is to say, one sentence a line. It looks for Ollama: in a thread."""
    if not judging.settings.enabled:
        return ["The judge is off: judge.enabled in the configuration."]
    if judging.consent.read().off:
        return ["The judge is off. /judge on switches it on."]
    found = judging.finder.find()
    lines = []
    for number, each in enumerate(found.allowed):
        rest = judging.ledger.rests(each.name)
        lines.append(
            f"{'The judge is' if not number else 'then'} {each.name} ({each.origin})"
            + (f": {rest}" if rest else "")
            + "."
        )
    lines.append("Where no model can answer, rules read along." if lines else "No model: rules read along.")
    waiting = [each for each in found.all if each not in found.allowed]
    for each in waiting[:1]:
        lines.append(f"{each.name} may be asked once you say /judge on. {price_sentence(each, judging.ledger)}")
    spent = judging.ledger.today()
    if spent.tokens:
        lines.append(f"{spent_sentence(spent, judging)}.")
    return lines


def spent_sentence(spent: Spent, judging: Judging) -> str:
    """What was used today of what may be."""
    limits = judging.settings
    return (
        f"Today {spent.readings} readings, {spent.tokens:,} of {limits.tokens_per_day:,} tokens, "
        f"{dollars(spent.dollars)} of {dollars(limits.cost_per_day)}"
    )


def dollars(amount: float) -> str:
    """An amount of US dollars, with as many digits as it takes to be seen."""
    if amount and amount < 0.01:
        return f"${amount:.4f}"
    return f"${amount:.2f}"
