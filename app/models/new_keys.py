"""A key that somebody has just given: whether it can be one, and whether its service accepts it.

Shared by `learnchat login` and the chat's `/login`; none of it prints or keeps a key.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING

from learnchat.app.models.providers import PROVIDERS, first_set
from learnchat.learning.errors import LearnchatError

if TYPE_CHECKING:
    from learnchat.app.models.keys import KeyFile
    from learnchat.app.models.model import ErrorKind

# No service's key is longer; a pasted file is none.
KEY_LIMIT = 1000
# What a new key may mend.
_FOR_WANT_OF_A_KEY: tuple[ErrorKind, ...] = ("no_key", "refused_key")


def providers_with_keys() -> list[str]:
    """The names of the services that are used with a key of their own."""
    return [name for name, each in PROVIDERS.items() if each.keys]


def key_variable(provider: str) -> str:
    """The variable that a provider's key stands for.

    Raises:
        LearnchatError: there is no such provider, or it takes no key.
    """
    known = providers_with_keys()
    if provider in known:
        return PROVIDERS[provider].keys[0]
    if provider in PROVIDERS:
        raise LearnchatError(
            f"{PROVIDERS[provider].title} is set up by its own variables, or needs no key.",
            "The documentation of litellm has them: https://docs.litellm.ai/docs/providers",
        )
    import difflib

    near = difflib.get_close_matches(provider.lower(), known, n=1)
    raise LearnchatError(
        f"There is no provider {provider}.", f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
    )


def cleaned(key: str) -> str:
    """The key without the blanks around it.

    Raises:
        LearnchatError: there is none, or it can't be one.
    """
    key = key.strip()
    if not key:
        raise LearnchatError("No key was given.")
    if len(key) > KEY_LIMIT or not key.isascii() or not key.isprintable() or " " in key:
        raise LearnchatError(
            "That is no key: it holds blanks or other characters that no key has.", "Nothing was kept."
        )
    return key


def ask_service(provider: str, environment: Mapping[str, str]) -> bool:
    """Ask a service whether it accepts the key that is set; False where it has nothing to ask. For a thread.

    Raises:
        ModelError: it does not, or can't be asked.
    """
    from learnchat.app.models.listing import can_be_listed, check_key

    if not can_be_listed(provider):
        return False
    check_key(provider, environment)
    return True


def ask_about(provider: str, key: str, environment: Mapping[str, str]) -> bool:
    """The same of a key that is not set yet, whatever other key is. What is raised does not hold the key.

    Raises:
        ModelError: it is refused, or the service can't be asked.
    """
    from learnchat.app.models.model import ModelError

    known = PROVIDERS[provider].keys
    others = {name: value for name, value in environment.items() if name not in known}
    try:
        return ask_service(provider, {**others, known[0]: key})
    except ModelError as error:
        told = ModelError(error.title, error.hint.replace(key, "…"), kind=error.kind, provider=provider)
    raise told


def key_places(file: KeyFile, environment: Mapping[str, str]) -> dict[str, str]:
    """Where the key of each provider that has one comes from. May ask the keyring: for a thread."""
    kept = file.places()
    places: dict[str, str] = {}
    for name, provider in PROVIDERS.items():
        if variable := set_elsewhere(file, name, environment):
            places[name] = f"environment ({variable})"
        elif variable := next((each for each in provider.keys if each in kept), ""):
            places[name] = kept[variable]
    return places


def set_elsewhere(file: KeyFile, provider: str, environment: Mapping[str, str]) -> str:
    """The variable that holds a provider's key without `login` having put it there; empty where none does."""
    variable = first_set(PROVIDERS[provider].keys, environment)
    return variable if variable and file.key(variable) != environment[variable] else ""


def use_now(provider: str, key: str, environment: MutableMapping[str, str]) -> None:
    """Have each request from now on use a key, in the place of whatever other one is set."""
    for name in PROVIDERS[provider].keys:
        environment.pop(name, None)
    environment[PROVIDERS[provider].keys[0]] = key


def login_offer(error: LearnchatError) -> str:
    """What the chat says behind an error that a new key may mend; empty for any other."""
    from learnchat.app.models.model import ModelError

    if not isinstance(error, ModelError) or error.kind not in _FOR_WANT_OF_A_KEY:
        return ""
    return f"/login {error.provider} takes a key." if error.provider in providers_with_keys() else ""
