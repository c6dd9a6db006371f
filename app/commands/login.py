"""`learnchat login` and `logout`: the keys of model services."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from learnchat.app.exit_codes import FAILURE, UsageError
from learnchat.app.locations import Locations
from learnchat.app.models.keys import KeyFile, KeyringMissing
from learnchat.app.models.new_keys import KEY_LIMIT, ask_about, ask_service, cleaned, key_places, key_variable
from learnchat.app.models.providers import PROVIDERS, first_set
from learnchat.app.printing import Column, Form, choose_form, complain, print_lines, print_table, say
from learnchat.learning.errors import LearnchatError

ProviderArgument = Annotated[
    str | None, typer.Argument(metavar="[PROVIDER]", help="anthropic, openai, gemini, mistral, …; none lists them.")
]


ACCEPTED = "accepted"
UNKNOWN = "can't be checked"


def login_command(
    provider: ProviderArgument = None,
    check: Annotated[bool, typer.Option("--check", help="Only ask whether the key that is set is accepted.")] = False,
    unchecked: Annotated[bool, typer.Option("--no-check", help="Keep it without asking the service.")] = False,
    in_keyring: Annotated[
        bool, typer.Option("--keyring", help="Keep it in the system's keyring, not in a file.")
    ] = False,
) -> None:
    """Take the key of a model service, check it with one request that costs nothing, and keep it.

    The key is typed without being shown, or comes by standard input. It is kept in a file that only you can read
    (`learnchat locate keys`), or with --keyring in the system's keyring. A key in the environment goes before it.
    """
    file = KeyFile(Locations.find().keys)
    if provider is None:
        _list(file, check)
        return
    variable = _variable(provider)
    if check:
        file.use(os.environ)
        asked = ask_service(provider, os.environ)
        title = PROVIDERS[provider].title
        say(f"{title} accepts the key." if asked else f"{title} has no way to check a key.")
        return
    key = _read_key(provider)
    if not unchecked:
        _check_new(provider, key)
    try:
        file.keep(variable, key, in_keyring=in_keyring)
    except KeyringMissing as missing:
        raise LearnchatError(f"Nothing was kept: {missing}.", "Without --keyring it goes into a file.") from None
    say(f"Kept in {'the keyring' if in_keyring else file.path}.")
    if set_already := first_set(PROVIDERS[provider].keys, os.environ):
        say(f"{set_already} is set in the environment and goes before it.")
    elif PROVIDERS[provider].model:
        say(f"learnchat --model {provider}/{PROVIDERS[provider].model}")


def logout_command(
    provider: Annotated[str, typer.Argument(metavar="PROVIDER", help="Whose key is deleted: anthropic, openai, …")],
) -> None:
    """Delete the key of a model service that `login` kept."""
    file = KeyFile(Locations.find().keys)
    _variable(provider)
    forgotten = [name for name in PROVIDERS[provider].keys if file.forget(name)]
    say(f"Deleted: {', '.join(forgotten)}." if forgotten else f"No key of {PROVIDERS[provider].title} was kept.")
    if set_still := first_set(PROVIDERS[provider].keys, os.environ):
        say(f"{set_still} is still set in the environment.")


def _list(file: KeyFile, check: bool) -> None:
    """Whose keys are there, and where from; with `check`, whether they are accepted."""
    places = key_places(file, os.environ)
    rows = [[name, provider.title, places.get(name, "")] for name, provider in PROVIDERS.items() if provider.keys]
    columns = [Column("provider", fixed=True), Column("service", fixed=True), Column("key")]
    failures = 0
    if check:
        file.use(os.environ)
        columns.append(Column("check"))
        for row in rows:
            row.append(_verdict(row[0]) if row[2] else "")
            failures += bool(row[3]) and row[3] not in (ACCEPTED, UNKNOWN)
    if choose_form(False) is Form.LINES:
        print_lines(rows)
    else:
        print_table(columns, rows)
        say("learnchat login PROVIDER")
    raise typer.Exit(FAILURE if failures else 0)


def _verdict(provider: str) -> str:
    try:
        return ACCEPTED if ask_service(provider, os.environ) else UNKNOWN
    except LearnchatError as error:
        return str(error)


def _variable(provider: str) -> str:
    """The variable that a provider's key stands for.

    Raises:
        UsageError: there is no such provider, or it takes no key.
    """
    try:
        return key_variable(provider)
    except LearnchatError as error:
        raise UsageError(error.title, error.hint) from None


def _read_key(provider: str) -> str:
    """The key, typed without echo or read from standard input.

    Raises:
        UsageError: there is none, or it can't be one.
    """
    if sys.stdin.isatty():
        import getpass

        key = getpass.getpass(f"Key for {PROVIDERS[provider].title} (it is not shown): ")
    else:
        key = sys.stdin.readline(KEY_LIMIT + 1)
    try:
        return cleaned(key)
    except LearnchatError as error:
        raise UsageError(error.title, error.hint or f"learnchat login {provider}") from None


def _check_new(provider: str, key: str) -> None:
    """Ask the service about a key that is not kept yet.

    Raises:
        LearnchatError: it is refused, or the service can't be asked.
    """
    try:
        if ask_about(provider, key, os.environ):
            say(f"{PROVIDERS[provider].title} accepts the key.")
        else:
            complain(f"{PROVIDERS[provider].title} has no way to check a key; it is kept unchecked.")
    except LearnchatError as error:
        hint = f"{error.hint} Nothing was kept; --no-check keeps it unchecked.".lstrip()
        raise LearnchatError(error.title, hint) from None
