"""Which model is used, and which could be. Standard library only: it runs before the first paint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from learnchat.app.models.providers import OFFLINE, PROVIDERS, first_set, ollama_address, place_of, split_names
from learnchat.learning.errors import LearnchatError

VARIABLE = "LEARNCHAT_MODEL"

# Ollama is on this machine or in its network: it answers in milliseconds or is not there. Seconds.
OLLAMA_PATIENCE = 0.3
# A list of models is a few KB; whatever else listens there is not read to its end.
_LIST_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The model that is used, and who says so."""

    name: str
    """One name, or several with commas between them, in the order in which they are tried."""
    origin: str
    chosen: bool = True
    """Whether somebody said so; else nothing is set up, or nothing that is a model."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that could be used as things are."""

    name: str
    reason: str
    """Why it is offered: "OPENAI_API_KEY is set"."""


def choose_model(
    flag: str | None,
    environment: Mapping[str, str],
    configured: str | None,
    project_choice: str | None,
    aliases: Mapping[str, str] | None = None,
) -> ModelChoice:
    """The first that is set of: flag, environment, the choice made for this project, the user's configuration.

    The project's choice is made with `/model` and would be of no use if a general one passed before it. Both lie in
    the user's own directory; nothing in a project can name a model.

    Raises:
        LearnchatError: what is set is not the name of a model; it says where it is set.
    """
    for name, origin in (
        (flag, "--model"),
        (environment.get(VARIABLE), VARIABLE),
        (project_choice, "chosen for this project"),
        (configured, "the configuration"),
    ):
        if name and name.strip():
            try:
                return ModelChoice(", ".join(split_names(name, aliases)), origin)
            except LearnchatError as error:
                raise LearnchatError(f"{error.title[:-1]} ({origin}).", error.hint) from None
    return ModelChoice(OFFLINE, "nothing is configured", chosen=False)


def offers(environment: Mapping[str, str]) -> list[Offer]:
    """The models whose keys are found in the environment. No network.

    Those of a server of one's own are not among them: `listing.offers_of_own_servers` asks it what it has.
    """
    found = []
    for name, provider in PROVIDERS.items():
        variable = first_set(provider.keys, environment)
        if variable and provider.model and not first_set(provider.bases, environment):
            found.append(Offer(f"{name}/{provider.model}", f"{variable} is set"))
    return found


def reachable_ollama(environment: Mapping[str, str], timeout: float = OLLAMA_PATIENCE) -> list[Offer]:
    """The models of the Ollama that answers, none when none does. Waits for the network: for a thread.

    Args:
        timeout: seconds for the connection, and again for the answer.
    """
    # Imported here: 30 ms that no start should pay.
    import http.client
    import urllib.request

    address = ollama_address(environment)
    # No proxy: it would answer for a machine that is not there.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/api/tags", timeout=timeout) as response:
            listed = json.loads(response.read(_LIST_LIMIT))
        names = [str(model["name"]) for model in listed["models"]]
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
        return []
    return [Offer(f"ollama/{name.removesuffix(':latest')}", f"Ollama at {place_of(address)}") for name in names]
