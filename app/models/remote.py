"""Which models are asked over the network: what is sent to them has left this machine."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from learnchat.app.models.providers import OFFLINE, ollama_address

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def is_remote(name: str, environment: Mapping[str, str]) -> bool:
    """Whether a model, or one of several with commas between them, is anywhere but on this machine.

    Local are `offline` and Ollama on a loopback address, without its cloud models. Any other server on loopback may
    pass on what it gets (a proxy), and counts as remote.
    """
    return any(_is_remote(each.strip(), environment) for each in name.split(",") if each.strip())


def _is_remote(name: str, environment: Mapping[str, str]) -> bool:
    if name == OFFLINE:
        return False
    provider, _, model = name.partition("/")
    if provider not in ("ollama", "ollama_chat") or model.endswith(("-cloud", ":cloud")):
        return True
    return not is_loopback(ollama_address(environment))


def is_loopback(address: str) -> bool:
    """Whether an address is on this machine."""
    return urlsplit(address).hostname in LOOPBACK
