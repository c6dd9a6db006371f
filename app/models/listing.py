"""What a service really offers: its list of models, which is also the cheapest way to see whether a key is accepted.

One request without tokens, by httpx, which takes the same proxies as the SDKs. All of it waits for the network: for a
thread.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from learnchat.app.models.choice import Offer, offers, reachable_ollama
from learnchat.app.models.failures import explain, no_key
from learnchat.app.models.model import ModelError
from learnchat.app.models.providers import PROVIDERS, first_set

TIMEOUT_SECONDS = 10.0
# Where the start of the chat waits for it. A server in the next room answers at once, or is not there.
OWN_SERVER_SECONDS = 2.0
# Models come and go by the week; a picker that is opened twice in a row need not ask twice.
KEPT_SECONDS = 600.0

# OpenAI's list names everything it sells; these are no chat models.
_NO_CHAT = re.compile(
    r"embed|whisper|dall-e|tts|moderation|transcribe|realtime|audio|image|sora|babbage|davinci|search-api|computer-use"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What one service offers."""

    provider: str
    models: tuple[str, ...] = ()
    """Names with the provider, as they can be chosen; in the service's order."""
    error: ModelError | None = None
    """Why there are none."""


@dataclass(frozen=True, slots=True)
class _Address:
    """Where the list of a service is, and how it is read."""

    base: str
    path: str
    header: str = "authorization"
    check: str = ""
    """Another path that asks for the key, where the list is open to everybody."""


# Sources: the API references of the services, "List models". All but the first and third speak OpenAI's form.
_ADDRESSES = {
    "anthropic": _Address("https://api.anthropic.com", "/v1/models?limit=1000"),
    "openai": _Address("https://api.openai.com/v1", "/models"),
    "gemini": _Address("https://generativelanguage.googleapis.com", "/v1beta/models?pageSize=1000", "x-goog-api-key"),
    "mistral": _Address("https://api.mistral.ai/v1", "/models"),
    "deepseek": _Address("https://api.deepseek.com", "/models"),
    "xai": _Address("https://api.x.ai/v1", "/models"),
    "groq": _Address("https://api.groq.com/openai/v1", "/models"),
    "openrouter": _Address("https://openrouter.ai/api/v1", "/models", check="/key"),
    "cerebras": _Address("https://api.cerebras.ai/v1", "/models"),
}
# Anthropic demands a version of its protocol with every request. As in `ANTHROPIC_API_VERSION` of anthropic 2.11.
_ANTHROPIC_VERSION = "2026-10-21"


class _Refused(Exception):
    """The service answered with an error; in the form in which the table of failures knows the SDKs' errors."""

    def __init__(self, status_code: int, body: object) -> None:
        super().__init__(f"status {status_code}")
        self.status_code = status_code
        self.body = body


def can_be_listed(provider: str) -> bool:
    """Whether this service has a list that is known here."""
    return provider in _ADDRESSES


def list_models(provider: str, environment: Mapping[str, str], timeout: float = TIMEOUT_SECONDS) -> Listing:
    """What a service offers to the key that is set. Never raises: an error is part of the listing."""
    if provider == "ollama":
        found = tuple(offer.name for offer in reachable_ollama(environment))
        return Listing("ollama", found)
    failure: ModelError | None = None
    try:
        address = _ADDRESSES[provider]
        return Listing(provider, _names(provider, _get(provider, address, address.path, environment, timeout)))
    except Exception as error:
        failure = _explained(error, provider)
    return Listing(provider, error=failure)


def offers_of_own_servers(environment: Mapping[str, str]) -> list[Offer]:
    """One model of each server that an address of the environment names in place of a service's own: the one that is
    offered of the service where the server has it, else its first; none of a server that lists none."""
    found = []
    for name, provider in PROVIDERS.items():
        variable = first_set(provider.bases, environment) if name in _ADDRESSES else None
        models = list_models(name, environment, OWN_SERVER_SECONDS).models if variable else ()
        if models:
            usual = f"{name}/{provider.model}"
            found.append(Offer(usual if usual in models else models[0], f"the server of {variable} lists it"))
    return found


def check_key(provider: str, environment: Mapping[str, str]) -> None:
    """Ask the service whether it accepts the key that is set.

    Raises:
        ModelError: it does not, or it can't be asked.
    """
    failure: ModelError | None = None
    try:
        address = _ADDRESSES[provider]
        _get(provider, address, address.check or address.path, environment, TIMEOUT_SECONDS)
    except Exception as error:
        failure = _explained(error, provider)
    if failure is not None:
        raise failure


def _get(provider: str, address: _Address, path: str, environment: Mapping[str, str], timeout: float) -> Any:
    # 60 ms, and only in a thread.
    import httpx

    known = PROVIDERS[provider]
    variable = first_set(known.keys, environment)
    base_variable = first_set(known.bases, environment)
    if variable is None and base_variable is None:
        raise no_key(provider, "")
    headers = {"anthropic-version": _ANTHROPIC_VERSION} if provider == "anthropic" else {}
    if variable is not None:
        key = environment[variable].strip()
        headers[address.header] = f"Bearer {key}" if address.header == "authorization" else key
    base = environment[base_variable].rstrip("/") if base_variable else address.base
    # Not to where it says else: on the way to another host httpx would take out `authorization`, and no other header.
    answer = httpx.get(f"{base}{path}", headers=headers, timeout=timeout, follow_redirects=False)
    body = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    if answer.status_code >= 300:
        raise _Refused(answer.status_code, body)
    return body


def _explained(error: Exception, provider: str) -> ModelError:
    if isinstance(error, _Refused) and error.status_code < 400:
        variables = ", ".join(PROVIDERS[provider].bases)
        return ModelError(
            f"{PROVIDERS[provider].title} has moved to another address.",
            f"A key is not sent there unasked: name it in {variables}." if variables else "Type the name of a model.",
            kind="not_found",
        )
    if isinstance(error, _Refused) and error.status_code == 404:
        return ModelError(
            f"{PROVIDERS[provider].title} has no list of models there.",
            "Type the name of a model: /model provider/name.",
            kind="not_found",
        )
    return explain(error, provider, "")


def _names(provider: str, body: Any) -> tuple[str, ...]:
    """The chat models of a list; what has another form has none."""
    items = body.get("models" if provider == "gemini" else "data") if isinstance(body, dict) else None
    found = []
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        if provider == "gemini":
            name = str(item.get("name", "")).removeprefix("models/")
            fits = "generateContent" in item.get("supportedGenerationMethods", ("generateContent",))
        else:
            name = str(item.get("id", ""))
            fits = provider != "openai" or not _NO_CHAT.search(name)
        if name and fits:
            found.append(f"{provider}/{name}")
    return tuple(found)


def every_offer(environment: Mapping[str, str]) -> list[Offer]:
    """The models that could be used as things are, one of each service, and all of a running Ollama. For a thread."""
    return [*offers(environment), *offers_of_own_servers(environment), *reachable_ollama(environment)]


class Catalogue:
    """The lists of all services whose keys are set, and of a running Ollama, asked at once and kept for a while."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._kept: list[Listing] = []
        self._kept_at = float("-inf")

    def read(self, environment: Mapping[str, str] | None = None, *, fresh: bool = False) -> list[Listing]:
        """Every listing, in the order of the providers. Waits for the slowest service: for a thread."""
        environment = os.environ if environment is None else environment
        with self._lock:
            if fresh or self._monotonic() - self._kept_at > KEPT_SECONDS:
                asked = [name for name in (*_ADDRESSES, "ollama") if _is_set_up(name, environment)]
                with ThreadPoolExecutor(max_workers=len(asked)) as threads:
                    self._kept = list(threads.map(lambda name: list_models(name, environment), asked))
                self._kept_at = self._monotonic()
            return self._kept


def _is_set_up(name: str, environment: Mapping[str, str]) -> bool:
    provider = PROVIDERS[name]
    return name == "ollama" or first_set((*provider.keys, *provider.bases), environment) is not None
