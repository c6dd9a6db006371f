"""What is known of models: prices and the size of their context, by the list that comes with litellm.

litellm itself is not loaded for it: 2 s and 160 MB. The list is 3 MB and as old as the package, so what is computed
from it is an estimate.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_LIST = "model_prices_and_context_window_backup.json"


def facts_of(name: str) -> Mapping[str, Any]:
    """What the list has about a model; empty where it does not know it. Reads 3 MB the first time: for a thread."""
    provider, _, model = name.partition("/")
    known = _list().get(name) or _list().get(model)
    if not isinstance(known, dict) or known.get("litellm_provider") not in (provider, f"{provider}_ai", None):
        return {}
    return known


def window_of(name: str) -> int | None:
    """Tokens that fit into a model's context; None where the list does not say. For a thread."""
    window = facts_of(name).get("max_input_tokens")
    return int(window) if isinstance(window, int | float) and window > 0 else None


@cache
def _list() -> dict[str, object]:
    spec = find_spec("litellm")
    if spec is None or spec.origin is None:
        return {}
    try:
        found = json.loads((Path(spec.origin).parent / _LIST).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
