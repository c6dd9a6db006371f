"""What a model costs, by the list that comes with litellm."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from learnchat.app.models.price_list import facts_of


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for one token."""

    input: float
    output: float

    def of(self, input_tokens: float, output_tokens: float) -> float:
        """Dollars for so many tokens."""
        return self.input * input_tokens + self.output * output_tokens


FREE = Price(0.0, 0.0)

UNKNOWN = Price(5e-6, 25e-6)
"""Where the list does not know a model, a dear one's: a budget that guards has to guess high."""


@cache
def price_of(name: str) -> Price | None:
    """The price of a model; None where the list does not have it. Reads 3 MB the first time: for a thread."""
    known = facts_of(name)
    try:
        return Price(float(known["input_cost_per_token"]), float(known["output_cost_per_token"]))
    except (KeyError, TypeError, ValueError):
        return None
