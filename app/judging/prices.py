"""What a model costs, by the list that comes with litellm. litellm itself is not loaded for it: 2 s and 160 MB."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_LIST = "model_prices_and_context_window_backup.json"


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
    provider, _, model = name.partition("/")
    known = _prices().get(name) or _prices().get(model)
    if not isinstance(known, dict) or known.get("litellm_provider") not in (provider, f"{provider}_ai", None):
        return None
    try:
        return Price(float(known["input_cost_per_token"]), float(known["output_cost_per_token"]))
    except (KeyError, TypeError, ValueError):
        return None


@cache
def _prices() -> dict[str, object]:
    spec = find_spec("litellm")
    if spec is None or spec.origin is None:
        return {}
    try:
        found = json.loads((Path(spec.origin).parent / _LIST).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
