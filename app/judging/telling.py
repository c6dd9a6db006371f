"""What people are told about the judge: who reads along, what it takes, and what it would cost."""

from __future__ import annotations

from learnchat.app.judging.candidates import Candidate
from learnchat.app.judging.ledger import Ledger, Spent
from learnchat.app.judging.opening import Judging
from learnchat.app.judging.prices import price_of
from learnchat.learning.judging.reading import DEEP_EVERY

SINGLE_TOKENS = (1_005, 60)
"""In and out of a reading of one exchange: the mean over the labelled messages, a reply of 1,000 characters with each
(`python -m tests.bench.judging CORPUS`); the answer of one event in four is taken for granted."""

DEEP_TOKENS = (2_633, 150)
"""The same of a deep reading."""

A_DAY = 100
"""Messages of a long day of work: what a price is told for."""


def tokens_of_a_day(ledger: Ledger) -> tuple[float, float, bool]:
    """Tokens in and out for a day of messages, and whether they were measured here."""
    measured = ledger.per_reading()
    readings = A_DAY + A_DAY / DEEP_EVERY
    if measured is not None:
        return measured[0] * readings, measured[1] * readings, True
    deep = A_DAY / DEEP_EVERY
    return (
        SINGLE_TOKENS[0] * A_DAY + DEEP_TOKENS[0] * deep,
        SINGLE_TOKENS[1] * A_DAY + DEEP_TOKENS[1] * deep,
        False,
    )


def price_sentence(candidate: Candidate, ledger: Ledger) -> str:
    """What a model would take. Reads the list of prices: in a thread."""
    into, out, measured = tokens_of_a_day(ledger)
    tokens = f"{A_DAY} messages take about {round((into + out) / 1000):,} thousand tokens"
    tokens += " (measured here)" if measured else ""
    if not candidate.remote:
        return f"{tokens}, on this machine."
    price = price_of(candidate.name)
    if price is None:
        return f"{tokens}; its price is not known here."
    return f"{tokens}: {dollars(price.of(into, out))}."


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
    if spent.readings:
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
