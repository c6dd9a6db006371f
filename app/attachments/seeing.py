"""Whether a model can see: what its provider or Ollama itself says; asked only when there is a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping

from learnchat.app.models.choice import OLLAMA_PATIENCE
from learnchat.app.models.price_list import facts_of
from learnchat.app.models.providers import OFFLINE, ollama_address, split_names

# Anthropic's models see since Claude 3 (its documentation, "Vision"); these older ones do not.
_BLIND_CLAUDES = ("claude-2", "claude-instant", "claude-1")


def blind_models(name: str, environment: Mapping[str, str]) -> list[str]:
    """The models of a choice that are known not to see. May ask Ollama, and read litellm's list: for a thread.

    Args:
        name: one name, or several with commas between them.
        environment: where Ollama's address stands.
    """
    return [each for each in split_names(name) if not _sees(each, environment)]


def _sees(name: str, environment: Mapping[str, str]) -> bool:
    provider, _, model = name.partition("/")
    if name == OFFLINE:
        return False
    if provider == "anthropic":
        return not model.startswith(_BLIND_CLAUDES)
    if provider in ("ollama", "ollama_chat"):
        return _ollama_sees(model, environment)
    facts = facts_of(name)
    # A model of a server of one's own is in no list: the server says itself what it can't take.
    return not facts or bool(facts.get("supports_vision"))


def _ollama_sees(model: str, environment: Mapping[str, str]) -> bool:
    """What Ollama says of it (`/api/show`, "capabilities"); an Ollama that does not answer says so at the request."""
    # Imported here: 30 ms, and only for a picture.
    import http.client
    import urllib.request

    request = urllib.request.Request(
        f"{ollama_address(environment)}/api/show",
        data=json.dumps({"model": model}).encode(),
        headers={"Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=OLLAMA_PATIENCE * 10) as response:
            capabilities = json.loads(response.read()).get("capabilities")
    except (OSError, http.client.HTTPException, ValueError, AttributeError):
        return True
    return not isinstance(capabilities, list) or "vision" in capabilities
