"""Which models could judge, in the order in which they are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from learnchat.app.models.providers import OFFLINE, PROVIDERS, first_set, split_name, split_names
from learnchat.app.models.remote import is_remote
from learnchat.learning.errors import LearnchatError

# The small model of each provider that can hold to a JSON schema. Sources: `ModelParam` of anthropic 2.11.0;
# `model_cost` of litellm 1.106.2 (mode "chat", no date of deprecation, `supports_response_schema`): the cheapest of the
# newest generation.
SMALL_MODELS = {
    "anthropic": "claude-haiku-5-5",
    "openai": "gpt-6-luna",
    "gemini": "gemini-3.5-flash-lite",
    "mistral": "mistral-small-latest",
    "deepseek": "deepseek-v4-flash",
}

# Of the models that a running Ollama has, these first: small, and known to write JSON when they are told to.
OLLAMA_MODELS = ("qwen2.5:3b", "llama3.2:3b", "gemma2:2b", "phi3:mini")
# Billions of parameters. What is larger takes the machine from the user for a minute after each message.
LARGEST_LOCAL = 9.0

_SIZE = re.compile(r"[:-](?:e)?(\d+(?:\.\d+)?)b\b", re.IGNORECASE)
# Not made to answer: they turn texts into vectors, or read pictures.
_OTHER_USE = re.compile(r"embed|minilm|\bbge|rerank|whisper|-vision|llava", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that could judge."""

    name: str
    origin: str
    """Why it is one, for people."""
    remote: bool
    """What it reads leaves this machine: only with the user's consent."""

    @property
    def provider(self) -> str:
        return self.name.partition("/")[0]


def candidates(
    configured: str | None, chat_model: str, environment: Mapping[str, str], ollama: Iterable[str]
) -> list[Candidate]:
    """All that could judge: the configured ones, else a small one of the chat's provider, and small ones of Ollama.

    Args:
        configured: `judge.model` of the configuration; one or several names with commas between them.
        chat_model: the name of the model that the user talks to.
        environment: for keys and addresses.
        ollama: the models of the Ollama that answers, as "ollama/…".
    """
    found: dict[str, str] = {}
    for name in _names(configured):
        found.setdefault(name, "judge.model in your configuration")
    if not found:
        for name in _names(chat_model):
            provider = split_name(name)[0]
            small = SMALL_MODELS.get(provider)
            if small and first_set(PROVIDERS[provider].keys, environment):
                found.setdefault(f"{provider}/{small}", f"the small model of {PROVIDERS[provider].title}")
    for name in _ollama(chat_model, list(ollama)):
        found.setdefault(name, "found on the Ollama that runs here")
    return [Candidate(name, origin, is_remote(name, environment)) for name, origin in found.items()]


def _names(names: str | None) -> list[str]:
    """The models of a choice that are some; what is none is told where the choice was made."""
    try:
        return [name for name in split_names(names) if name != OFFLINE] if names else []
    except LearnchatError:
        return []


def _ollama(chat_model: str, there: list[str]) -> list[str]:
    """The model of Ollama's to ask. The one that the user talks to is loaded: another would push it out of memory."""
    talking = [name for name in _names(chat_model) if name in there and _size(name) <= LARGEST_LOCAL]
    return talking[:1] or _small_ollama(there)


def _small_ollama(names: Iterable[str]) -> list[str]:
    """The best of Ollama's models for the purpose; none where all are too large."""
    there = {name.removeprefix("ollama/"): name for name in names}
    preferred = [there[name] for name in OLLAMA_MODELS if name in there]
    if preferred:
        return preferred[:1]
    usable = [
        (size, name)
        for short, name in there.items()
        if (size := _size(short)) <= LARGEST_LOCAL and not _OTHER_USE.search(short) and not short.endswith("cloud")
    ]
    return [min(usable)[1]] if usable else []


def _size(name: str) -> float:
    """Billions of parameters, by the name; where it does not say, most are of this size."""
    found = _SIZE.search(name)
    return float(found[1]) if found else LARGEST_LOCAL
