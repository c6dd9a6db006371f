"""What replies take: tokens, what they cost by the price list, and how full the model's context is."""

from __future__ import annotations

from dataclasses import dataclass

from learnchat.app.models.model import Usage
from learnchat.app.models.price_list import facts_of, window_of

# From here on a conversation soon does not fit any more, and a long reply may not fit now.
FULL = 0.8
# Less than a hundredth of a cent is said as that.
_LEAST_DOLLARS = 0.0001


@dataclass(frozen=True, slots=True)
class Bill:
    """What one reply took."""

    input_tokens: int
    output_tokens: int
    cached_tokens: int
    dollars: float | None
    """By the price list, an estimate; None where it does not know the model."""
    filled: float | None
    """How much of the model's context the conversation takes now, 0 to 1; None where its size is not known."""


class Account:
    """The bills of a session, added up. Reads the price list: its methods are for a thread."""

    def __init__(self) -> None:
        self.dollars = 0.0
        self.tokens = 0
        self.whole = True
        """Whether every reply's price was known."""
        self._warned = False

    def add(self, usage: Usage, model: str, window: int | None = None) -> Bill:
        """Take up what a reply took.

        Args:
            usage: as the service counted it.
            model: who replied, where the usage itself does not say.
            window: the size of its context, where the user has set it.
        """
        name = usage.model or model
        dollars = price(usage, name)
        size = window or window_of(name)
        taken = usage.input_tokens + usage.output_tokens
        self.tokens += taken
        self.dollars += dollars or 0.0
        self.whole = self.whole and dollars is not None
        filled = taken / size if size else None
        return Bill(usage.input_tokens, usage.output_tokens, usage.cached_tokens, dollars, filled)

    def line(self, bill: Bill) -> str:
        """What stands below a reply: its tokens, its price and the session's, and how full the context is."""
        # What matters most comes first: a narrow terminal cuts the rest off.
        parts = [f"{bill.input_tokens:,} tokens in, {bill.output_tokens:,} out"]
        if bill.filled is not None:
            parts.append(f"context {bill.filled:.0%}")
        if bill.dollars is not None:
            parts.append(f"about {in_dollars(bill.dollars)}")
            if self.dollars > bill.dollars or not self.whole:
                parts.append(f"session {in_dollars(self.dollars)}{'' if self.whole else ' and more'}")
        return " · ".join(parts)

    def warning(self, bill: Bill, model: str) -> str:
        """Said once, when the context is nearly full; empty otherwise."""
        if bill.filled is None or bill.filled < FULL:
            self._warned = False
            return ""
        warned, self._warned = self._warned, True
        if warned:
            return ""
        return (
            f"The conversation fills {bill.filled:.0%} of what {model} can read at once. "
            "/compact goes on with a summary, /new begins without it."
        )


def price(usage: Usage, name: str) -> float | None:
    """US dollars for what a reply took, by the price list; None where it does not know the model. For a thread."""
    if name == "offline" or name.startswith(("ollama/", "ollama_chat/")):
        return 0.0
    facts = facts_of(name)
    try:
        per_input, per_output = float(facts["input_cost_per_token"]), float(facts["output_cost_per_token"])
        per_cached = float(facts.get("cache_read_input_token_cost", per_input))
    except (KeyError, TypeError, ValueError):
        return None
    fresh = usage.input_tokens - usage.cached_tokens
    return fresh * per_input + usage.cached_tokens * per_cached + usage.output_tokens * per_output


def in_dollars(dollars: float) -> str:
    """ "$0.0042"; two digits that say something, and never a zero for what costs something."""
    if 0 < dollars < _LEAST_DOLLARS:
        return "under $0.0001"
    return f"${dollars:.2f}" if dollars >= 1 or dollars == 0 else f"${dollars:.4f}".rstrip("0")
