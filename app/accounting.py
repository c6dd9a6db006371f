"""What replies take: tokens, what they cost by the price list, and how full the model's context is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from learnchat.app.models.model import Usage
from learnchat.app.models.price_list import facts_of, window_of

# From here on a conversation soon does not fit any more, and a long reply may not fit now.
FULL = 0.8
# Less than a hundredth of a cent is said as that.
_LEAST_DOLLARS = 0.0001
# No conversation takes so many tokens or dollars: a file that says so is damaged, or holds infinity.
_MOST = 1e12


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
    estimated: bool = False
    """Nobody counted the tokens."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a conversation took until now, as its transcript has it."""

    tokens: int = 0
    dollars: float = 0.0
    whole: bool = True
    """Whether every price was known."""
    estimated: bool = False
    """Whether nobody counted the tokens of some replies."""

    def words(self) -> str:
        """ "12,300 tokens, about $0.0123 so far"; no price where none is known, empty where nothing was recorded."""
        if not self.tokens:
            return ""
        counted = f"{'about ' if self.estimated else ''}{self.tokens:,}"
        if not self.whole and not self.dollars:
            return f"{counted} tokens so far"
        return f"{counted} tokens, about {in_dollars(self.dollars)}{'' if self.whole else ' and more'} so far"


class Account:
    """The bills of a session, added up. Reads the price list: its methods are for a thread.

    Args:
        before: what the session took before it was resumed.
    """

    def __init__(self, before: Spent | None = None) -> None:
        before = before or Spent()
        self.dollars = before.dollars
        self.tokens = before.tokens
        self.whole = before.whole
        """Whether every reply's price was known."""
        self._warned = False

    def add(self, usage: Usage, model: str, window: int | None = None) -> Bill:
        """Take up what a reply took.

        Args:
            usage: as the service counted it, or an estimate.
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
        return Bill(usage.input_tokens, usage.output_tokens, usage.cached_tokens, dollars, filled, usage.estimated)

    def line(self, bill: Bill) -> str:
        """What stands below a reply: its tokens, its price and the session's, and how full the context is."""
        # What matters most comes first: a narrow terminal cuts the rest off.
        counted = f"{bill.input_tokens:,} tokens in, {bill.output_tokens:,} out"
        parts = [f"about {counted}" if bill.estimated else counted]
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


def recorded(usage: Usage, name: str) -> dict[str, Any]:
    """What a reply took, as its transcript keeps it: the price as it is by today's list. For a thread.

    Args:
        usage: as the service counted it.
        name: who replied, where the usage itself does not say.
    """
    name = usage.model or name
    facts = {"input": usage.input_tokens, "output": usage.output_tokens, "cached": usage.cached_tokens}
    guessed = {"estimated": True} if usage.estimated else {}
    return {**facts, "model": name, "dollars": price(usage, name), **guessed}


def spent(usages: Iterable[Mapping[str, Any]]) -> Spent:
    """What was recorded of a conversation, added up. What is no number, as in a damaged file, counts for nothing."""
    tokens, dollars, whole, estimated = 0, 0.0, True, False
    for usage in usages:
        tokens += sum(int(_number(usage.get(name))) for name in ("input", "output"))
        dollars += _number(usage.get("dollars"))
        whole = whole and isinstance(usage.get("dollars"), int | float)
        estimated = estimated or usage.get("estimated") is True
    return Spent(tokens, dollars, whole, estimated)


def _number(value: object) -> float:
    return value if isinstance(value, int | float) and 0 <= value < _MOST else 0


def in_dollars(dollars: float) -> str:
    """ "$0.0042"; two digits that say something, and never a zero for what costs something."""
    if 0 < dollars < _LEAST_DOLLARS:
        return "under $0.0001"
    return f"${dollars:.2f}" if dollars >= 1 or dollars == 0 else f"${dollars:.4f}".rstrip("0")
